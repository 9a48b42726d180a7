using System.Collections.Immutable;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App;

/// <summary>The answer to a message: the model from now on, and what to do outside it.</summary>
internal readonly record struct Transition(AppModel Model, ImmutableArray<AppEffect> Effects)
{
    /// <summary>A new model and nothing to do.</summary>
    public static implicit operator Transition(AppModel model) => new(model, []);
}
