using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Configuration;

/// <summary>The <c>[notify]</c> table: what operators are told without having asked, and how.</summary>
public sealed record NotifySettings
{
    /// <summary>What is worth telling. Default everything.</summary>
    public ImmutableArray<NotificationKind> On { get; init; } = [.. Enum.GetValues<NotificationKind>()];

    /// <summary>Whether the deck rings the terminal's bell. Default false.</summary>
    public bool Bell { get; init; }

    /// <summary>Whether the deck has the terminal show a desktop notification (OSC 9). Default false.</summary>
    public bool Desktop { get; init; }

    /// <summary>A program and its arguments, run on every notification; empty for none. May hold secrets: never logged.</summary>
    public ImmutableArray<string> Command { get; init; } = [];
}
