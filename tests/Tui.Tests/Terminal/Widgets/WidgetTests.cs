using AgentDeck.Testing;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Tests.Terminal.Drawing;

namespace AgentDeck.Tui.Tests.Terminal.Widgets;

public sealed class WidgetTests
{
    private static readonly Style Plain = new(Color.Default, Color.Default);
    private static readonly TableStyles Styles = new(Plain.With(CellAttributes.Dim), Plain.With(CellAttributes.Bold), new Style(Color.Default, Color.FromIndex(4)));

    private static readonly TableColumn[] Columns =
    [
        new("", 1), new("AGENT", 8, Weight: 1), new("PHASE", 8, Priority: 2), new("ACTIVITY", 8, Priority: 1), new("IDLE", 5, Priority: 3, IsRight: true),
    ];

    private static readonly Dictionary<string, Action<Surface>> Widgets = new()
    {
        ["frame"] = surface => Frame.Draw(surface, Plain, "漢字 agents", Plain, [new FrameDetail("busy", Plain), new FrameDetail("2s", Plain)]),
        ["frame without title"] = surface => Frame.Draw(surface, Plain, "", Plain, [new FrameDetail("busy", Plain)]),
        ["text"] = surface => TextBlock.Draw(surface, "漢字 and some more\n\nwords", Plain, 1),
        ["scrollbar"] = surface => Scrollbar.Draw(surface, 3, 5, 100, Plain, Plain),
        ["table"] = surface => DrawTable(surface, 1),
        ["input"] = surface => TextInput.Draw(surface, new TextInputState("漢字 and\nmore", 3), Plain),
        ["one-line input"] = surface => TextInput.Draw(surface, TextInputState.Of("漢字漢字"), Plain),
    };

