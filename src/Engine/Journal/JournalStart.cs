namespace AgentDeck.Engine.Journal;

/// <summary>How a journal begins: what was found in its folder, and what may be done there.</summary>
/// <param name="Mode">What happens to what is recorded.</param>
/// <param name="State">What was remembered.</param>
/// <param name="Lock">The right to write, or who has it.</param>
/// <param name="Log">The file to write; null when nothing may be written.</param>
/// <param name="NeedsRepair">The file has to be replaced, whether or not something is recorded.</param>
/// <param name="Degraded">Why nothing may be written, in words; null when it may.</param>
internal sealed record JournalStart(JournalMode Mode, JournalState State, JournalLock Lock, JournalLog? Log, bool NeedsRepair, string? Degraded);
