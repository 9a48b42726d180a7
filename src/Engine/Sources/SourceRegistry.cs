using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>The sources of the configuration in force, by name. Safe to call from any thread.</summary>
internal sealed class SourceRegistry
{
    private volatile ImmutableDictionary<string, IAgentSource> _sources = ImmutableDictionary<string, IAgentSource>.Empty;

    /// <summary>All sources, in no order.</summary>
    public IEnumerable<IAgentSource> All => _sources.Values;

    /// <summary>Replaces the sources.</summary>
    public void Replace(IEnumerable<IAgentSource> sources) => _sources = sources.ToImmutableDictionary(source => source.Name);

    /// <summary>The source of an agent, or null when it left the configuration.</summary>
    public IAgentSource? SourceOf(AgentId agent) => _sources.GetValueOrDefault(agent.Source);

    /// <summary>The live session of an agent.</summary>
    /// <exception cref="TransportException">It has none.</exception>
    public IAgentSession SessionOf(AgentId agent) =>
        SourceOf(agent)?.FindSession(agent)
        ?? throw new TransportException(TransportFault.Gone, $"{PlainText.Sanitize(agent.ToString())} has no session now; start it, or wait until its source is live");
}
