using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Theming;

/// <summary>What loading a theme gave.</summary>
/// <param name="Theme">The theme; the default one when the wanted one is missing or broken.</param>
/// <param name="Problems">Everything wrong with the wanted one.</param>
internal sealed record ThemeResult(Theme Theme, ImmutableArray<ConfigurationProblem> Problems);
