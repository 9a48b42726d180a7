using System.Globalization;
using System.Text;
using AgentDeck.Tui.Terminal.Ansi;
using AgentDeck.Tui.Terminal.Cells;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.Terminal.Ansi;

public sealed class SgrParserTests
{
    private readonly CellTables _tables = new();

    [Fact]
    public void Rows_end_with_line_feeds_and_a_last_one_without_counts_too()
    {
        Assert.Equal(["one", "", "two"], Texts("one\n\ntwo"));
        Assert.Equal(["one", "two"], Texts("one\ntwo\n"));
        Assert.Empty(Parse(""));
        Assert.Equal([""], Texts("\n"));
    }

    [Fact]
    public void Colours_and_attributes_last_across_rows_as_tmux_prints_them()
    {
        // What tmux 3.3a printed for a red bold text of two rows, a curly underline and a background.
        var rows = Parse("\e[1m\e[31mred\nstill\n\e[0;4:3m\e[39m\e[49m\e[58;2;1;2;3mcurly\e[0m\e[39m\e[49m plain\n\e[44m\n bg\n");

        Assert.Equal(new Cell('r', Color.FromIndex(1), default, CellAttributes.Bold, 0), rows[0][0]);
        Assert.Equal(new Cell('s', Color.FromIndex(1), default, CellAttributes.Bold, 0), rows[1][0]);
        Assert.Equal(CellAttributes.CurlyUnderline, rows[2][0].Attributes);
        Assert.Equal(new Decoration(Color.FromRgb(1, 2, 3), null), _tables.Decorations[rows[2][0].Decoration]);
        Assert.Equal(new Cell('p', default, default, CellAttributes.None, 0), rows[2][6]);
        Assert.Equal(Color.FromIndex(4), rows[4][0].Background);
    }

    [Theory]
    [InlineData("31", "1", "default")]
    [InlineData("97;100", "15", "8")]
    [InlineData("38;5;208;48;5;17", "208", "17")]
    [InlineData("38:5:208;48:5:17", "208", "17")]
    [InlineData("38;2;1;2;3;48;2;4;5;6", "#010203", "#040506")]
    [InlineData("38:2:1:2:3;48:2::4:5:6", "#010203", "#040506")]
    [InlineData("38:2:7:1:2:3", "#010203", "default")]
    [InlineData("31;39;42;49", "default", "default")]
    [InlineData("31;0", "default", "default")]
    [InlineData("31;", "default", "default")]
    [InlineData("38;2;;;9", "#000009", "default")]
    [InlineData("31;38;9;32", "1", "default")]
    [InlineData("31;38;5;256;32", "1", "default")]
    [InlineData("31;38", "1", "default")]
    [InlineData("31;999999999999;42", "1", "2")]
    public void Colours_are_read_in_every_form(string parameters, string foreground, string background)
    {
        var cell = Parse($"\e[{parameters}mx")[0][0];

        Assert.Equal(foreground, cell.Foreground.ToString());
        Assert.Equal(background, cell.Background.ToString());
    }

    [Theory]
    [InlineData("1;2;3;5;7;8;9;53", CellAttributes.Bold | CellAttributes.Dim | CellAttributes.Italic | CellAttributes.Blink
        | CellAttributes.Reverse | CellAttributes.Hidden | CellAttributes.Strike | CellAttributes.Overline)]
    [InlineData("1;2;3;5;7;8;9;53;22;23;25;27;28;29;55", CellAttributes.None)]
    [InlineData("4", CellAttributes.Underline)]
    [InlineData("21", CellAttributes.DoubleUnderline)]
    [InlineData("4:2", CellAttributes.DoubleUnderline)]
    [InlineData("4:4", CellAttributes.DottedUnderline)]
    [InlineData("4:5", CellAttributes.DashedUnderline)]
    [InlineData("4:9", CellAttributes.None)]
    [InlineData("4;4:0", CellAttributes.None)]
    [InlineData("4:3;24", CellAttributes.None)]
    [InlineData("4;3", CellAttributes.Underline | CellAttributes.Italic)]
    [InlineData("1:2", CellAttributes.None)]
    [InlineData(">4;1", CellAttributes.None)]
    [InlineData("?1", CellAttributes.None)]
    public void Attributes_are_set_and_reset(string parameters, object attributes) =>
        Assert.Equal((CellAttributes)attributes, Parse($"\e[{parameters}mx")[0][0].Attributes);

