using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Dialects;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What one look at the screen of a pod's session showed.</summary>
/// <param name="Screen">The screen.</param>
/// <param name="Command">The command in its pane.</param>
/// <param name="Mark">What Gas City noted in its session, or null.</param>
internal sealed record PodLook(AgentScreen Screen, string Command, GasCityMark? Mark)
{
    /// <summary>What an agent of scion says of itself, or null.</summary>
    public ScionAgentInfo? Info { get; init; }
}
