using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>Something that happened, as it is remembered. All text was made plain and redacted by whoever recorded it.</summary>
/// <param name="Seq">The number that the journal gave it; grows across restarts, but not by one from event to event.</param>
/// <param name="At">When it happened.</param>
/// <param name="Agent">The agent concerned, or null when it concerns none.</param>
/// <param name="Kind">What kind of event it was, for example <c>PhaseChanged</c>; never null.</param>
/// <param name="Text">What happened, in words; never null.</param>
/// <param name="By">Who asked for it; empty when nobody did.</param>
internal sealed record JournalledEvent(long Seq, DateTimeOffset At, AgentId? Agent, string Kind, string Text, string By)
{
    /// <summary>The same for programs, or null when only its words are known.</summary>
    public FleetEvent? What { get; init; }

    /// <summary>An event of the fleet, not yet numbered by a journal.</summary>
    public static JournalledEvent Of(FleetEvent happened) =>
        new(0, happened.At, happened.Agent, happened.GetType().Name, FleetEventText.Describe(happened), FleetEventText.Operator(happened)) { What = happened };
}
