using System.Collections.Immutable;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App;

/// <summary>The answer to a message: the model from now on, and what to do outside it.</summary>
internal readonly record struct Transition(AppModel Model, ImmutableArray<AppEffect> Effects)
{
    /// <summary>A new model and nothing to do.</summary>
    public static implicit operator Transition(AppModel model) => new(model, []);

    /// <summary>The same with one more thing to do, after all others.</summary>
    public Transition And(AppEffect effect) => this with { Effects = Effects.Add(effect) };

    /// <summary>Goes on from the model of this transition; the effects of both are done in order.</summary>
    public Transition Then(Func<AppModel, Transition> next)
    {
        var later = next(Model);
        return new Transition(later.Model, Effects.AddRange(later.Effects));
    }
}
