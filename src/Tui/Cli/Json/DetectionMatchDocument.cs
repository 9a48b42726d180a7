namespace AgentDeck.Tui.Cli.Json;

/// <summary>One rule that matches, in a <see cref="DetectionDocument"/>.</summary>
internal sealed record DetectionMatchDocument(string Rule, string File, string Activity, int Priority, string Line, bool Holds);
