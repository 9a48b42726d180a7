namespace AgentDeck.Engine.Domain;

/// <summary>One ranked rule of <see cref="PhaseRules"/>.</summary>
/// <param name="Name">Its name, unique; tests and explanations refer to it.</param>
/// <param name="Applies">Whether it decides; asked only when no rule before it does.</param>
/// <param name="Judge">Its decision.</param>
internal sealed record PhaseRule(string Name, Func<PhaseInputs, bool> Applies, Func<PhaseInputs, PhaseJudgement> Judge);
