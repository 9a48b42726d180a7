using System.Globalization;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Editing of one short line whose cursor stays at its end: the filter and the search.</summary>
internal static class LineEdit
{
    private const int Longest = 200;

    /// <summary>The text after a key or paste; null when the input is not editing.</summary>
    public static string? Apply(string text, TerminalEvent input) => input switch
    {
        TextPasted paste => Append(text, string.Concat(paste.Text.Where(character => !char.IsControl(character)))),
        KeyPressed { Chord: { Key: Key.Character, Modifiers: KeyModifiers.None } chord } => Append(text, chord.Rune.ToString()),
        KeyPressed { Chord: { Key: Key.Backspace, Modifiers: KeyModifiers.None } } => WithoutLastCluster(text),
        KeyPressed { Chord: var chord } when chord == KeyChord.Of('h', KeyModifiers.Control) => WithoutLastCluster(text),
        KeyPressed { Chord: var chord } when chord == KeyChord.Of('u', KeyModifiers.Control) => "",
        KeyPressed { Chord: var chord } when chord == KeyChord.Of('w', KeyModifiers.Control) => text.TrimEnd()[..(text.TrimEnd().LastIndexOf(' ') + 1)],
        _ => null,
    };

    private static string Append(string text, string more) => text.Length + more.Length > Longest ? text : text + more;

    private static string WithoutLastCluster(string text)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        return starts.Length == 0 ? "" : text[..starts[^1]];
    }
}
