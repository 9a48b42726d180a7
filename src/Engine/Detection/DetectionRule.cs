using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>One rule that reads an activity off a quiet screen. Plain data, so that a file may hold such rules.</summary>
internal sealed record DetectionRule
{
    /// <summary>Its name, unique.</summary>
    public required string Id { get; init; }

    /// <summary>What the agent does when the rule matches.</summary>
    public required Activity Activity { get; init; }

    /// <summary>How many of the last lines with text it looks at.</summary>
    public required int Lines { get; init; }

    /// <summary>Patterns that must all match the lines joined by LF; the first one's match tells why. Each has a time limit.</summary>
    public required ImmutableArray<Regex> All { get; init; }

    /// <summary>Commands (<c>pane_current_command</c>) for which the rule does not hold.</summary>
    public ImmutableArray<string> ExceptCommands { get; init; } = [];
}
