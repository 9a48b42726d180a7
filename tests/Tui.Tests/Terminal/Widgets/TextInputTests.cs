using AgentDeck.Testing;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Widgets;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.Terminal.Widgets;

public sealed class TextInputTests
{
    private static readonly TextInputRules Multiline = new(true, 1000);

    // The bar is the cursor, before and after.
    [Theory]
    [InlineData("ab|", "left", "a|b")]
    [InlineData("a👩‍👩‍👧|", "left", "a|👩‍👩‍👧")]
    [InlineData("a|🇨🇭b", "right", "a🇨🇭|b")]
    [InlineData("ae\u0301|", "backspace", "a|")]
    [InlineData("a|漢b", "delete", "a|b")]
    [InlineData("|ab", "left", "|ab")]
    [InlineData("|ab", "backspace", "|ab")]
    [InlineData("ab|", "delete", "ab|")]
    [InlineData("one two-three|", "alt+b", "one two-|three")]
    [InlineData("one two|", "ctrl+left", "one |two")]
    [InlineData("|one two", "alt+f", "one| two")]
    [InlineData("one| two", "ctrl+right", "one two|")]
    [InlineData("one two|", "ctrl+w", "one |")]
    [InlineData("one |two", "alt+d", "one |")]
    [InlineData("first\nsec|ond", "ctrl+u", "first\n|ond")]
    [InlineData("fi|rst\nsecond", "ctrl+k", "fi|\nsecond")]
    [InlineData("first\nsec|ond", "home", "first\n|second")]
    [InlineData("fi|rst\nsecond", "ctrl+e", "first|\nsecond")]
    [InlineData("first\nsec|ond", "ctrl+home", "|first\nsecond")]
    [InlineData("first\nsec|ond", "up", "fir|st\nsecond")]
    [InlineData("漢字|\nsecond", "down", "漢字\nseco|nd")]
    [InlineData("long line|\nab\nx", "down", "long line\nab|\nx")]
    [InlineData("ab|c", "alt+enter", "ab\n|c")]
    [InlineData("ab|", "x", "abx|")]
    [InlineData("ab|", "space", "ab |")]
    public void A_key_edits(string before, string key, string after)
    {
        Assert.True(KeyText.TryParse(key, out var chord, out _));

        Assert.Equal(after, Print(TextInputEditor.Apply(Read(before), chord, Multiline)!));
    }

    [Theory]
    [InlineData("enter")]
    [InlineData("escape")]
    [InlineData("tab")]
    [InlineData("f1")]
    [InlineData("up")]
    [InlineData("ctrl+c")]
    [InlineData("alt+x")]
    public void Other_keys_are_left_to_the_owner(string key)
    {
        Assert.True(KeyText.TryParse(key, out var chord, out _));

        Assert.Null(TextInputEditor.Apply(TextInputState.Of("one line"), chord, Multiline));
    }

    [Fact]
    public void A_paste_is_cleaned_and_cut_between_clusters()
    {
        Assert.Equal("a\nb    c|", Print(TextInputEditor.Paste(TextInputState.Empty, "a\r\nb\tc\e\u009b", Multiline)));
        Assert.Equal("a b|", Print(TextInputEditor.Paste(TextInputState.Empty, "a\nb", new TextInputRules(false, 100))));
        Assert.Equal("abcde🇨🇭|", Print(TextInputEditor.Paste(TextInputState.Empty, "abcde🇨🇭🇨🇭", new TextInputRules(false, 12))));
    }

    [Fact]
    public void An_accent_that_is_typed_joins_its_letter()
    {
        var state = TextInputEditor.Apply(Read("e|x"), new KeyChord(Key.Character, new System.Text.Rune(0x301), default), Multiline)!;

        Assert.Equal("e\u0301|x", Print(state));
    }

    [Fact]
    public void The_cursor_always_stands_between_clusters_and_is_always_visible()
    {
        string[] keys = ["left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+w", "alt+b", "alt+f", "ctrl+k", "ctrl+u", "alt+enter", "a", "漢", "🇨", "🇭", "👩", "space"];
        var chords = keys.Select(key => KeyText.TryParse(key, out var chord, out _) ? chord : throw new InvalidOperationException(key)).ToArray();
        var steps = Gen.Elements(chords.Append(new KeyChord(Key.Character, new System.Text.Rune(0x200D), default)).ToArray()).ListOf();

        Prop.ForAll(Arb.From(steps), typed =>
        {
            var state = TextInputState.Of("one 漢字\n👩‍👩‍👧 two");
            foreach (var chord in typed)
            {
                state = TextInputEditor.Apply(state, chord, new TextInputRules(true, 40)) ?? state;
                var boundary = 0;
                while (boundary < state.Cursor)
                {
                    boundary += Grapheme.NextLength(state.Text.AsSpan(boundary));
                }

                Assert.Equal(boundary, state.Cursor);
                Assert.True(state.Text.Length <= 40);
                ScreenText.Draw(6, 3, surface => Assert.Contains(TextInput.Draw(surface, state, default)!.Value, Places(6, 3)));
                ScreenText.Draw(5, 1, surface => Assert.Contains(TextInput.Draw(surface, state, default)!.Value, Places(5, 1)));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_long_line_scrolls_sideways_and_a_long_text_scrolls_up()
    {
        Assert.Equal(("cdef ", new Position(4, 0)), Shown("abcdef|", 5, 1));
        Assert.Equal(("abcde", new Position(2, 0)), Shown("ab|cdefgh", 5, 1));
        Assert.Equal(("字漢 ", new Position(4, 0)), Shown("漢字漢|", 5, 1));
        Assert.Equal(("cd   |ef   ", new Position(2, 1)), Shown("ab\ncd\nef|", 5, 2));
        Assert.Equal(("abcde|     ", new Position(0, 1)), Shown("abcde|", 5, 2));

        static (string, Position) Shown(string text, int width, int height)
        {
            Position? cursor = null;
            var screen = ScreenText.Draw(width, height, surface => cursor = TextInput.Draw(surface, Read(text), default));
            return (string.Join('|', Enumerable.Range(0, height).Select(y => ScreenText.Row(screen, y))), cursor!.Value);
        }
    }

    private static Position[] Places(int width, int height) =>
        [.. Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Select(x => new Position(x, y)))];

    private static TextInputState Read(string text) => new(text.Remove(text.IndexOf('|', StringComparison.Ordinal), 1), text.IndexOf('|', StringComparison.Ordinal));

    private static string Print(TextInputState state) => state.Text.Insert(state.Cursor, "|");
}
