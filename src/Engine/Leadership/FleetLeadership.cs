using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Leadership;

/// <summary>
/// Of the engines that share a cluster one keeps what is declared there: the holder of the Lease. Where nobody shares, this engine does. Tells
/// with each source who leads. Disposing gives all Leases back.
/// </summary>
internal sealed class FleetLeadership : IEnforcement, IAsyncDisposable
{
    private const string NotYet = "it is not known yet who leads";

    private readonly FleetStore _store;
    private readonly Func<LeasePlace, IKubernetesApi> _open;
    private readonly Func<IKubernetesApi, ObjectName, LeaseElector> _elect;
    private readonly TimeProvider _time;
    private readonly Func<double> _jitter;
    private readonly Action _changed;
    private readonly Dictionary<LeasePlace, PlaceElection> _elections = [];
    private volatile ImmutableDictionary<string, PlaceElection> _bySource = ImmutableDictionary<string, PlaceElection>.Empty;

    /// <summary>Prepares; <see cref="ArrangeAsync"/> begins.</summary>
    /// <param name="store">Where is told who leads.</param>
    /// <param name="open">Opens a cluster; reads the kubeconfig, so it may fail.</param>
    /// <param name="identity">Who we are; no other engine may be called so.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Gives numbers from 0 to 1.</param>
    /// <param name="logger">Where changes are noted.</param>
    /// <param name="changed">Called on any thread after <see cref="WhyNot"/> may have changed.</param>
    public FleetLeadership(
        FleetStore store, Func<LeasePlace, IKubernetesApi> open, string identity, TimeProvider time, Func<double> jitter, ILogger logger, Action changed)
    {
        (_store, _open, _time, _jitter, _changed) = (store, open, time, jitter, changed);
        _elect = (api, lease) => new LeaseElector(api, lease, identity, LeaseTimes.Default, time, jitter, logger, Tell);
    }

    /// <inheritdoc/>
    public string? WhyNot(AgentId agent) =>
        _bySource.GetValueOrDefault(agent.Source) is not { Holds: false } election ? null : election.Lead ?? NotYet;

    /// <inheritdoc/>
    public CancellationToken Mandate(AgentId agent) => _bySource.GetValueOrDefault(agent.Source)?.Term ?? CancellationToken.None;

    /// <summary>
    /// Whether what was seen of an agent at a time is for this engine to tell the world: true where nobody shares, while it leads, and where it may not
    /// elect; false once another that leads was seen to be there after that; null while that is open.
    /// </summary>
    public bool? IsOurs(AgentId agent, DateTimeOffset seen) => _bySource.GetValueOrDefault(agent.Source) is { } election ? election.IsOurs(seen) : true;

    /// <summary>Competes for the Leases of these sources and gives back all others. Not safe for several threads.</summary>
    /// <param name="shared">The sources that others may keep, too, each with the place of its Lease.</param>
    public async Task ArrangeAsync(IReadOnlyDictionary<string, LeasePlace> shared)
    {
        foreach (var place in shared.Values.Distinct().Where(place => !_elections.ContainsKey(place)))
        {
            _elections[place] = new PlaceElection(place, _open, _elect, _time, _jitter, Tell);
        }

        _bySource = shared.ToImmutableDictionary(pair => pair.Key, pair => _elections[pair.Value]);
        var ended = _elections.Where(pair => !shared.Values.Contains(pair.Key)).ToList();
        foreach (var (place, _) in ended)
        {
            _elections.Remove(place);
        }

        Tell();
        await Task.WhenAll(ended.Select(pair => pair.Value.DisposeAsync().AsTask()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_elections.Values.Select(election => election.DisposeAsync().AsTask()));
        _elections.Clear();
    }

    private void Tell()
    {
        var bySource = _bySource;
        _store.Apply(edit =>
        {
            foreach (var status in edit.Sources)
            {
                var election = bySource.GetValueOrDefault(status.Name);
                edit.SetSource(status with { Lead = election?.Lead is { } sentence ? $"NotEnforced: {sentence}" : null, Leader = election?.Leader });
            }
        });
        _changed();
    }
}