    public static TheoryData<string, int, int> EveryWidgetInEverySmallSize()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var (width, height) in new[] { (0, 0), (1, 1), (2, 1), (1, 2), (3, 3), (5, 2), (0, 4), (4, 0), (12, 4) })
        {
            foreach (var widget in Widgets.Keys)
            {
                data.Add(widget, width, height);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWidgetInEverySmallSize))]
    public void Too_little_room_is_no_error(string widget, int width, int height)
    {
        var screen = ScreenText.Draw(width + 4, height + 4, surface =>
        {
            surface.Fill(surface.Bounds, new Style(Color.Default, Color.FromIndex(7)));
            Widgets[widget](surface.Slice(new Rect(2, 2, width, height)));
        });

        Assert.True(SurfaceTests.IsWhole(screen));
        Assert.Equal((width + 4) * (height + 4) - width * height, Outside(screen, new Rect(2, 2, width, height)));
    }

    [Fact]
    public void A_frame_says_its_title_and_as_many_details_as_fit()
    {
        Assert.Equal("╭ Agents ─────── attention ▾ ─ 24 ╮", Top(35));
        Assert.Equal("╭ Agents ─── attention ▾ ╮", Top(26));
        Assert.Equal("╭ Agents ─────╮", Top(15));
        Assert.Equal("╭ Ag… ╮", Top(7));
        Assert.Equal("╭──╮", Top(4));

        static string Top(int width) => ScreenText.Row(
            ScreenText.Draw(width, 3, surface => Frame.Draw(surface, Plain, "Agents", Plain, [new FrameDetail("attention ▾", Plain), new FrameDetail("24", Plain)])), 0);
    }

    [Fact]
    public void Columns_drop_out_by_priority_and_the_last_visible_ones_share_the_room() =>
        Golden.Verify("Table", string.Join('\n', new[] { 44, 32, 24, 14, 6 }.Select(width => ScreenText.Print(ScreenText.Draw(width, 4, surface => DrawTable(surface, 1))))));

    [Fact]
    public void A_table_asks_only_for_visible_rows()
    {
        var table = new Table(new Surface(new ScreenBuffer(new CellSize(20, 5), new CellTables())), Columns, Styles, new TableSort(-1, false), 1_000_000, 999_000);

        Assert.Equal((999_000, 999_004), (table.First, table.End));
    }

    [Theory]
    [InlineData(0, 5, 4, 10, 2)]
    [InlineData(8, 5, 4, 10, 5)]
    [InlineData(8, -1, 4, 10, 6)]
    [InlineData(3, 4, 0, 10, 4)]
    [InlineData(3, 0, 20, 10, 0)]
    public void The_window_follows_the_selection(int first, int selected, int visible, int count, int expected) =>
        Assert.Equal(expected, ScrollWindow.Follow(first, selected, visible, count));

    [Theory]
    [InlineData("the quick brown fox", 9, "the quick|brown fox")]
    [InlineData("the quick brown fox", 10, "the quick|brown fox")]
    [InlineData("unbreakable", 4, "unbr|eaka|ble")]
    [InlineData("漢字漢字", 5, "漢字|漢字")]
    [InlineData("漢字", 1, "漢|字")]
    [InlineData("a\n\nb\r\n", 5, "a||b|")]
    [InlineData("  indented text", 10, "  indented|text")]
    [InlineData("", 5, "")]
    public void Text_wraps_between_words(string text, int width, string expected)
    {
        var lines = new List<string>();
        foreach (var line in new WrappedLines(text, width))
        {
            lines.Add(line.ToString());
        }

        Assert.Equal(expected.Split('|'), lines);
        Assert.Equal(lines.Count, TextBlock.Height(text, width));
    }

    [Fact]
    public void A_scrollbar_shows_the_place_in_the_whole()
    {
        Assert.Equal("┃│││", Bar(0));
        Assert.Equal("│┃││", Bar(30));
        Assert.Equal("│││┃", Bar(75));
        Assert.Equal("    ", string.Concat(Enumerable.Range(0, 4).Select(y => ScreenText.Row(ScreenText.Draw(1, 4, surface => Scrollbar.Draw(surface, 0, 4, 4, Plain, Plain)), y))));

        static string Bar(int first) => string.Concat(Enumerable.Range(0, 4)
            .Select(y => ScreenText.Row(ScreenText.Draw(1, 4, surface => Scrollbar.Draw(surface, first, 25, 100, Plain, Plain)), y)));
    }

    [Fact]
    public void Widgets_allocate_nothing()
    {
        var screen = new ScreenBuffer(new CellSize(60, 20), new CellTables());
        FrameDetail[] details = [new FrameDetail("busy", Plain), new FrameDetail("2s", Plain)];
        var input = TextInputState.Of("漢字 and\nmore");
        Draw();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Draw();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Draw()
        {
            var inside = Frame.Draw(new Surface(screen), Plain, "agents", Plain, details);
            DrawTable(inside, 2);
            TextBlock.Draw(inside, "漢字 and some more\n\nwords", Plain);
            TextInput.Draw(inside, input, Plain);
            Scrollbar.Draw(inside, 3, 5, 100, Plain, Plain);
        }
    }

    private static void DrawTable(Surface surface, int selected)
    {
        var table = new Table(surface, Columns, Styles, new TableSort(1, true), 5, 0);
        for (var index = table.First; index < table.End; index++)
        {
            var row = table.Row(index, index == selected);
            row.Write(0, "●", Plain);
            row.Write(1, index == 1 ? "dev/a-very-long-reviewer" : "gc/漢字", Plain);
            row.Write(2, "running", Plain);
            row.Write(3, "busy", Plain);
            row.Write(4, "41s", Plain);
        }
    }

    private static int Outside(ScreenBuffer screen, Rect inside)
    {
        var untouched = 0;
        for (var y = 0; y < screen.Size.Height; y++)
        {
            for (var x = 0; x < screen.Size.Width; x++)
            {
                untouched += !inside.Contains(new Position(x, y)) && screen.Row(y)[x] == new Cell(0, default, Color.FromIndex(7), default, 0) ? 1 : 0;
            }
        }

        return untouched;
    }
}
