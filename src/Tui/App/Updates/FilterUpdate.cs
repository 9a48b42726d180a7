using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Updates;

/// <summary>The filter while it is typed; the list follows every key.</summary>
internal static class FilterUpdate
{
    /// <summary>Begins to type the filter, at its end.</summary>
    public static AppModel Begin(AppModel model) =>
        model with { List = model.List with { IsFiltering = true }, Wall = model.Wall with { Focused = null, History = null, IsZoomed = false } };

    /// <summary>What a key, paste or click does: Enter keeps the filter, Esc drops it, arrows move through what is shown.</summary>
    public static AppModel Apply(AppModel model, TerminalEvent input)
    {
        var list = model.List;
        return input switch
        {
            KeyPressed { Chord.Key: Key.Enter } => model with { List = list with { IsFiltering = false } },
            KeyPressed { Chord.Key: Key.Escape } => model with { List = list with { IsFiltering = false, Filter = "" } },
            KeyPressed { Chord: var chord } when chord == KeyChord.Of('c', KeyModifiers.Control) => model with { List = list with { IsFiltering = false, Filter = "" } },
            KeyPressed { Chord.Key: Key.Up } => ListUpdate.Move(model, -1),
            KeyPressed { Chord.Key: Key.Down } => ListUpdate.Move(model, 1),
            _ => LineEdit.Apply(list.FilterInput, input) is { } filter ? model with { List = list with { FilterInput = filter } } : model,
        };
    }
}
