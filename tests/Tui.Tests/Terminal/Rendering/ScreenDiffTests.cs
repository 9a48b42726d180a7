using System.Buffers;
using System.Text;
using AgentDeck.Testing;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Rendering;
using AgentDeck.Tui.Tests.Terminal.Drawing;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.Terminal.Rendering;

public sealed class ScreenDiffTests
{
    private static readonly CellSize Size = new(14, 4);
    private static readonly ScreenState Hidden = new(null, "", false);
    private readonly CellTables _tables = new();

    [Fact]
    public void A_terminal_that_gets_the_difference_shows_the_next_frame_at_every_depth()
    {
        var frames =
            from first in Drawn
            from second in Drawn
            from depth in Gen.Elements(Enum.GetValues<ColorDepth>())
            from states in Gen.Two(AnyState)
            select (first, second, depth, states.Item1, states.Item2);

        Prop.ForAll(Arb.From(frames), sample =>
        {
            var (first, second, depth, firstState, secondState) = sample;
            var (before, after) = (Paint(first), Paint(first.Concat(second)));
            var terminal = new VtScreen(Size, _tables);

            terminal.Apply(Encode(null, before, null, firstState, depth));
            AssertShows(before, firstState, depth, terminal);
            terminal.Apply(Encode(before, after, firstState, secondState, depth));
            AssertShows(after, secondState, depth, terminal);
            terminal.Apply(Encode(after, before, secondState, firstState, depth));
            AssertShows(before, firstState, depth, terminal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Equal_frames_give_no_byte_and_cost_no_memory()
    {
        var (before, after) = (Realistic(), Realistic());
        var output = new ArrayBufferWriter<byte>(65_536);
        var state = new ScreenState(new Position(3, 1), "AgentDeck", true);
        ScreenDiff.Encode(before, after, state, state, ColorDepth.TrueColor, output);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        ScreenDiff.Encode(before, after, state, state, ColorDepth.TrueColor, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void A_whole_frame_costs_no_memory_at_any_depth() => Assert.All(Enum.GetValues<ColorDepth>(), depth =>
    {
        var frame = Realistic();
        var output = new ArrayBufferWriter<byte>(65_536);
        ScreenDiff.Encode(null, frame, null, Hidden, depth, output);
        output.ResetWrittenCount();
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        ScreenDiff.Encode(null, frame, null, Hidden, depth, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    });

    [Fact]
    public void One_changed_number_sends_that_number()
    {
        var before = Paint([surface => surface.Write(0, 1, "idle 41s", default)]);
        var after = Paint([surface => surface.Write(0, 1, "idle 42s", default)]);

        Assert.Equal("\e[?2026h\e[?7l\e[2;7H2\e[?7h\e[?2026l", Text(Encode(before, after, Hidden, Hidden, ColorDepth.TrueColor)));
    }

    [Fact]
    public void A_row_that_becomes_blank_is_erased_with_a_plain_pen()
    {
        var before = Paint([surface => surface.Write(2, 3, "gone now", new Style(Color.FromIndex(1), default))]);

        Assert.Equal("\e[?2026h\e[?7l\e[4;3H\e[K\e[?7h\e[?2026l", Text(Encode(before, Paint([]), Hidden, Hidden, ColorDepth.TrueColor)));
    }

    [Fact]
    public void Attributes_are_sent_as_differences()
    {
        var after = Paint([surface =>
        {
            surface.Write(0, 0, "a", new Style(Color.FromRgb(1, 2, 3), default, CellAttributes.Bold | CellAttributes.CurlyUnderline));
            surface.Write(1, 0, "b", new Style(Color.FromRgb(1, 2, 3), Color.FromIndex(12), CellAttributes.Dim | CellAttributes.CurlyUnderline));
        }]);

        Assert.Contains("\e[1;4:3;38;2;1;2;3ma\e[22;2;104mb\e[m", Text(Encode(Paint([]), after, Hidden, Hidden, ColorDepth.TrueColor)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_terminals_disagree_about_is_fenced_in_by_absolute_moves_and_its_neighbours_are_painted_again()
    {
        var before = Paint([surface => surface.Write(0, 0, "....abcdefgh", default)]);
        var after = Paint([surface => surface.Write(0, 0, "..👩‍👩‍👧abcdefgh", default)]);

        Assert.Equal(
            "\e[?2026h\e[?7l\e[1;3H  \e[1;3H👩‍👩‍👧\e[1;5Habcd\e[?7h\e[?2026l",
            Text(Encode(before, after, Hidden, Hidden, ColorDepth.TrueColor)));
    }

    [Fact]
    public void The_last_cell_is_followed_by_nothing_that_could_scroll()
    {
        var after = Paint([surface =>
        {
            for (var y = 0; y < Size.Height; y++)
            {
                surface.Write(0, y, "12345678901234", default);
            }
        }]);

        Assert.EndsWith("\e[4H12345678901234\e[?7h\e[?2026l", Text(Encode(null, after, Hidden, Hidden, ColorDepth.TrueColor)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_opened_and_closed()
    {
        var link = _tables.Decorations.Intern(new Decoration(Color.FromIndex(3), "https://example.org/"));
        var after = Paint([surface => surface.Put(0, 0, 'x', 1, default(Style).With(CellAttributes.Underline), link)]);

        Assert.Contains("\e]8;;https://example.org/\e\\\e[4;58:5:3mx\e]8;;\e\\\e[m", Text(Encode(Paint([]), after, Hidden, Hidden, ColorDepth.TrueColor)), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_glyphs_and_titles_command_nothing()
    {
        var after = Paint([surface =>
        {
            surface.Put(0, 0, 0x1B, 1, default, 0);
            surface.Put(1, 0, 0x9B, 1, default, 0);
            surface.Put(2, 0, 0x202E, 1, default, 0);
            surface.Put(3, 0, 0xD800, 1, default, 0);
        }]);
        var state = new ScreenState(null, "agent\e]52;c;aGk=\a\u009b2J" + new string('x', 1000), false);

        var text = Text(Encode(Paint([]), after, Hidden, state, ColorDepth.TrueColor));

        Assert.Contains("\ufffd\ufffd\ufffd\ufffd", text, StringComparison.Ordinal);
        Assert.Contains("\e]2;agent]52;c;aGk=2Jxxx", text, StringComparison.Ordinal);
        Assert.True(text.Length < 400);
    }

    [Fact]
    public void A_cursor_that_moves_alone_needs_no_update() =>
        Assert.Equal("\e[2;5H\e[?25h", Text(Encode(Paint([]), Paint([]), Hidden, Hidden with { Cursor = new Position(4, 1) }, ColorDepth.TrueColor)));

    private static Gen<ScreenState> AnyState =>
        from shows in Gen.Elements(true, false)
        from x in Gen.Choose(0, Size.Width - 1)
        from y in Gen.Choose(0, Size.Height - 1)
        from title in Gen.Elements("", "AgentDeck", "漢 – 2 waiting")
        from mouse in Gen.Elements(true, false)
        select new ScreenState(shows ? new Position(x, y) : null, title, mouse);

    private static Gen<List<Action<Surface>>> Drawn
    {
        get
        {
            var color = Gen.OneOf(
                Gen.Constant(Color.Default),
                Gen.Choose(0, 255).Select(index => Color.FromIndex((byte)index)),
                Gen.Choose(0, 0xFFFFFF).Select(rgb => Color.FromRgb((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)));
            var attributes = Gen.OneOf(Gen.Constant(CellAttributes.None), Gen.Choose(0, 0x5FF).Select(bits => (CellAttributes)bits));
            var style =
                from foreground in color
                from background in color
                from attribute in attributes
                select new Style(foreground, background, attribute);
            var text = Gen.Elements("a", "plain text", "漢字", "🙂", "🇨🇭", "🇨", "👩‍👩‍👧‍👦", "❤\ufe0f", "❤", "1\ufe0f\u20e3", "e\u0301", "한글", "นำ", "नमस्ते", "   ", "█░╭")
                .ListOf().Select(parts => string.Concat(parts.Take(4)));
            Gen<Action<Surface>> write =
                from at in Gen.Choose(-2, Size.Width)
                from y in Gen.Choose(0, Size.Height - 1)
                from written in text
                from ink in style
                select new Action<Surface>(surface => surface.Write(at, y, written, ink));
            Gen<Action<Surface>> fill =
                from at in Gen.Choose(0, Size.Width)
                from y in Gen.Choose(0, Size.Height - 1)
                from width in Gen.Choose(0, Size.Width)
                from ink in Gen.OneOf(Gen.Constant(default(Style)), style)
                select new Action<Surface>(surface => surface.Fill(new Rect(at, y, width, 2), ink));
            Gen<Action<Surface>> link =
                from at in Gen.Choose(0, Size.Width)
                from y in Gen.Choose(0, Size.Height - 1)
                from line in color
                from target in Gen.Elements(null, "https://example.org/1", "file:///tmp/x")
                from ink in style
                select new Action<Surface>(surface => surface.Put(at, y, 'l', 1, ink, surface.Tables.Decorations.Intern(new Decoration(line, target))));
            return Gen.Frequency((4, write), (2, fill), (1, link)).ListOf();
        }
    }

    private static byte[] Encode(ScreenBuffer? previous, ScreenBuffer next, ScreenState? previousState, ScreenState nextState, ColorDepth depth)
    {
        var output = new ArrayBufferWriter<byte>();
        ScreenDiff.Encode(previous, next, previousState, nextState, depth, output);
        return output.WrittenSpan.ToArray();
    }

    private static string Text(byte[] frame) => Encoding.UTF8.GetString(frame);

    private static void AssertShows(ScreenBuffer frame, ScreenState state, ColorDepth depth, VtScreen terminal)
    {
        Assert.Equal(state, terminal.State);
        Assert.True(SurfaceTests.IsWhole(terminal.Screen));
        for (var index = 0; index < frame.Cells.Length; index++)
        {
            Assert.Equal(Reduced(frame.Cells[index], frame.Tables, depth), FrameEncoder.Visible(terminal.Screen.Cells[index]));
        }
    }

    private static Cell Reduced(Cell cell, CellTables tables, ColorDepth depth)
    {
        cell = FrameEncoder.Visible(cell);
        var width = cell.Attributes & CellAttributes.WidthMask;
        var style = ColorReduction.Reduce(new Style(cell.Foreground, cell.Background, cell.Attributes & ~width), depth);
        var decoration = tables.Decorations[cell.Decoration];
        decoration = decoration with { UnderlineColor = ColorReduction.Reduce(decoration.UnderlineColor, depth) };
        return FrameEncoder.Visible(new Cell(cell.Glyph, style.Foreground, style.Background, style.Attributes | width, tables.Decorations.Intern(decoration)));
    }

    private static ScreenBuffer Realistic() => ScreenText.Draw(120, 40, surface =>
    {
        surface.Fill(surface.Bounds, new Style(Color.FromRgb(200, 200, 210), Color.FromRgb(20, 20, 30)));
        for (var y = 0; y < 40; y++)
        {
            surface.Write(0, y, "● gc/mayor  漢字 🇨🇭 running  busy  2s", new Style(Color.FromIndex((byte)(y * 3)), Color.FromRgb(20, 20, (byte)y), CellAttributes.Bold));
            surface.Write(60, y, "plain", default);
        }
    });

    private ScreenBuffer Paint(IEnumerable<Action<Surface>> steps)
    {
        var screen = new ScreenBuffer(Size, _tables);
        foreach (var step in steps)
        {
            step(new Surface(screen));
        }

        return screen;
    }
}
