using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Terminal.Widgets;

namespace AgentDeck.Tui.App.Model;

/// <summary>A pane that was scrolled up: a picture that no longer moves.</summary>
/// <param name="Agent">Whose pane.</param>
/// <param name="Screen">The screen with as much of its history as was read, without the blank rows at its end; null while nothing is.</param>
/// <param name="Offset">Rows between the bottom of the picture and the bottom of the view; 0 is the newest.</param>
internal sealed record HistoryView(AgentId Agent, PaneScreen? Screen, int Offset)
{
    /// <summary>How many lines of history stand above what was read.</summary>
    public int Unread { get; init; }

    /// <summary>How many lines of history were asked for last.</summary>
    public int Requested { get; init; }

    /// <summary>Whether the view is to go to the oldest line when the lines that were asked for arrive.</summary>
    public bool WantsTop { get; init; }

    /// <summary>What is searched for, with its cursor; empty when nothing.</summary>
    public TextInputState SearchInput { get; init; } = TextInputState.Empty;

    /// <summary>What is searched for; setting it puts the cursor behind it.</summary>
    public string Search
    {
        get => SearchInput.Text;
        init => SearchInput = TextInputState.Of(value);
    }

    /// <summary>Whether the search is being typed.</summary>
    public bool IsSearching { get; init; }

    /// <summary>The row of the current match in <see cref="PaneScreen.Rows"/>, or null.</summary>
    public int? MatchRow { get; init; }
}
