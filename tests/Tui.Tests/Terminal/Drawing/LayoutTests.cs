using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.Terminal.Drawing;

public sealed class LayoutTests
{
    private static readonly Gen<Rect> AnyArea =
        from x in Gen.Choose(0, 5)
        from y in Gen.Choose(0, 5)
        from width in Gen.Choose(0, 250)
        from height in Gen.Choose(0, 80)
        select new Rect(x, y, width, height);

    [Fact]
    public void Rows_and_columns_tile_their_area_exactly()
    {
        var extent = Gen.OneOf(
            Gen.Choose(0, 40).Select(Extent.Fixed),
            Gen.Two(Gen.Choose(0, 20)).Select(two => Extent.Share(two.Item1, two.Item2)));
        var splits =
            from area in AnyArea
            from extents in extent.NonEmptyListOf()
            select (area, extents.ToArray());

        Prop.ForAll(Arb.From(splits), split =>
        {
            var (area, extents) = split;
            var parts = new Rect[extents.Length];
            Layout.Rows(area, extents, parts);
            Assert.All(parts, part => Assert.True(part.X == area.X && part.Width == area.Width && part.Height >= 0));
            AssertInOrder(area.Y, area.Bottom, parts.Select(part => (part.Y, part.Bottom)));
            Layout.Columns(area, extents, parts);
            Assert.All(parts, part => Assert.True(part.Y == area.Y && part.Height == area.Height && part.Width >= 0));
            AssertInOrder(area.X, area.Right, parts.Select(part => (part.X, part.Right)));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(24, new[] { 1, 22, 1 })]
    [InlineData(6, new[] { 1, 4, 1 })]
    [InlineData(3, new[] { 1, 1, 1 })]
    [InlineData(1, new[] { 1, 0, 0 })]
    public void Fixed_parts_are_served_before_shares(int length, int[] expected)
    {
        var sizes = new int[3];

        Layout.Sizes(length, [Extent.Fixed(1), Extent.Share(1, 5), Extent.Fixed(1)], sizes);

        Assert.Equal(expected, sizes);
    }

    [Fact]
    public void Shares_follow_their_weights()
    {
        var sizes = new int[3];

        Layout.Sizes(100, [Extent.Share(2), Extent.Share(1), Extent.Share(1, 20)], sizes);

        Assert.Equal([40, 20, 40], sizes);
    }

    [Theory]
    [InlineData(120, 40, 1, 1)]
    [InlineData(120, 40, 2, 1)]
    [InlineData(160, 24, 2, 2)]
    [InlineData(120, 40, 4, 2)]
    [InlineData(200, 60, 6, 2)]
    [InlineData(240, 40, 6, 3)]
    [InlineData(200, 60, 9, 3)]
    [InlineData(80, 100, 4, 1)]
    [InlineData(400, 24, 4, 4)]
    public void Panes_come_as_near_as_they_can_to_the_shape_of_a_terminal(int width, int height, int panes, int columns) =>
        Assert.Equal(columns, PaneGrid.Columns(new Rect(0, 0, width, height), panes));

    [Fact]
    public void A_grid_covers_every_cell_once()
    {
        var grids =
            from area in AnyArea
            from panes in Gen.Choose(1, 10)
            select (area, panes);

        Prop.ForAll(Arb.From(grids), grid =>
        {
            var panes = new Rect[grid.panes];
            PaneGrid.Split(grid.area, panes);
            Assert.Equal((long)grid.area.Width * grid.area.Height, panes.Sum(pane => (long)pane.Width * pane.Height));
            Assert.All(panes, pane => Assert.Equal(pane, pane.IsEmpty ? pane : pane.Intersect(grid.area)));
            Assert.All(panes.SelectMany((one, index) => panes.Skip(index + 1).Select(other => one.Intersect(other))), both => Assert.True(both.IsEmpty));
        }).QuickCheckThrowOnFailure();
    }

    private static void AssertInOrder(int from, int to, IEnumerable<(int Start, int End)> parts)
    {
        foreach (var (start, end) in parts)
        {
            Assert.Equal(from, start);
            from = end;
        }

        Assert.Equal(to, from);
    }
}
