using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.ViewModels;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.ViewModels;

public sealed class DeckLayoutTests
{
    [Fact]
    public void From_100_columns_on_the_panes_stand_beside_the_list()
    {
        var layout = DeckLayout.Of(new CellSize(100, 30), 0, 0, 4, isZoomed: false);

        Assert.Equal(layout.List.Right, layout.Panes[0].Outer.X);
        Assert.Equal(layout.List.Y, layout.Panes[0].Outer.Y);
    }

    [Fact]
    public void Below_100_columns_they_stand_under_it()
    {
        var layout = DeckLayout.Of(new CellSize(99, 30), 0, 0, 4, isZoomed: false);

        Assert.Equal(99, layout.List.Width);
        Assert.Equal(layout.List.Bottom, layout.Panes[0].Outer.Y);
    }

    [Theory]
    [InlineData(59, 40)]
    [InlineData(200, 14)]
    public void A_small_terminal_has_only_the_list(int width, int height) =>
        Assert.Empty(DeckLayout.Of(new CellSize(width, height), 0, 0, 4, isZoomed: false).Panes);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(9)]
    public void A_large_terminal_has_room_for_every_layout(int panes) =>
        Assert.Equal(panes, DeckLayout.Capacity(new CellSize(200, 60), 0, 0, panes, isZoomed: false));

    [Fact]
    public void Every_part_is_on_the_screen_and_no_cell_belongs_to_two()
    {
        var cases =
            from width in Gen.Choose(0, 220)
            from height in Gen.Choose(0, 70)
            from faults in Gen.Choose(0, 3)
            from news in Gen.Choose(0, 6)
            from panes in Gen.Choose(0, 9)
            from isZoomed in Gen.Elements(true, false)
            select DeckLayout.Of(new CellSize(width, height), faults, news, panes, isZoomed);

        Prop.ForAll(cases.ToArbitrary(), Tiles).QuickCheckThrowOnFailure();
    }

    // Panes of one column share a line, so only what is inside them and the other parts must be apart.
    private static bool Tiles(DeckLayout layout)
    {
        Rect[] parts = [layout.Header, layout.List, layout.News, layout.Footer, .. layout.Panes.Select(pane => pane.Inner)];
        var screen = new Rect(0, 0, layout.Size.Width, layout.Size.Height);
        return parts.Where(part => !part.IsEmpty).All(part => part.Intersect(screen) == part)
            && layout.Panes.All(pane => pane.Outer.Intersect(screen) == pane.Outer)
            && !(from left in Enumerable.Range(0, parts.Length)
                 from right in Enumerable.Range(0, left)
                 select parts[left].Intersect(parts[right])).Any(common => !common.IsEmpty);
    }
}
