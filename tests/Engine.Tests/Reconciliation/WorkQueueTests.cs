using AgentDeck.Engine.Reconciliation;
using AgentDeck.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class WorkQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(_time, () => 1);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_key_that_was_added_often_is_handed_out_once()
    {
        _queue.Add("a");
        _queue.Add("a");
        _queue.Add("b");

        Assert.Equal(["a", "b"], [await TakeAsync(), await TakeAsync()]);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task A_key_that_is_added_while_it_is_worked_on_is_handed_out_again_afterwards_and_not_before()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");

        Assert.Equal(0, _queue.Count);
        _queue.Done("a");
        Assert.Equal("a", await TakeAsync());
        _queue.Done("a");
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void What_is_added_for_later_comes_then_and_the_earliest_wish_counts()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(3));
        _queue.AddAfter("a", TimeSpan.FromSeconds(7));

        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, _queue.Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _queue.Count);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task Failures_in_a_row_wait_longer_and_a_success_forgives_them()
    {
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            await FailAsync(TimeSpan.FromSeconds(seconds));
        }

        _queue.Forgive("a");
        await FailAsync(TimeSpan.FromSeconds(1));

        async Task FailAsync(TimeSpan wait)
        {
            _queue.AddFailed("a");
            _time.Advance(wait - TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, _queue.Count);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal("a", await TakeAsync());
            _queue.Done("a");
        }
    }

    [Fact]
    public void It_behaves_like_its_model_whatever_is_done_to_it()
    {
        var step = Gen.OneOf(
            Gen.Choose(0, 3).Select(key => (Kind: 'a', Key: $"{key}", Wait: 0)),
            Gen.Choose(0, 3).SelectMany(key => Gen.Choose(-1, 5).Select(wait => (Kind: 'l', Key: $"{key}", Wait: wait))),
            Gen.Constant((Kind: 't', Key: "", Wait: 0)),
            Gen.Choose(0, 3).Select(index => (Kind: 'd', Key: "", Wait: index)),
            Gen.Choose(1, 4).Select(seconds => (Kind: 'p', Key: "", Wait: seconds)));

        Prop.ForAll(step.ArrayOf().ToArbitrary(), steps =>
        {
            var time = new FakeTimeProvider();
            using var queue = new WorkQueue<string>(time, () => 1);
            var model = new Model();
            foreach (var (kind, key, wait) in steps)
            {
                switch (kind)
                {
                    case 'a':
                        queue.Add(key);
                        model.Add(key);
                        break;
                    case 'l':
                        queue.AddAfter(key, TimeSpan.FromSeconds(wait));
                        model.AddAfter(key, wait);
                        break;
                    case 't' when queue.Count > 0:
                        model.Took(queue.TakeAsync(CancellationToken.None).Result);
                        break;
                    case 'd' when model.Taken.Count > 0:
                        var done = model.Taken.Order(StringComparer.Ordinal).ElementAt(wait % model.Taken.Count);
                        queue.Done(done);
                        model.Done(done);
                        break;
                    case 'p':
                        time.Advance(TimeSpan.FromSeconds(wait));
                        model.Pass(wait);
                        break;
                }

                Assert.Equal(model.Ready.Count, queue.Count);
            }
        }).QuickCheckThrowOnFailure();
    }

    private Task<string> TakeAsync() => _queue.TakeAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

    // What the queue promises, without order, threads or timers.
    private sealed class Model
    {
        private readonly HashSet<string> _again = [];
        private readonly Dictionary<string, int> _later = [];
        private int _now;

        public HashSet<string> Ready { get; } = [];

        public HashSet<string> Taken { get; } = [];

        public void Add(string key) => (Taken.Contains(key) ? _again : Ready).Add(key);

        public void AddAfter(string key, int wait)
        {
            if (wait <= 0)
            {
                Add(key);
            }
            else
            {
                _later[key] = Math.Min(_later.GetValueOrDefault(key, int.MaxValue), _now + wait);
            }
        }

        public void Took(string key)
        {
            Assert.True(Ready.Remove(key), $"{key} was handed out though nobody asked");
            Assert.True(Taken.Add(key), $"{key} was handed out twice at once");
        }

        public void Done(string key)
        {
            Taken.Remove(key);
            if (_again.Remove(key))
            {
                Ready.Add(key);
            }
        }

        public void Pass(int seconds)
        {
            _now += seconds;
            foreach (var (key, _) in _later.Where(pair => pair.Value <= _now).ToList())
            {
                _later.Remove(key);
                Add(key);
            }
        }
    }
}
