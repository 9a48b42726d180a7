using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What one look at the screen of a pod's session showed.</summary>
/// <param name="Lines">The last lines with text.</param>
/// <param name="Command">The command in its pane.</param>
/// <param name="Mark">What Gas City noted in its session, or null.</param>
internal sealed record PodLook(ImmutableArray<string> Lines, string Command, GasCityMark? Mark)
{
    /// <summary>What an agent of scion says of itself, or null.</summary>
    public ScionAgentInfo? Info { get; init; }
}
