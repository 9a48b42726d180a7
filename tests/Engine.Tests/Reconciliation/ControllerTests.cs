using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class ControllerTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger _log = new();
    private readonly WorkQueue<string> _queue;
    private readonly Channel<string> _passes = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _resting = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ReconcileLoad _load;
    private Task _running = Task.CompletedTask;

    public ControllerTests()
    {
        _queue = new WorkQueue<string>(_time, () => 1);
        _load = new ReconcileLoad(() => _queue.Count, _time);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _load.Dispose();
        _queue.Dispose();
        _resting.Dispose();
        _ending.Dispose();
    }

    [Fact]
    public async Task A_pass_that_fails_is_tried_again_less_and_less_often_and_delays_nobody_elses()
    {
        Run(workers: 1, (key, _) => key == "poisoned" ? throw new InvalidOperationException("our fault") : Task.FromResult<TimeSpan?>(null));
        _queue.Add("poisoned");
        _queue.Add("well");
        Assert.Equal(["poisoned", "well"], await SeeAsync(2));

        foreach (var seconds in new[] { 1, 2, 4 })
        {
            // With one worker, that another's pass was done means that the failure is dealt with.
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            _queue.Add("well");
            Assert.Equal(["well"], await SeeAsync(1));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _queue.Add("well");
            Assert.Equal(["poisoned", "well"], await SeeAsync(2));
        }

        Assert.Equal(4, _log.Entries.Count);
        Assert.All(_log.Entries, line => Assert.StartsWith("Error: the pass over poisoned failed; it is tried again System.InvalidOperationException: our fault", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task So_many_passes_run_at_once_as_there_are_workers_and_never_two_over_one_key()
    {
        var gate = new TaskCompletionSource();
        var running = new ConcurrentDictionary<string, int>();
        Run(workers: 3, async (key, _) =>
        {
            Assert.True(running.TryAdd(key, 0), $"two passes over {key}");
            await gate.Task;
            running.Remove(key, out int _);
            return null;
        });
        foreach (var key in "abcdefgh")
        {
            _queue.Add($"{key}");
        }

        var first = await SeeAsync(3);
        Assert.Equal(5, _queue.Count);
        foreach (var key in first.Concat(first))
        {
            _queue.Add(key);
        }

        gate.SetResult();

        // Each that was asked for while its pass ran gets one more.
        Assert.Equal(first.Concat(["d", "e", "f", "g", "h"]).Order(StringComparer.Ordinal), (await SeeAsync(8)).Order(StringComparer.Ordinal));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Who_rests_finishes_the_pass_that_runs_and_begins_no_other()
    {
        var gate = new TaskCompletionSource();
        Run(workers: 1, async (_, _) =>
        {
            await gate.Task;
            return null;
        });
        _queue.Add("a");
        _queue.Add("b");
        Assert.Equal(["a"], await SeeAsync(1));

        await _resting.CancelAsync();
        Assert.False(_running.IsCompleted);
        gate.SetResult();
        await _running.WaitAsync(Deadline);

        Assert.False(_passes.Reader.TryRead(out _));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task Who_ends_breaks_off_the_pass_that_runs()
    {
        Run(workers: 1, async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        });
        _queue.Add("a");
        await SeeAsync(1);

        await _ending.CancelAsync();
        await _running.WaitAsync(Deadline);

        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_pass_that_names_a_time_is_followed_by_another_then()
    {
        Run(workers: 1, (key, _) => Task.FromResult<TimeSpan?>(key == "a" ? TimeSpan.FromSeconds(5) : null));
        _queue.Add("a");
        _queue.Add("b");
        await SeeAsync(2);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(["a"], await SeeAsync(1));
    }

    [Fact]
    public async Task Passes_their_outcomes_their_time_and_who_waits_are_counted()
    {
        using var listener = new MeterListener();
        var counted = new ConcurrentQueue<string>();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (_load.Owns(instrument))
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => counted.Enqueue($"{instrument.Name} {value}"));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Enqueue($"{instrument.Name} {value} {tags[0].Value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => counted.Enqueue($"{instrument.Name} {value} {tags[0].Value}"));
        listener.Start();
        foreach (var key in new[] { "well", "poisoned", "last", "waits" })
        {
            _queue.Add(key);
        }

        Run(workers: 1, (key, _) =>
        {
            if (key == "last")
            {
                _resting.Cancel();
                listener.RecordObservableInstruments();
            }

            _time.Advance(TimeSpan.FromSeconds(2));
            return key == "poisoned" ? throw new InvalidOperationException("our fault") : Task.FromResult<TimeSpan?>(null);
        });

        await _running.WaitAsync(Deadline);

        Assert.Equal(
            [
                "agentdeck.reconcile.passes 1 done", "agentdeck.reconcile.seconds 2 done", "agentdeck.reconcile.passes 1 failed", "agentdeck.reconcile.seconds 2 failed",
                "agentdeck.reconcile.waiting 1", "agentdeck.reconcile.passes 1 done", "agentdeck.reconcile.seconds 2 done",
            ],
            counted);
    }

    private void Run(int workers, Func<string, CancellationToken, Task<TimeSpan?>> pass)
    {
        var controller = new Controller<string>(
            _queue,
            (key, cancellationToken) =>
            {
                _passes.Writer.TryWrite(key);
                return pass(key, cancellationToken);
            },
            workers,
            _load,
            _log);
        _running = controller.RunAsync(_resting.Token, _ending.Token);
    }

    private async Task<List<string>> SeeAsync(int count)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var seen = new List<string>();
        while (seen.Count < count)
        {
            seen.Add(await _passes.Reader.ReadAsync(deadline.Token));
        }

        return seen;
    }
}
