using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.ViewModels;

/// <summary>The words that may follow <c>phase:</c> and <c>is:</c> in a filter and after <c>--fail-on</c>, each with what it asks of an agent.</summary>
internal static class FilterWords
{
    /// <summary>The words of all phases.</summary>
    public static ImmutableArray<KeyValuePair<string, Func<Agent, FleetSnapshot, bool>>> Phases { get; } =
        [.. Enum.GetValues<AgentPhase>().Select(phase => Word(Words.Of(phase), (agent, _) => agent.Status.Phase == phase))];

    /// <summary>The words of all activities and phases, and <c>stale</c>, <c>draining</c>, <c>declared</c>, <c>discovered</c>.</summary>
    public static ImmutableArray<KeyValuePair<string, Func<Agent, FleetSnapshot, bool>>> States { get; } =
    [
        .. Enum.GetValues<Activity>()
            .Where(activity => activity != Activity.None)
            .Select(activity => Word(Words.Of(activity), (agent, _) => agent.Status.Activity == activity)),
        .. Phases,
        Word("stale", (agent, fleet) => fleet.SourceOf(agent.Id) is not { Link: SourceLink.Live } || Freshness.LostSince(agent) is not null),
        Word("draining", (agent, _) => StateLook.IsDraining(agent.Status)),
        Word("declared", (agent, _) => agent.Spec is not null),
        Word("discovered", (agent, _) => agent.Spec is null),
    ];

    private static KeyValuePair<string, Func<Agent, FleetSnapshot, bool>> Word(string word, Func<Agent, FleetSnapshot, bool> test) => new(word, test);
}
