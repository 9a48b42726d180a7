using AgentDeck.Testing;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.Terminal.Drawing;

public sealed class SurfaceTests
{
    private static readonly Style Plain = new(Color.Default, Color.Default);

    [Theory]
    [InlineData("漢字", "漢字  ")]
    [InlineData("a漢字b", "a漢字b")]
    [InlineData("ab漢字", "ab漢字")]
    [InlineData("abc漢字", "abc漢 ")]
    [InlineData("abcdef漢", "abcdef")]
    [InlineData("abcde漢", "abcde ")]
    [InlineData("a\u001b[2J", "a\ufffd[2J ")]
    [InlineData("a\u0301\u200bb", "a\u0301b    ")]
    public void Text_is_written_whole_clusters_only(string text, string row)
    {
        var screen = ScreenText.Draw(6, 1, surface => surface.Write(0, 0, text, Plain));

        Assert.Equal(row.PadRight(6 - Wide(row)), ScreenText.Row(screen, 0));
    }

    [Theory]
    [InlineData(0, "x漢  ")]
    [InlineData(1, " x字 ")]
    [InlineData(2, "漢x  ")]
    [InlineData(3, "漢 x ")]
    public void Writing_over_half_of_a_wide_character_leaves_a_blank(int x, string row)
    {
        var screen = ScreenText.Draw(5, 1, surface =>
        {
            surface.Write(0, 0, x == 0 ? " 漢" : "漢字", Plain);
            surface.Write(x, 0, "x", Plain);
        });

        Assert.Equal(row, ScreenText.Row(screen, 0));
    }

    [Fact]
    public void A_slice_draws_at_its_own_origin_and_nowhere_else()
    {
        var screen = ScreenText.Draw(8, 3, surface =>
        {
            surface.Fill(surface.Bounds, Plain);
            surface.Write(0, 1, "........", Plain);
            var slice = surface.Slice(new Rect(2, 1, 3, 5));
            slice.Write(-1, 0, "漢漢漢", Plain);
            slice.Write(0, -1, "no", Plain);
            slice.Write(0, 1, "yes, but no more", Plain);
        });

        Assert.Equal("│        │\n│.. 漢...│\n│  yes   │\n", ScreenText.Rows(screen));
    }

    [Fact]
    public void An_empty_area_changes_nothing()
    {
        var screen = ScreenText.Draw(4, 1, surface =>
        {
            surface.Write(0, 0, "漢字", Plain);
            surface.Fill(new Rect(1, 0, 0, 1), Plain);
            surface.Restyle(new Rect(1, 0, 0, 1), static style => style.With(CellAttributes.Dim));
            surface.Copy(1, 0, []);
        });

        Assert.Equal("漢字", ScreenText.Row(screen, 0));
    }

    [Fact]
    public void Nothing_that_is_drawn_splits_a_wide_character()
    {
        var source = ScreenText.Draw(9, 1, surface => surface.Write(0, 0, "a漢b字🙂c", Plain));
        var step =
            from kind in Gen.Choose(0, 4)
            from x in Gen.Choose(-3, 10)
            from y in Gen.Choose(-1, 3)
            from left in Gen.Choose(-2, 9)
            from width in Gen.Choose(0, 6)
            from length in Gen.Choose(0, 9)
            select (kind, x, y, left, width, length);

        Prop.ForAll(Arb.From(step.ListOf()), steps =>
        {
            var screen = ScreenText.Draw(9, 3, surface =>
            {
                foreach (var (kind, x, y, left, width, length) in steps)
                {
                    var slice = surface.Slice(new Rect(left, 0, width, 3));
                    switch (kind)
                    {
                        case 0: slice.Fill(new Rect(x, y, length, 1), new Style(Color.FromIndex(1), default)); break;
                        case 1: slice.Copy(x, y, source.Row(0)[(9 - length)..]); break;
                        case 2: slice.Copy(x, y, source.Row(0)[..length]); break;
                        case 3: slice.Restyle(new Rect(x, y, length, 2), static style => style with { Background = Color.FromIndex(2) }); break;
                        default: slice.Write(x, y, "漢x字🇨🇭", Plain); break;
                    }
                }
            });

            Assert.True(IsWhole(screen));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Drawing_does_not_allocate()
    {
        var screen = new ScreenBuffer(new CellSize(40, 10), new CellTables());
        Draw(screen);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Draw(screen);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Draw(ScreenBuffer screen)
        {
            var surface = new Surface(screen);
            surface.Fill(surface.Bounds, Plain);
            surface.Write(0, 0, "plain, 漢字, 🇨🇭 and e\u0301", Plain);
            surface.WriteCut(0, 1, "too long to fit", 5, Plain);
            surface.Restyle(surface.Bounds, static style => style.With(CellAttributes.Dim));
        }
    }

    /// <summary>Whether every half of a wide character stands beside its other half, in the same style.</summary>
    internal static bool IsWhole(ScreenBuffer screen)
    {
        for (var y = 0; y < screen.Size.Height; y++)
        {
            var row = screen.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var isLead = (row[x].Attributes & CellAttributes.WideLead) != 0;
                var tailFollows = x + 1 < row.Length && (row[x + 1].Attributes & CellAttributes.WideTail) != 0;
                if (isLead != tailFollows || (x == 0 && (row[0].Attributes & CellAttributes.WideTail) != 0))
                {
                    return false;
                }

                if (isLead && row[x + 1] != row[x] with { Glyph = 0, Attributes = row[x].Attributes ^ CellAttributes.WidthMask })
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int Wide(string row) => TextMeasure.Width(row) - row.Length;
}
