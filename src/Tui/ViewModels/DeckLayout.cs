using System.Collections.Immutable;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.ViewModels;

/// <summary>
/// Which part of the screen belongs to what. From 100 columns on the panes stand beside the list, below that under it;
/// under 60×15 there is only the list. Any size has a layout; parts for which there is no room are empty.
/// </summary>
/// <param name="Size">The screen that was laid out.</param>
/// <param name="Header">The header line, and the faults of sources under it.</param>
/// <param name="List">The list with its border.</param>
/// <param name="Panes">The panes, row by row from left to right.</param>
/// <param name="News">The lines above the footer.</param>
/// <param name="Footer">The footer line.</param>
internal sealed record DeckLayout(CellSize Size, Rect Header, Rect List, ImmutableArray<PanePlace> Panes, Rect News, Rect Footer)
{
    private const int WideFrom = 100;
    private const int WallFromWidth = 60;
    private const int WallFromHeight = 15;
    private const int NarrowestPane = 24;
    private const int LowestPane = 5;
    private const int ListWidth = 46;
    private const int MostNews = 4;

    /// <summary>No screen.</summary>
    public static DeckLayout Empty { get; } = new(default, default, default, [], default, default);

    /// <summary>How many rows of agents the list shows.</summary>
    public int ListRows => Math.Max(0, List.Height - 3);

    /// <summary>How many panes fit when <paramref name="wanted"/> are wanted.</summary>
    public static int Capacity(CellSize size, int faults, int news, int wanted, bool isZoomed)
    {
        var (_, wall) = Split(Body(size, faults, news), size, isZoomed);
        return Fit(wall, isZoomed ? 1 : wanted);
    }

    /// <summary>Lays a screen out.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="faults">How many lines stand under the header line.</param>
    /// <param name="news">How many lines of news there are.</param>
    /// <param name="panes">How many panes there are to show.</param>
    /// <param name="isZoomed">Whether the one pane fills the screen.</param>
    public static DeckLayout Of(CellSize size, int faults, int news, int panes, bool isZoomed)
    {
        var body = Body(size, faults, news);
        var (list, wall) = Split(body, size, isZoomed);
        var count = Fit(wall, isZoomed ? Math.Min(1, panes) : panes);
        if (count == 0)
        {
            (list, wall) = (body, default);
        }

        var newsHeight = NewsHeight(size, news);
        return new DeckLayout(
            size,
            new Rect(0, 0, size.Width, HeaderHeight(size, faults)),
            list,
            Tile(wall, count),
            new Rect(0, body.Bottom, size.Width, newsHeight),
            new Rect(0, body.Bottom + newsHeight, size.Width, FooterHeight(size)));
    }

    private static int HeaderHeight(CellSize size, int faults) => size.Height >= 6 ? 1 + Math.Min(faults, (size.Height - 5) / 3) : 0;

    private static int FooterHeight(CellSize size) => size.Height >= 5 ? 1 : 0;

    private static int NewsHeight(CellSize size, int news) => Math.Min(Math.Min(news, MostNews), Math.Max(0, (size.Height - 5) / 3));

    private static Rect Body(CellSize size, int faults, int news)
    {
        var top = HeaderHeight(size, faults);
        return new Rect(0, top, size.Width, Math.Max(0, size.Height - top - FooterHeight(size) - NewsHeight(size, news)));
    }

    private static (Rect List, Rect Wall) Split(Rect body, CellSize size, bool isZoomed)
    {
        if (isZoomed)
        {
            return (default, body);
        }

        if (size.Width < WallFromWidth || size.Height < WallFromHeight)
        {
            return (body, default);
        }

        if (size.Width >= WideFrom)
        {
            var width = Math.Max(ListWidth, size.Width * 35 / 100);
            return (body with { Width = width }, body with { X = width, Width = body.Width - width });
        }

        var height = Math.Max(6, body.Height * 2 / 5);
        return (body with { Height = height }, body with { Y = body.Y + height, Height = body.Height - height });
    }

    private static int Fit(Rect wall, int wanted)
    {
        for (var count = wanted; count > 1; count--)
        {
            var columns = PaneGrid.Columns(wall, count);
            var rows = (count + columns - 1) / columns;
            if (wall.Width / columns >= NarrowestPane && wall.Height / rows >= LowestPane)
            {
                return count;
            }
        }

        return wanted >= 1 && wall is { Width: >= 3, Height: >= 3 } ? 1 : 0;
    }

    private static ImmutableArray<PanePlace> Tile(Rect wall, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var columns = PaneGrid.Columns(wall, count);
        var places = ImmutableArray.CreateBuilder<PanePlace>(count);
        for (var index = 0; index < count; index++)
        {
            var (column, row) = (index % columns, index / columns);
            var rows = (count - column + columns - 1) / columns;
            var left = wall.X + wall.Width * column / columns;
            var right = wall.X + wall.Width * (column + 1) / columns;

            // One line belongs to two panes, so the tops share the height less the last line.
            var top = wall.Y + (wall.Height - 1) * row / rows;
            var bottom = wall.Y + (wall.Height - 1) * (row + 1) / rows;
            places.Add(new PanePlace(new Rect(left, top, right - left, bottom - top + 1), row == 0, row == rows - 1));
        }

        return places.MoveToImmutable();
    }
}
