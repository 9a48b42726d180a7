using System.Collections.Immutable;
using System.Text;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Dialects;

/// <summary>A whole engine on the pods of one namespace, as the deck and the verbs use it.</summary>
internal sealed class ClusterDeck : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly FleetEngine _engine;
    private readonly ClusterNamespace? _space;

    private ClusterDeck(FleetEngine engine, ClusterNamespace? space)
    {
        (_engine, _space) = (engine, space);
    }

    public FleetSnapshot Fleet => _engine.Store.Current;

    public IFleetStore Store => _engine.Store;

    /// <summary>Starts an engine on one source named <c>k</c>.</summary>
    public static ClusterDeck Open(ClusterNamespace space, string dialect, Func<KubernetesSourceSpec, KubernetesSourceSpec>? change = null, params ImmutableArray<AgentSpec> agents) =>
        Open(space, dialect, new EngineOptions(), change, agents);

    /// <summary>Starts an engine on one source named <c>k</c>.</summary>
    public static ClusterDeck Open(
        ClusterNamespace space, string dialect, EngineOptions options, Func<KubernetesSourceSpec, KubernetesSourceSpec>? change, params ImmutableArray<AgentSpec> agents)
    {
        var spec = new KubernetesSourceSpec("k", dialect) { Kubeconfig = space.Cluster.Kubeconfig, Namespaces = [space.Name] };
        var configuration = new DeckConfiguration { Sources = [change?.Invoke(spec) ?? spec], Agents = agents };
        return new ClusterDeck(FleetEngine.Start(configuration, [], options), space);
    }

    /// <summary>Starts an engine on containers that no cluster knows.</summary>
    public static ClusterDeck Open(ContainerSourceSpec spec, ImmutableArray<AgentSpec> agents) =>
        new(FleetEngine.Start(new DeckConfiguration { Sources = [spec], Agents = agents }, [], new EngineOptions()), null);

    /// <summary>Waits until an agent is as expected.</summary>
    /// <param name="agent">For example <c>k/mayor</c>.</param>
    /// <param name="isExpected">What is waited for.</param>
    public async Task<Agent> SeeAsync(string agent, Func<AgentStatus, bool> isExpected)
    {
        var fleet = await SeeFleetAsync(fleet => Find(fleet, agent) is { } found && isExpected(found.Status));
        return Find(fleet, agent)!;
    }

    /// <summary>Waits until the fleet is as expected.</summary>
    public async Task<FleetSnapshot> SeeFleetAsync(Func<FleetSnapshot, bool> isExpected)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var updates = _engine.Store.Subscribe();
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

        Assert.Fail($"waited in vain; the fleet is:\n{string.Join('\n', Fleet.Sources.Select(source => $"{source}").Concat(Fleet.Agents.Values.Select(found => $"{found.Id}: {found.Status} {found.Upkeep}")))}");
        return Fleet;
    }

    /// <summary>Puts an agent on screen and waits until its pane shows a text.</summary>
    public async Task<PaneCapture> SeePaneAsync(string agent, string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var id = IdOf(agent);
        _engine.Panes.Watch([id]);
        try
        {
            await foreach (var changed in _engine.Panes.ReadChangesAsync(deadline.Token))
            {
                if (_engine.Panes.Latest(id) is { } capture && Text(capture).Contains(text, StringComparison.Ordinal))
                {
                    return capture;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Fail($"waited in vain for {text} in the pane of {agent}:\n{(_engine.Panes.Latest(id) is { } last ? Text(last) : "no capture")}");
        return null!;
    }

    /// <summary>The last picture of an agent that was on screen; null when there never was one.</summary>
    public string? LastPane(string agent) => _engine.Panes.Latest(IdOf(agent)) is { } capture ? Text(capture) : null;

    public async Task<string> PeekAsync(string agent) => Text(await _engine.Panes.CaptureAsync(IdOf(agent), 0, CancellationToken.None));

    /// <summary>Follows the log of an agent's container from its beginning.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> FollowLogAsync(string agent, CancellationToken cancellationToken) =>
        _engine.Operations.ReadLogAsync(IdOf(agent), new LogQuery(Follow: true, Previous: false, null), cancellationToken);

    public Task<OperationResult> DoAsync(string agent, SessionCommand command, CancellationToken cancellationToken = default) =>
        _engine.Operations.ExecuteAsync(IdOf(agent), command, cancellationToken);

    public Task<string> ListProcessesAsync(string agent) => _engine.Operations.ListProcessesAsync(IdOf(agent), CancellationToken.None);

    /// <summary>Attaches as a person would on a terminal of 100×30, types once it shows something, and waits until the terminal shows a text.</summary>
    public async Task AttachAsync(string agent, string typed, string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await using var stream = await _engine.Operations.AttachAsync(IdOf(agent), new Size(100, 30), deadline.Token);
        // tmux throws away what is typed before it has the terminal.
        Assert.NotEqual(0, await stream.Output.ReadAsync(new byte[4096], deadline.Token));
        await stream.Input.WriteAsync(Encoding.UTF8.GetBytes(typed), deadline.Token);
        await stream.Input.FlushAsync(deadline.Token);
        await SeeOutputAsync(stream, text, deadline.Token);
    }

    /// <summary>Waits until no client of a person is left in the agent's pod, or container.</summary>
    public async Task SeeNobodyAttachedAsync(string agent)
    {
        const string Script = "cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'; true";
        static bool IsNobody(CommandResult result) => result.ExitCode == 0 && !result.Output.Contains("AGENTDECK_TERMINAL=", StringComparison.Ordinal);
        var pod = Find(Fleet, agent)!.Status.Pod!;
        if (_space is not null)
        {
            await _space.Kubectl.SeeAsync(IsNobody, "nobody is attached", "exec", pod.Name, "-c", pod.Container, "--", "sh", "-c", Script);
            return;
        }

        using var deadline = new CancellationTokenSource(Deadline);
        while (!IsNobody(await Podman.TryRunAsync(["exec", pod.Uid, "sh", "-c", Script])))
        {
            await Task.Delay(100, deadline.Token);
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static async Task SeeOutputAsync(ICommandStream stream, string text, CancellationToken cancellationToken)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await stream.Output.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (seen.Append(Encoding.UTF8.GetString(buffer, 0, count)).ToString().Contains(text, StringComparison.Ordinal))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Fail($"the terminal never showed {text}:\n{seen.Replace("\u001b", "ESC")}");
    }

    private static string Text(PaneCapture capture) => Encoding.UTF8.GetString(capture.Content.Span);

    private static Agent? Find(FleetSnapshot fleet, string agent) => fleet.Agents.Values.FirstOrDefault(found => found.Id.ToString() == agent);

    private AgentId IdOf(string agent) => Find(Fleet, agent)?.Id ?? throw new InvalidOperationException($"there is no {agent}");
}
