namespace AgentDeck.Engine.Journal;

/// <summary>What a file holds.</summary>
/// <param name="State">Everything up to the first flaw.</param>
/// <param name="Flaw">What is wrong with the rest.</param>
/// <param name="FlawedLine">The first line that cannot be used, counted from 1; 0 when there is none.</param>
internal sealed record JournalContent(JournalState State, JournalFlaw Flaw, int FlawedLine);
