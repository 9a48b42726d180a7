using System.Text;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.Terminal.Input;

public sealed class VtInputParserTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("G", "G")]
    [InlineData(" ", "space")]
    [InlineData("ä漢", "ä 漢")]
    [InlineData("\r", "enter")]
    [InlineData("\n", "ctrl+j")]
    [InlineData("\t", "tab")]
    [InlineData("\u007f\b", "backspace backspace")]
    [InlineData("\u0003", "ctrl+c")]
    [InlineData("\0", "ctrl+space")]
    [InlineData("\u001c\u001d\u001e\u001f", "ctrl+\\ ctrl+] ctrl+^ ctrl+_")]
    [InlineData("\ea\e\r\e\u0001\eä", "alt+a alt+enter ctrl+alt+a alt+ä")]
    [InlineData("\e[A\e[B\e[C\e[D\e[H\e[F", "up down right left home end")]
    [InlineData("\eOA\eOB\eOC\eOD\eOH\eOF", "up down right left home end")]
    [InlineData("\e[1;2A\e[1;3B\e[1;5C\e[1;8D", "shift+up alt+down ctrl+right ctrl+alt+shift+left")]
    [InlineData("\e[1~\e[2~\e[3~\e[4~\e[5~\e[6~\e[7~\e[8~", "home insert delete end pageup pagedown home end")]
    [InlineData("\e[3;5~\e[15;2~", "ctrl+delete shift+f5")]
    [InlineData("\eOP\eOQ\eOR\eOS", "f1 f2 f3 f4")]
    [InlineData("\e[11~\e[12~\e[13~\e[14~\e[15~\e[17~\e[21~\e[23~\e[24~", "f1 f2 f3 f4 f5 f6 f10 f11 f12")]
    [InlineData("\e[1;5P\e[1;2R\eO5Q\eO1;3S", "ctrl+f1 shift+f3 ctrl+f2 alt+f4")]
    [InlineData("\e[[A\e[[E", "f1 f5")]
    [InlineData("\e[Z\e[1;5Z", "shift+tab ctrl+shift+tab")]
    [InlineData("\eOM\eOj\eOy", "enter * 9")]
    [InlineData("\e\e[A", "alt+up")]
    [InlineData("\e[97;5u\e[65;5u\e[13;2u\e[27u\e[9;6u\e[127;3u", "ctrl+a ctrl+a shift+enter escape ctrl+shift+tab alt+backspace")]
    [InlineData("\e[97;2u\e[97:65;2u\e[49:33;2u\e[228u", "A A ! ä")]
    [InlineData("\e[97;5:1u\e[97;5:2u\e[97;5:3u\e[1;1:3A\e[97;69u", "ctrl+a ctrl+a ctrl+a")]
    [InlineData("\e[27;5;93~\e[27;2;13~", "ctrl+] shift+enter")]
    [InlineData("\e[97;9u", "super+a")]
    public void Keys_are_known_in_every_form(string bytes, string keys) => Assert.Equal(keys, Keys(bytes));

    [Theory]
    [InlineData("\e[?62;22c\e[>1;4000;27c\e[0n\e[12;40R\e[8;24;80t\e[?1u\e[?2026;2$y")]
    [InlineData("\e]11;rgb:0000/0000/0000\a\e]52;c;aGk=\e\\\eP>|tmux 3.3a\e\\\e_Gi=1;OK\e\\")]
    [InlineData("\e[M !!\e[57441;5u\e[99~\e[20;999999999999q")]
    [InlineData("\e[<64;1M\e[<3;1;1M\e[<35;4;4M\e[<0;0;1M\e[<2;1;1M")]
    public void Answers_and_what_is_not_bound_are_swallowed(string bytes) => Assert.Equal("x", Keys(bytes + "x"));

    [Fact]
    public void The_mouse_is_reported_in_cells_from_zero()
    {
        var events = Events("\e[<0;1;1M\e[<32;3;2M\e[<0;3;2m\e[<64;10;5M\e[<65;10;5M\e[<20;2;2M");

        Assert.Equal(
            [
                new MouseUsed(MouseAction.Press, new Position(0, 0), KeyModifiers.None),
                new MouseUsed(MouseAction.Drag, new Position(2, 1), KeyModifiers.None),
                new MouseUsed(MouseAction.Release, new Position(2, 1), KeyModifiers.None),
                new MouseUsed(MouseAction.WheelUp, new Position(9, 4), KeyModifiers.None),
                new MouseUsed(MouseAction.WheelDown, new Position(9, 4), KeyModifiers.None),
                new MouseUsed(MouseAction.Press, new Position(1, 1), KeyModifiers.Shift | KeyModifiers.Control),
            ],
            events);
    }

    [Fact]
    public void Focus_is_reported() => Assert.Equal([new FocusChanged(true), new FocusChanged(false)], Events("\e[I\e[O"));

    [Fact]
    public void A_paste_is_one_event_without_control_characters()
    {
        var events = Events("\e[200~a\r\nb\rc\td\e[31m\u0003\u0090 ä\e[201~x");

        Assert.Equal([new TextPasted("a\nb\nc\td[31m ä"), Pressed("x")], events);
    }

    [Fact]
    public void A_paste_is_cut_at_its_limit_and_the_rest_is_not_typed()
    {
        var events = Events("\e[200~" + new string('p', PasteBuffer.Limit + 100) + "\e[201~x");

        Assert.Equal(PasteBuffer.Limit, Assert.IsType<TextPasted>(events[0]).Text.Length);
        Assert.Equal([Pressed("x")], events.Skip(1));
    }

    [Fact]
    public void A_lone_escape_is_a_key_once_nothing_follows()
    {
        var events = new List<TerminalEvent>();
        var parser = new VtInputParser(events.Add);

        parser.Feed("\e"u8);
        Assert.True(parser.HasPartialSequence);
        Assert.Empty(events);

        parser.Flush();
        Assert.False(parser.HasPartialSequence);
        parser.Feed("[A"u8);

        Assert.Equal("escape [ A", Print(events));
    }

    [Theory]
    [InlineData("\e\e", "escape escape")]
    [InlineData("\e\e\e", "escape escape escape")]
    [InlineData("\e\e[", "escape alt+[")]
    [InlineData("\e[", "alt+[")]
    [InlineData("\eO", "alt+O")]
    [InlineData("\e]", "alt+]")]
    [InlineData("\xc3", "\ufffd")]
    public void What_looked_like_a_start_becomes_a_key(string latin1, string keys)
    {
        var events = new List<TerminalEvent>();
        var parser = new VtInputParser(events.Add);
        parser.Feed(Encoding.Latin1.GetBytes(latin1));

        parser.Flush();

        Assert.Equal(keys, Print(events));
        Assert.False(parser.HasPartialSequence);
    }

    [Theory]
    [InlineData("\e[12;")]
    [InlineData("\e]11;rgb")]
    [InlineData("\e[200~half a paste")]
    public void A_torn_sequence_survives_some_silence_but_does_not_swallow_keys_for_ever(string torn)
    {
        var events = new List<TerminalEvent>();
        var parser = new VtInputParser(events.Add);
        parser.Feed(Encoding.UTF8.GetBytes(torn));

        parser.Flush();
        Assert.True(parser.HasPartialSequence);
        for (var flush = 0; flush < 100; flush++)
        {
            parser.Flush();
        }

        parser.Feed("x"u8);
        Assert.False(parser.HasPartialSequence);
        Assert.Equal(Pressed("x"), events[^1]);
    }

    [Fact]
    public void A_control_key_gets_through_a_broken_sequence() => Assert.Equal("ctrl+c x", Keys("\e[12\u0003x"));

    [Fact]
    public void Oversized_sequences_are_dropped()
    {
        Assert.Equal("x", Keys("\e[" + new string('1', 100_000) + "Ax"));
        Assert.Equal('x', Keys("\e]" + new string('1', VtInputParser.LongestSequence) + "x")[^1]);
    }

    [Fact]
    public void Broken_utf8_is_a_replacement_and_loses_no_other_key() =>
        Assert.Equal("\ufffd a \ufffd up", Print(Events([0xc3, (byte)'a', 0xff, .. "\e[A"u8])));

    [Fact]
    public void Events_do_not_depend_on_how_the_bytes_are_split()
    {
        string[] pieces =
        [
            "\e", "\e[", "[", "A", "1;5", "~", "27;5;93", "u", "\eO", "P", "\e]11;", "\a", "\e\\", "\e[200~", "\e[201~", "\e[<0;1;2M", "m",
            "ä", "漢", "x", "\r", "\u0003", "\e[M", ";", ":", "\e[[", "200~",
        ];
        var piece = Gen.OneOf(
            Gen.Elements(pieces).Select(Encoding.UTF8.GetBytes),
            Gen.Choose(0, 255).Select(value => new[] { (byte)value }));
        var input = Gen.ListOf(piece).Select(parts => parts.SelectMany(part => part).ToArray());
        var sizes = Gen.ListOf(Gen.Choose(1, 7)).Select(list => list.ToArray());

        Prop.ForAll(input.ToArbitrary(), sizes.ToArbitrary(), (bytes, chunks) =>
        {
            var events = new List<TerminalEvent>();
            var parser = new VtInputParser(events.Add);
            var rest = bytes.AsSpan();
            for (var chunk = 0; !rest.IsEmpty; chunk++)
            {
                var size = Math.Min(rest.Length, chunks.Length == 0 ? 1 : chunks[chunk % chunks.Length]);
                parser.Feed(rest[..size]);
                rest = rest[size..];
            }

            Assert.Equal(Events(bytes), events);
        }).QuickCheckThrowOnFailure();
    }

    private static KeyPressed Pressed(string key) =>
        new(KeyText.TryParse(key, out var chord, out var error) ? chord : throw new InvalidOperationException(error));

    private static string Keys(string bytes) => Print(Events(bytes));

    private static List<TerminalEvent> Events(string bytes) => Events(Encoding.UTF8.GetBytes(bytes));

    private static List<TerminalEvent> Events(byte[] bytes)
    {
        var events = new List<TerminalEvent>();
        new VtInputParser(events.Add).Feed(bytes);
        return events;
    }

    private static string Print(IEnumerable<TerminalEvent> events) =>
        string.Join(' ', events.Select(happened => KeyText.Print(Assert.IsType<KeyPressed>(happened).Chord)));
}
