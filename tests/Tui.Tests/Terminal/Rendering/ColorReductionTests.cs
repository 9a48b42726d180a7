using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Tui.Tests.Terminal.Rendering;

public sealed class ColorReductionTests
{
    [Theory]
    [InlineData(0xFF0000, 196, 9)]
    [InlineData(0x00D700, 40, 2)]
    [InlineData(0x000000, 16, 0)]
    [InlineData(0xFFFFFF, 231, 15)]
    [InlineData(0x080808, 232, 0)]
    [InlineData(0x777777, 243, 8)]
    [InlineData(0x1A1B26, 234, 0)]
    public void A_colour_becomes_the_nearest_one_there_is(int rgb, int indexed, int sixteen)
    {
        var color = Rgb(rgb);

        Assert.Equal(Color.FromIndex((byte)indexed), ColorReduction.Reduce(color, ColorDepth.Indexed));
        Assert.Equal(Color.FromIndex((byte)sixteen), ColorReduction.Reduce(color, ColorDepth.Sixteen));
        Assert.Equal(Color.Default, ColorReduction.Reduce(color, ColorDepth.None));
        Assert.Equal(color, ColorReduction.Reduce(color, ColorDepth.TrueColor));
    }

    [Fact]
    public void A_colour_that_is_there_stays_itself()
    {
        for (var index = 16; index < 256; index++)
        {
            var reduced = ColorReduction.Reduce(XtermPalette.Rgb((byte)index), ColorDepth.Indexed);
            Assert.Equal(XtermPalette.Rgb((byte)index), XtermPalette.Rgb(reduced.Index));
        }

        for (var index = 0; index < 16; index++)
        {
            Assert.Equal(Color.FromIndex((byte)index), ColorReduction.Reduce(Color.FromIndex((byte)index), ColorDepth.Sixteen));
        }
    }

    [Fact]
    public void Text_stays_apart_from_its_background()
    {
        var faint = new Style(Rgb(0x202028), Rgb(0x1A1B26));

        Assert.Equal(new Style(Color.FromIndex(15), Color.FromIndex(0)), ColorReduction.Reduce(faint, ColorDepth.Sixteen));
    }

    [Fact]
    public void Underlines_are_plain_where_the_others_would_be_misread()
    {
        var curly = new Style(default, default, CellAttributes.CurlyUnderline | CellAttributes.Bold);

        Assert.Equal(CellAttributes.Underline | CellAttributes.Bold, ColorReduction.Reduce(curly, ColorDepth.Sixteen).Attributes);
        Assert.Equal(curly, ColorReduction.Reduce(curly, ColorDepth.Indexed));
    }

    private static Color Rgb(int rgb) => Color.FromRgb((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
}
