namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Minimum">The least cells it is shown with.</param>
/// <param name="Weight">Its share of what is left over; 0 keeps it at the minimum.</param>
/// <param name="Priority">0 is always shown; the others drop out when it gets narrow, the highest number first.</param>
/// <param name="IsRight">Whether its text stands at the right.</param>
internal sealed record TableColumn(string Title, int Minimum, int Weight = 0, int Priority = 0, bool IsRight = false);
