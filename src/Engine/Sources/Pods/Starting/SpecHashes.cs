using System.Runtime.CompilerServices;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>The hashes of declarations, each computed once: they are asked for with every change of an agent. Safe to call from any thread.</summary>
/// <param name="settings">What the source says of all pods.</param>
internal sealed class SpecHashes(GasCityPodSettings settings)
{
    private readonly ConditionalWeakTable<AgentSpec, string> _known = [];

    /// <summary>The hash of a pod made of a declaration now; null when none can be made of it.</summary>
    public string? Of(AgentSpec spec)
    {
        try
        {
            return spec.Pod is null ? null : _known.GetValue(spec, declared => GasCityPod.Plan(declared, settings, "").Hash);
        }
        catch (TransportException)
        {
            return null;
        }
    }
}
