using System.Collections.Concurrent;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;
using static AgentDeck.Engine.Tests.Sources.Pods.Bookkeeping;

namespace AgentDeck.Engine.Tests.Sources.Pods.Starting;

public sealed class PodSetUpTests
{
    private static readonly string[] All = ["keep", "one", "two", "finish"];

    private readonly Bookkeeping _books = new();
    private readonly ScriptedBox _box = new();
    private readonly List<string> _warnings = [];
    private readonly List<string> _cuts = [];

    public PodSetUpTests()
    {
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
    }

    [Fact]
    public async Task Every_step_is_done_once_while_nothing_is_in_the_way()
    {
        await SetUpAsync();

        Assert.Equal(All, _box.Done);
        Assert.Empty(_warnings);
        Assert.Empty(_cuts);
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("finish")]
    public async Task A_step_whose_way_was_lost_is_done_again_until_it_came_to_its_end(string step)
    {
        _box.Failures[step] = new([TransportFault.Cut, TransportFault.Unreachable, TransportFault.ProgramMissing, TransportFault.Cut]);

        await SetUpAsync();

        Assert.Equal(All, _box.Done);
        Assert.Empty(_warnings);
        Assert.Equal(4, _cuts.Count);
        Assert.All(_cuts, cut => Assert.StartsWith("its session lives, and ", cut, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_takes_too_long_is_a_warning_and_not_done_again()
    {
        _box.Failures["one"] = new([TransportFault.TimedOut]);

        await SetUpAsync();

        Assert.Equal(["keep", "two", "finish"], _box.Done);
        Assert.Equal(["session_setup 1 failed: sh did not end within 30 s"], _warnings);
    }

    [Fact]
    public async Task A_session_that_ends_while_the_way_to_it_is_lost_was_not_started()
    {
        _box.Failures["one"] = new(Enumerable.Repeat(TransportFault.Cut, 1000));
        _box.Failing = () => _books.Answer("u-1", null);

        var failure = await Assert.ThrowsAsync<TransportException>(SetUpAsync);

        Assert.Equal((TransportFault.Gone, "it ended right after it was started"), (failure.Fault, failure.Message));
        Assert.DoesNotContain("finish", _box.Done);
    }

    [Fact]
    public async Task A_session_that_does_not_take_the_note_was_not_started()
    {
        _box.ExitCodes["finish"] = 1;

        var failure = await Assert.ThrowsAsync<TransportException>(SetUpAsync);

        Assert.StartsWith("its session does not take that it is set up", failure.Message, StringComparison.Ordinal);
    }

    private async Task SetUpAsync()
    {
        await using var api = new BoxApi();
        api.Run("pod-1", _box);
        var inside = new PodInside(api, _books.Book.FindPod("u-1")!.Pod, "agent", null, _books.Time);
        var agent = _books.Agent("k/mayor").Id;
        var running = new PodSetUp(_books.Book, _books.Store, agent, "u-1", inside, _warnings.Add, _cuts.Add, _books.Time)
            .RunAsync(new AgentSetup { SessionSetup = ["echo one", "echo two"] }, _warnings, CancellationToken.None);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (!running.IsCompleted)
        {
            // A command that answers has its whole patience: only a pause, or one that is known to hang, lets time pass.
            if (!_books.Time.AdvanceToNextTimer(_box.Hangs ? TimeSpan.FromSeconds(30) : PodSetUp.Settling))
            {
                await looks.WaitForNextTickAsync();
            }
        }

        await running;
    }

    /// <summary>A container whose commands end at once, but for those that are to fail first.</summary>
    private sealed class ScriptedBox : IAgentTransport
    {
        private readonly ConcurrentQueue<string> _done = new();
        private volatile bool _hangs;

        public Dictionary<string, Queue<TransportFault>> Failures { get; } = [];

        public Dictionary<string, int> ExitCodes { get; } = [];

        public Action Failing { get; set; } = () => { };

        public IEnumerable<string> Done => _done;

        public bool Hangs => _hangs;

        public ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
        {
            _hangs = false;
            var script = string.Join(' ', command.Arguments);
            var step = script.Contains("pipe-pane", StringComparison.Ordinal) ? "keep" : script.Contains(SetUpMark.Option, StringComparison.Ordinal) ? "finish" : script.Split(' ')[^1];
            var stream = new FakeCommandStream();
            if (!Failures.TryGetValue(step, out var failures) || !failures.TryDequeue(out var fault))
            {
                _done.Enqueue(step);
                stream.Exit(ExitCodes.GetValueOrDefault(step));
                return ValueTask.FromResult<ICommandStream>(stream);
            }

            Failing();
            switch (fault)
            {
                case TransportFault.Unreachable:
                    throw new TransportException(fault, "nobody answers");
                case TransportFault.TimedOut:
                    _hangs = true;
                    break;
                default:
                    stream.Fail(new TransportException(fault, "the stream was cut"));
                    break;
            }

            return ValueTask.FromResult<ICommandStream>(stream);
        }
    }
}
