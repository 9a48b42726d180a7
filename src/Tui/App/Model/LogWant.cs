using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Model;

/// <summary>A log that is to be read.</summary>
/// <param name="Agent">Of whose container.</param>
/// <param name="IsPrevious">Of the container before its last restart.</param>
/// <param name="Reading">Counts how often it was asked for: another number reads it again.</param>
internal sealed record LogWant(AgentId Agent, bool IsPrevious, int Reading);
