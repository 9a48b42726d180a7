using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Configuration;

/// <summary>Everything that <c>agents.toml</c> says, checked.</summary>
public sealed record DeckConfiguration
{
    /// <summary>The file it came from, or null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>Settings of the deck itself.</summary>
    public DeckSettings Deck { get; init; } = new();

    /// <summary>What operators are told without having asked, and how.</summary>
    public NotifySettings Notify { get; init; } = new();

    /// <summary>The sources in order; never empty.</summary>
    public ImmutableArray<SourceSpec> Sources { get; init; } = [new LocalSourceSpec("here", SocketName: "default")];

    /// <summary>The declared agents in order.</summary>
    public ImmutableArray<AgentSpec> Agents { get; init; } = [];

    /// <summary>The operator's key bindings: command id to key text, with the place where each stands.</summary>
    public ImmutableArray<KeyBindingSpec> Keys { get; init; } = [];

    /// <summary>Nudge templates in order.</summary>
    public ImmutableArray<NudgeTemplate> Nudges { get; init; } = [];

    /// <summary>The rules that read an agent's activity off its screen: the shipped ones, with the file's own.</summary>
    public RuleSet Detection { get; init; } = ShippedRules.Set;
}
