using System.Text;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>Edits a text by keys and pastes, cluster by cluster, with the keys of readline. Pure.</summary>
internal static class TextInputEditor
{
    private const KeyModifiers Alt = KeyModifiers.Alt;
    private const KeyModifiers Control = KeyModifiers.Control;
    private const string Tab = "    ";

    /// <summary>The text after a key, or null when the key does not edit: Enter, Escape and the like are the owner's.</summary>
    public static TextInputState? Apply(TextInputState state, KeyChord chord, TextInputRules rules)
    {
        var (text, cursor) = (state.Text, state.Cursor);
        return chord switch
        {
            { Key: Key.Enter, Modifiers: Alt } => rules.IsMultiline ? Insert(state, "\n", rules) : null,
            { Key: Key.Character, Modifiers: Control, Rune.Value: 'j' } => rules.IsMultiline ? Insert(state, "\n", rules) : null,
            { Key: Key.Character, Modifiers: KeyModifiers.None } => Insert(state, chord.Rune.ToString(), rules),
            { Key: Key.Backspace, Modifiers: KeyModifiers.None } or { Key: Key.Character, Modifiers: Control, Rune.Value: 'h' } => Delete(state, Left(text, cursor), cursor),
            { Key: Key.Delete, Modifiers: KeyModifiers.None } or { Key: Key.Character, Modifiers: Control, Rune.Value: 'd' } => Delete(state, cursor, Right(text, cursor)),
            { Key: Key.Backspace, Modifiers: Alt or Control } or { Key: Key.Character, Modifiers: Control, Rune.Value: 'w' } => Delete(state, WordLeft(text, cursor), cursor),
            { Key: Key.Delete, Modifiers: Alt or Control } or { Key: Key.Character, Modifiers: Alt, Rune.Value: 'd' } => Delete(state, cursor, WordRight(text, cursor)),
            { Key: Key.Character, Modifiers: Control, Rune.Value: 'u' } => Delete(state, LineStart(text, cursor), cursor),
            { Key: Key.Character, Modifiers: Control, Rune.Value: 'k' } => Delete(state, cursor, LineEnd(text, cursor)),
            _ => Destination(state, chord) is { } destination ? state with { Cursor = destination } : null,
        };
    }

    /// <summary>The text after a paste: control characters are dropped, tabs become blanks.</summary>
    public static TextInputState Paste(TextInputState state, string pasted, TextInputRules rules)
    {
        var clean = new StringBuilder(pasted.Length);
        foreach (var rune in pasted.ReplaceLineEndings("\n").EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\n' => clean.Append(rules.IsMultiline ? '\n' : ' '),
                '\t' => clean.Append(Tab),
                var value when Grapheme.IsHostile(value) => clean,
                _ => clean.Append(rune.ToString()),
            };
        }

        return Insert(state, clean.ToString(), rules);
    }

    private static int? Destination(TextInputState state, KeyChord chord)
    {
        var (text, cursor) = (state.Text, state.Cursor);
        return chord switch
        {
            { Key: Key.Left, Modifiers: KeyModifiers.None } or { Key: Key.Character, Modifiers: Control, Rune.Value: 'b' } => Left(text, cursor),
            { Key: Key.Right, Modifiers: KeyModifiers.None } or { Key: Key.Character, Modifiers: Control, Rune.Value: 'f' } => Right(text, cursor),
            { Key: Key.Left, Modifiers: Control or Alt } or { Key: Key.Character, Modifiers: Alt, Rune.Value: 'b' } => WordLeft(text, cursor),
            { Key: Key.Right, Modifiers: Control or Alt } or { Key: Key.Character, Modifiers: Alt, Rune.Value: 'f' } => WordRight(text, cursor),
            { Key: Key.Home, Modifiers: KeyModifiers.None } or { Key: Key.Character, Modifiers: Control, Rune.Value: 'a' } => LineStart(text, cursor),
            { Key: Key.End, Modifiers: KeyModifiers.None } or { Key: Key.Character, Modifiers: Control, Rune.Value: 'e' } => LineEnd(text, cursor),
            { Key: Key.Home, Modifiers: Control } => 0,
            { Key: Key.End, Modifiers: Control } => text.Length,
            { Key: Key.Up, Modifiers: KeyModifiers.None } => LineStart(text, cursor) is > 0 and var start ? InLine(text, cursor, LineStart(text, start - 1)) : null,
            { Key: Key.Down, Modifiers: KeyModifiers.None } => LineEnd(text, cursor) is var end && end < text.Length ? InLine(text, cursor, end + 1) : null,
            _ => null,
        };
    }

    private static TextInputState Insert(TextInputState state, string inserted, TextInputRules rules)
    {
        var room = Math.Max(0, rules.Longest - state.Text.Length);
        if (inserted.Length > room)
        {
            var fit = 0;
            for (var next = Grapheme.NextLength(inserted); next > 0 && fit + next <= room; next = Grapheme.NextLength(inserted.AsSpan(fit)))
            {
                fit += next;
            }

            inserted = inserted[..fit];
        }

        var text = state.Text.Insert(state.Cursor, inserted);

        // What was inserted may join what stands behind it: an accent typed, a flag completed.
        return new TextInputState(text, Boundary(text, state.Cursor + inserted.Length));
    }

    private static TextInputState Delete(TextInputState state, int from, int to)
    {
        var text = state.Text.Remove(from, to - from);
        return new TextInputState(text, Boundary(text, from));
    }

    private static int Boundary(string text, int cursor)
    {
        var start = LineStart(text, cursor);
        while (start < cursor)
        {
            start += Grapheme.NextLength(text.AsSpan(start));
        }

        return start;
    }

    private static int Left(string text, int cursor) => cursor - Grapheme.LastLength(text.AsSpan(0, cursor));

    private static int Right(string text, int cursor) => cursor + Grapheme.NextLength(text.AsSpan(cursor));

    private static int LineStart(string text, int cursor) => text.AsSpan(0, cursor).LastIndexOf('\n') + 1;

    private static int LineEnd(string text, int cursor) => text.IndexOf('\n', cursor) is >= 0 and var end ? end : text.Length;

    private static int WordLeft(string text, int cursor)
    {
        while (cursor > 0 && !IsWord(text, cursor - 1))
        {
            cursor = Left(text, cursor);
        }

        while (cursor > 0 && IsWord(text, cursor - 1))
        {
            cursor = Left(text, cursor);
        }

        return cursor;
    }

    private static int WordRight(string text, int cursor)
    {
        while (cursor < text.Length && !IsWord(text, cursor))
        {
            cursor = Right(text, cursor);
        }

        while (cursor < text.Length && IsWord(text, cursor))
        {
            cursor = Right(text, cursor);
        }

        return cursor;
    }

    // Everything but blanks and ASCII punctuation; a cluster's last unit speaks for it.
    private static bool IsWord(string text, int index) => text[index] == '_' || !(char.IsWhiteSpace(text[index]) || char.IsAsciiLetterOrDigit(text[index]) is false && char.IsAscii(text[index]));

    // The place in another line that stands in the same column of cells.
    private static int InLine(string text, int cursor, int lineStart)
    {
        var column = TextMeasure.Width(text.AsSpan(LineStart(text, cursor)..cursor));
        return lineStart + TextMeasure.Fit(text.AsSpan(lineStart..LineEnd(text, lineStart)), column);
    }
}
