using System.Text;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.Terminal.Input;

public sealed class KeyTextTests
{
    [Theory]
    [InlineData("ctrl+]", Key.Character, ']', KeyModifiers.Control, "ctrl+]")]
    [InlineData("Ctrl+C", Key.Character, 'c', KeyModifiers.Control, "ctrl+c")]
    [InlineData("alt+enter", Key.Enter, '\0', KeyModifiers.Alt, "alt+enter")]
    [InlineData("G", Key.Character, 'G', KeyModifiers.None, "G")]
    [InlineData("space", Key.Character, ' ', KeyModifiers.None, "space")]
    [InlineData(" ", Key.Character, ' ', KeyModifiers.None, "space")]
    [InlineData("F5", Key.F5, '\0', KeyModifiers.None, "f5")]
    [InlineData("shift+tab", Key.Tab, '\0', KeyModifiers.Shift, "shift+tab")]
    [InlineData("+", Key.Character, '+', KeyModifiers.None, "+")]
    [InlineData("ctrl++", Key.Character, '+', KeyModifiers.Control, "ctrl++")]
    [InlineData("alt+ctrl+x", Key.Character, 'x', KeyModifiers.Alt | KeyModifiers.Control, "ctrl+alt+x")]
    [InlineData("esc", Key.Escape, '\0', KeyModifiers.None, "escape")]
    [InlineData("ß", Key.Character, 'ß', KeyModifiers.None, "ß")]
    public void Keys_are_read_and_printed_in_one_way(string text, object key, char rune, object modifiers, string printed)
    {
        Assert.True(KeyText.TryParse(text, out var chord, out var error), error);

        Assert.Equal(new KeyChord((Key)key, new Rune(rune), (KeyModifiers)modifiers), chord);
        Assert.Equal(printed, KeyText.Print(chord));
    }

    [Theory]
    [InlineData("", "a key is missing; write for example ctrl+n, f5 or G")]
    [InlineData("cmd+x", "'cmd' is no modifier; write ctrl, alt or shift")]
    [InlineData("shift+g", "'shift+g': with a character Shift is part of the character; write G for shift+g")]
    [InlineData("ctrl+i", "'ctrl+i': terminals do not tell ctrl+i from tab; write tab")]
    [InlineData("ctrl+[", "'ctrl+[': terminals do not tell ctrl+[ from escape; write escape")]
    [InlineData("\u0003", "a control character is no key; write it in words, for example ctrl+c or tab")]
    public void What_is_no_key_is_refused_with_the_remedy(string text, string expected)
    {
        Assert.False(KeyText.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("entr")]
    [InlineData("f13")]
    [InlineData("ctrl+")]
    [InlineData("nn")]
    [InlineData("\ud800")]
    public void Unknown_names_are_refused(string text) => Assert.False(KeyText.TryParse(text, out _, out _));

    [Fact]
    public void Every_named_key_with_every_modifier_survives_printing_and_reading()
    {
        foreach (var key in Enum.GetValues<Key>().Where(key => key != Key.Character))
        {
            for (var modifiers = KeyModifiers.None; modifiers < KeyModifiers.Super; modifiers++)
            {
                var chord = KeyChord.Of(key, modifiers);
                Assert.True(KeyText.TryParse(KeyText.Print(chord), out var read, out var error), error);
                Assert.Equal(chord, read);
            }
        }
    }
}
