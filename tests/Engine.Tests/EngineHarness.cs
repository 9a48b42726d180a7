using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests;

/// <summary>A whole engine on a real tmux server of its own, and ways to wait for what it observes.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private EngineHarness(FleetEngine engine)
    {
        Engine = engine;
    }

    public FleetEngine Engine { get; }

    public FleetSnapshot Fleet => Engine.Store.Current;

    public static EngineHarness Start(TmuxFixture tmux, EngineOptions options, params ImmutableArray<AgentSpec> agents) =>
        new(FleetEngine.Start(Configuration(tmux.Socket, agents), [], options));

    public static EngineHarness Start(DeckConfiguration configuration, EngineOptions options) => new(FleetEngine.Start(configuration, [], options));

    public static DeckConfiguration Configuration(string socket, params ImmutableArray<AgentSpec> agents) =>
        new() { Sources = [new LocalSourceSpec("here", socket)], Agents = agents };

    public Task<Agent> WaitForAsync(string name, AgentPhase phase) => WaitForAsync(name, agent => agent.Status.Phase == phase, $"{phase}");

    public Task<Agent> WaitForAsync(string name, Activity activity) => WaitForAsync(name, agent => agent.Status.Activity == activity, $"{activity}");

    public async Task<Agent> WaitForAsync(string name, Func<Agent, bool> isExpected, string what)
    {
        var id = Tests.Fleet.Id(name);
        var fleet = await WaitAsync(fleet => fleet.Agents.TryGetValue(id, out var agent) && isExpected(agent), $"{name} to be {what}");
        return fleet.Agents[id];
    }

    public async Task<FleetSnapshot> WaitAsync(Func<FleetSnapshot, bool> isExpected, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var updates = Engine.Store.Subscribe();
        if (isExpected(updates.Initial))
        {
            return updates.Initial;
        }

        try
        {
            await foreach (var update in updates.ReadAllAsync(deadline.Token))
            {
                if (isExpected(update.Snapshot))
                {
                    return update.Snapshot;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Fail($"waited in vain for {what}; the fleet is:\n{Print(Fleet)}");
        return Fleet;
    }

    public async Task<PaneCapture> WaitForPaneAsync(string name, string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var id = Tests.Fleet.Id(name);
        if (Shown() is { } already)
        {
            return already;
        }

        try
        {
            await foreach (var changed in Engine.Panes.ReadChangesAsync(deadline.Token))
            {
                if (Shown() is { } capture)
                {
                    return capture;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Fail($"waited in vain for {text} in the pane of {name}:\n{(Engine.Panes.Latest(id) is { } last ? Text(last) : "no capture")}\n{Print(Fleet)}");
        return null!;

        PaneCapture? Shown() => Engine.Panes.Latest(id) is { } capture && Text(capture).Contains(text, StringComparison.Ordinal) ? capture : null;
    }

    public static string Text(PaneCapture capture) => System.Text.Encoding.UTF8.GetString(capture.Content.Span);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private static string Print(FleetSnapshot fleet) =>
        string.Join('\n', fleet.Sources.Select(source => source.ToString()).Concat(fleet.Agents.Values.Select(agent => $"{agent.Id}: {agent.Status}")));
}
