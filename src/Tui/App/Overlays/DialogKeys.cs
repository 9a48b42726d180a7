using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>What keys and clicks mean in every dialog.</summary>
internal static class DialogKeys
{
    /// <summary>Whether it is the plain key, without modifiers.</summary>
    public static bool Is(TerminalEvent input, Key key) => input is KeyPressed pressed && pressed.Chord == KeyChord.Of(key);

    /// <summary>Whether it is the character.</summary>
    public static bool Is(TerminalEvent input, char character) => input is KeyPressed pressed && pressed.Chord == KeyChord.Of(character);

    /// <summary>Whether it is the character with Control.</summary>
    public static bool IsControl(TerminalEvent input, char character) =>
        input is KeyPressed pressed && pressed.Chord == KeyChord.Of(character, KeyModifiers.Control);

    /// <summary>Whether it closes a dialog in which text may be typed: Esc or Ctrl-C.</summary>
    public static bool Closes(TerminalEvent input) => Is(input, Key.Escape) || IsControl(input, 'c');

    /// <summary>Whether it closes a dialog that only shows something: also <c>q</c> and a click outside.</summary>
    public static bool ClosesReader(TerminalEvent input, DialogGeometry place) =>
        Closes(input) || Is(input, 'q') || IsOutside(input, place);

    /// <summary>Whether it moves the focus between two buttons.</summary>
    public static bool MovesFocus(TerminalEvent input) =>
        Is(input, Key.Tab) || Is(input, Key.Left) || Is(input, Key.Right)
        || (input is KeyPressed pressed && pressed.Chord == KeyChord.Of(Key.Tab, KeyModifiers.Shift));

    /// <summary>Whether it is a click outside the dialog.</summary>
    public static bool IsOutside(TerminalEvent input, DialogGeometry place) =>
        input is MouseUsed { Action: MouseAction.Press } mouse && !place.Outer.Contains(mouse.At);

    /// <summary>The row inside <paramref name="rows"/> that was clicked, 0-based, or null.</summary>
    public static int? ClickedRow(TerminalEvent input, Rect rows) =>
        input is MouseUsed { Action: MouseAction.Press } mouse && rows.Contains(mouse.At) ? mouse.At.Y - rows.Y : null;
}
