using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using Xunit.Abstractions;

namespace AgentDeck.Cluster.Tests.Faults;

/// <summary>
/// All that a store showed from the beginning of a test, so that what must never be shown is looked for in all of it and not
/// only in how it ended.
/// </summary>
internal sealed class FleetHistory : IAsyncDisposable
{
    // The promise is five seconds; the machine that the tests run on may be busy. What it took is written to the output.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly IFleetStore _store;
    private readonly ITestOutputHelper _output;
    private readonly Lock _gate = new();
    private readonly List<FleetUpdate> _seen = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Pulse _news = new();
    private readonly Task _reading;

    /// <summary>Begins to record.</summary>
    public FleetHistory(IFleetStore store, ITestOutputHelper output)
    {
        (_store, _output) = (store, output);
        _reading = ReadAsync(store.Subscribe());
    }

    /// <summary>Whether an agent's row is shown as current: neither its source nor its own stream is lost.</summary>
    public static bool IsCurrent(FleetSnapshot fleet, Agent agent) => Freshness.AsOf(fleet, agent, DateTimeOffset.MaxValue) == DateTimeOffset.MaxValue;

    /// <summary>Waits until the store shows, or showed since <paramref name="since"/>, what is expected, and writes down how long it took.</summary>
    public async Task<FleetSnapshot> SeeAsync(string what, DateTimeOffset since, Func<FleetSnapshot, bool> isExpected)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            do
            {
                // What stood before still stands: no change is no new snapshot.
                var shown = Shown();
                var first = shown.FindLastIndex(fleet => fleet.At <= since);
                if (shown.Skip(Math.Max(first, 0)).FirstOrDefault(isExpected) is { } found)
                {
                    var took = found.At > since ? found.At - since : TimeSpan.Zero;
                    _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {took.TotalSeconds:0.00} s"));
                    return found;
                }
            }
            while (await _news.WaitAsync(deadline.Token));
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Fail($"waited in vain until {what}:\n{Tell()}");
        return _store.Current;
    }

    /// <summary>Waits until an agent's row is old.</summary>
    public Task SeeOldAsync(DateTimeOffset since, params AgentId[] agents) => SeeAsync(
        "shown as stale after", since, fleet => agents.All(agent => fleet.Agents.TryGetValue(agent, out var known) && !IsCurrent(fleet, known)));

    /// <summary>Waits until the source is live and the rows of agents are current and run.</summary>
    public Task SeeCurrentAsync(DateTimeOffset since, params AgentId[] agents) => SeeAsync(
        "current again after", since, fleet => agents.All(agent => fleet.Agents.TryGetValue(agent, out var known) && IsCurrent(fleet, known) && known.Status.Phase == AgentPhase.Running));

    /// <summary>An agent was there and ran in every instant, as one and the same pod.</summary>
    public void AssertAlwaysRan(AgentId agent, string uid)
    {
        Assert.All(Shown(), fleet =>
        {
            var status = fleet.Agents.GetValueOrDefault(agent)?.Status;
            Assert.True(status is { Phase: AgentPhase.Running } && status.Pod?.Uid == uid, $"at {fleet.At:HH:mm:ss.fff} {agent} is {status?.ToString() ?? "missing"}\n{Tell()}");
        });
        Assert.DoesNotContain(Events(), told => told.Agent == agent && told is AgentGone or PhaseChanged);
    }

    /// <summary>From an instant on, no pod was shown as one that runs now; that it ran when it was last seen is no lie.</summary>
    public void AssertNeverCurrentAfter(DateTimeOffset gone, AgentId agent, string uid) => Assert.All(
        Shown().Where(fleet => fleet.At > gone),
        fleet => Assert.False(
            fleet.Agents.TryGetValue(agent, out var known) && known.Status.Pod?.Uid == uid && known.Status.Phase == AgentPhase.Running && IsCurrent(fleet, known),
            $"at {fleet.At:HH:mm:ss.fff} {agent} runs, and is gone since {gone:HH:mm:ss.fff}\n{Tell()}"));

    /// <summary>Agents had a row in every instant.</summary>
    public void AssertNeverGone(params AgentId[] agents) =>
        Assert.DoesNotContain(Events(), told => told is AgentGone && told.Agent is { } agent && agents.Contains(agent));

    /// <summary>The source's link was never shown as lost.</summary>
    public void AssertSourceStayedLive() => Assert.DoesNotContain(Events(), told => told is SourceLinkChanged);

    /// <summary>Of two pods of one name, nothing of the first was shown after the second, and nothing of the first in the second.</summary>
    public void AssertOnlyForward(AgentId agent, string first, string second)
    {
        var uids = Shown().Select(fleet => fleet.Agents.GetValueOrDefault(agent)?.Status.Pod?.Uid).Where(uid => uid is not null).ToList();
        Assert.Equal([first, second], uids.Where((uid, index) => index == 0 || uids[index - 1] != uid));
        var begin = Shown().Select(fleet => fleet.Agents.GetValueOrDefault(agent)?.Status).First(status => status?.Pod?.Uid == second)!;
        Assert.NotEqual(AgentPhase.Running, begin.Phase);
        Assert.Null(begin.LastLine);
    }

    /// <summary>While an agent's row was old it grew older: nothing but news of it makes it younger.</summary>
    public void AssertAgeOnlyGrew(AgentId agent)
    {
        var (since, wasLost) = (DateTimeOffset.MaxValue, false);
        foreach (var fleet in Shown().Where(fleet => fleet.Agents.ContainsKey(agent)))
        {
            var known = fleet.Agents[agent];
            var asOf = Freshness.AsOf(fleet, known, DateTimeOffset.MaxValue);
            // A stream that is open again is news of it, also before its source is live.
            var isLost = Freshness.LostSince(known) is not null;
            Assert.True(asOf <= since || asOf == DateTimeOffset.MaxValue || (wasLost && !isLost), $"at {fleet.At:HH:mm:ss.fff} {agent} is as of {asOf:HH:mm:ss.fff}, and was as of {since:HH:mm:ss.fff}\n{Tell()}");
            (since, wasLost) = (asOf, isLost);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading;
        _ending.Dispose();
    }

    private async Task ReadAsync(IFleetSubscription updates)
    {
        using (updates)
        {
            Keep(new FleetUpdate(updates.Initial, []));
            try
            {
                await foreach (var update in updates.ReadAllAsync(_ending.Token))
                {
                    Keep(update);
                }
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private void Keep(FleetUpdate update)
    {
        lock (_gate)
        {
            _seen.Add(update);
        }

        _news.Set();
    }

    private List<FleetSnapshot> Shown()
    {
        lock (_gate)
        {
            return [.. _seen.Select(update => update.Snapshot)];
        }
    }

    // Snapshots may be merged on the way to a reader; events never are.
    private List<FleetEvent> Events()
    {
        lock (_gate)
        {
            return [.. _seen.SelectMany(update => update.Events)];
        }
    }

    private string Tell() => string.Join('\n', Shown().Select(fleet => string.Create(
        CultureInfo.InvariantCulture,
        $"{fleet.At:HH:mm:ss.fff} {string.Join(", ", fleet.Sources.Select(source => $"{source.Link} {source.Error}"))} | {string.Join(", ", fleet.Agents.Values.Select(agent => Tell(fleet, agent)))}")));

    private static string Tell(FleetSnapshot fleet, Agent agent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{agent.Id} {agent.Status.Pod?.Uid[..4]} {agent.Status.Phase} {agent.Status.Reason}{(IsCurrent(fleet, agent) ? "" : $" as of {Freshness.AsOf(fleet, agent, DateTimeOffset.MaxValue):HH:mm:ss.fff}")}");
}