    [Fact]
    public void Links_of_harmless_schemes_are_kept_and_end_with_their_row()
    {
        var rows = Parse("\e]8;id=7;https://example.org/x\e\\a\e]8;;\e\\b\e]8;;http://two/\ac\nd");

        Assert.Equal("https://example.org/x", LinkOf(rows[0][0]));
        Assert.Null(LinkOf(rows[0][1]));
        Assert.Equal("http://two/", LinkOf(rows[0][2]));
        Assert.Null(LinkOf(rows[1][0]));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://a b")]
    [InlineData("https://a/\u0001")]
    [InlineData("https://ä/")]
    public void Other_links_are_dropped(string target) => Assert.Null(LinkOf(Parse($"\e]8;;{target}\ax")[0][0]));

    [Fact]
    public void Too_long_links_are_dropped() =>
        Assert.Null(LinkOf(Parse("\e]8;;https://" + new string('a', LinkTarget.Longest) + "\ax")[0][0]));

    [Theory]
    [InlineData("\e]52;c;aGk=\a")]
    [InlineData("\e]0;title\e\\")]
    [InlineData("\e[2J\e[5;5H\e[?1049h\e[6n\e[>c")]
    [InlineData("\ePq#0;2\e\\")]
    [InlineData("\e_Gf=24;AAAA\e\\\e^pm\e\\\eXsos\e\\\ektitle\e\\")]
    [InlineData("\e7\e8\ec\e=\e(B\e#8\e%G")]
    [InlineData("\a\b\r\v\f\u007f\0")]
    [InlineData("\u200b\u202e\u2066\u2028\ufeff\u00ad")]
    public void Every_other_sequence_and_invisible_character_vanishes_whole(string noise) => Assert.Equal(["ab"], Texts($"a{noise}b"));

    [Theory]
    [InlineData("a\e]0;never ends\nb")]
    [InlineData("a\ePnever ends\nb")]
    [InlineData("a\e[12;\nb")]
    [InlineData("a\e\nb")]
    public void A_sequence_that_never_ends_costs_one_row(string text) => Assert.Equal(["a", "b"], Texts(text));

    [Theory]
    [InlineData("\u009b31mx", "\ufffd31mx")]
    [InlineData("\u0378", "\ufffd")]
    public void C1_codes_and_unassigned_code_points_become_replacements(string text, string expected) => Assert.Equal([expected], Texts(text));

    [Fact]
    public void Broken_utf8_becomes_replacements() =>
        Assert.Equal(["a\ufffdb\ufffd\ufffd"], Texts([.. "a"u8, 0xc3, .. "b"u8, 0x9b, 0xff]));

    [Fact]
    public void Tabs_are_blanks_to_the_next_stop() => Assert.Equal(["a       b", "        c"], Texts("a\tb\n\tc"));

    [Fact]
    public void Line_drawing_characters_are_shapes() => Assert.Equal(["─│┌q"], Texts("\u000eqxl\u000fq"));

    [Fact]
    public void Wide_characters_take_two_cells_and_are_never_split_at_the_edge()
    {
        var row = Parse("a漢b")[0];
        Assert.Equal(CellAttributes.WideLead, row[1].Attributes);
        Assert.Equal(new Cell(0, default, default, CellAttributes.WideTail, 0), row[2]);
        Assert.Equal('b', row[3].Glyph);

        Assert.Equal(["ab "], Texts("ab漢c", 3));
    }

    [Fact]
    public void Line_drawing_lasts_across_rows_as_tmux_prints_it() =>
        Assert.Equal(["a─│┌┐ plain", "next─", "─"], Texts("a\u000eqx\e[31mlk\u000f plain\nnext\u000eq\nq\n"));

    [Theory]
    [InlineData("─\u0301x", 2)]
    [InlineData("漢\u0301x", 3)]
    [InlineData("█\ufe0fx", 2)]
    [InlineData("─漢█字", 6)]
    public void A_mark_joins_a_line_or_an_ideograph(string text, int cells)
    {
        Assert.Equal([text], Texts(text));
        Assert.Equal(cells, Parse(text)[0].Length);
    }

    [Fact]
    public void Clusters_are_one_cell_and_floods_of_combining_characters_do_not_spread()
    {
        Assert.Equal(["e\u0301x"], Texts("e\u0301x"));

        var row = Parse("a" + new string('\u0301', 100_000) + "b漢")[0];
        Assert.Equal(4, row.Length);
        Assert.Equal('b', row[1].Glyph);
        Assert.True(_tables.Glyphs.Cluster(row[0].Glyph).Length <= GlyphTable.LongestCluster);
    }

    [Fact]
    public void Long_rows_and_many_rows_are_cut()
    {
        Assert.Equal(SgrParser.LongestRow, Parse(new string('x', 1_000_000), int.MaxValue)[0].Length);

        var rows = Parse(string.Concat(Enumerable.Range(0, SgrParser.MostRows + 5).Select(row => $"{row}\n")));
        Assert.Equal(SgrParser.MostRows, rows.Length);
        Assert.Equal("5", Text(rows[0]));
    }

    [Fact]
    public void Long_runs_outside_ascii_keep_every_character()
    {
        var text = string.Concat(Enumerable.Repeat("─漢e\u0301", 100));

        Assert.Equal([text], Texts(text, 1024));
    }

    [Fact]
    public void Hostile_bytes_never_throw_and_leave_no_control_character_in_any_cell()
    {
        string[] pieces =
        [
            "\e[", "\e]8;;http://x\a", "\e]", "\eP", "\e\\", "38;5;", "m", "1", ":", ";", "\n", "\t", "a", "漢", "e\u0301", "👨‍👩‍👧", "🇩🇪",
            "\u009b", "\u202e", "\u200d", "\ufe0f", "\u000e", "\u0007", "\e[4:3m", "\e[58:2::1:2:3m", "한", "\u0300",
        ];
        var piece = Gen.OneOf(
            Gen.Elements(pieces).Select(Encoding.UTF8.GetBytes),
            Gen.Choose(0, 255).Select(value => new[] { (byte)value }));
        var content = Gen.ListOf(piece).Select(parts => parts.SelectMany(part => part).ToArray());

        Prop.ForAll(content.ToArbitrary(), bytes =>
        {
            foreach (var row in SgrParser.Parse(bytes, _tables, 20))
            {
                AssertHarmless(row);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_real_capture_with_bytes_changed_never_throws_and_stays_harmless()
    {
        var capture = Encoding.UTF8.GetBytes(
            "\e[1m\e[31mred\nstill\n\e[0;4:3m\e[39m\e[49m\e[58;2;1;2;3mcurly\e[0m\e[39m\e[49m plain\n\e[44m\n bg next\n"
            + "\e[49m\e]8;;http://x/\e\\link\e]8;;\e\\\n\e[7mrev\e[0m\e[39m\e[49m wide 漢 e\u0301\n\u000eqx\u000f 👨‍👩‍👧 end\n");
        var change = Gen.Choose(0, capture.Length - 1).SelectMany(at => Gen.Choose(0, 255).Select(value => (At: at, Value: (byte)value)));

        Prop.ForAll(Gen.ListOf(change).ToArbitrary(), changes =>
        {
            var bytes = capture.ToArray();
            foreach (var (at, value) in changes)
            {
                bytes[at] = value;
            }

            foreach (var row in SgrParser.Parse(bytes, _tables, 20))
            {
                AssertHarmless(row);
            }
        }).QuickCheckThrowOnFailure();
    }

    private void AssertHarmless(Cell[] row)
    {
        Assert.True(row.Length <= 20);
        for (var column = 0; column < row.Length; column++)
        {
            var width = row[column].Attributes & CellAttributes.WidthMask;
            Assert.Equal(
                width == CellAttributes.WideTail,
                column > 0 && row[column - 1].Attributes.HasFlag(CellAttributes.WideLead));
            Assert.False(width == CellAttributes.WideLead && column == row.Length - 1);
            foreach (var rune in Text([row[column]]).EnumerateRunes())
            {
                Assert.NotEqual(UnicodeCategory.Control, Rune.GetUnicodeCategory(rune));
            }
        }
    }

    private Cell[][] Parse(string content, int maxColumns = 80) => SgrParser.Parse(Encoding.UTF8.GetBytes(content), _tables, maxColumns);

    private string[] Texts(string content, int maxColumns = 80) => Texts(Encoding.UTF8.GetBytes(content), maxColumns);

    private string[] Texts(byte[] content, int maxColumns = 80) => [.. SgrParser.Parse(content, _tables, maxColumns).Select(Text)];

    private string Text(Cell[] row) => string.Concat(row
        .Where(cell => !cell.Attributes.HasFlag(CellAttributes.WideTail))
        .Select(cell => cell.Glyph switch
        {
            0 => " ",
            < 0 => _tables.Glyphs.Cluster(cell.Glyph),
            _ => new Rune(cell.Glyph).ToString(),
        }));

    private string? LinkOf(Cell cell) => _tables.Decorations[cell.Decoration].Link;
}
