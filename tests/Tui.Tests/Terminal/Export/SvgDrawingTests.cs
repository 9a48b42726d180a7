using System.Text;
using AgentDeck.Tui.Terminal.Export;

namespace AgentDeck.Tui.Tests.Terminal.Export;

public sealed class SvgDrawingTests
{
    [Theory]
    [InlineData('─', "M0 10H8")]
    [InlineData('│', "M4 0V20")]
    [InlineData('┌', "M4 10H8M4 10V20")]
    [InlineData('┤', "M0 10H4M4 0V20")]
    [InlineData('╋', "M0 10H8M4 0V20")]
    [InlineData('╷', "M4 10V20")]
    [InlineData('╭', "M4 20V14Q4 10 8 10")]
    [InlineData('╯', "M4 0V6Q4 10 0 10")]
    public void Lines_reach_the_edges_where_their_neighbours_begin(char glyph, string expected)
    {
        var path = new StringBuilder();

        SvgDrawing.Line(path, glyph, 0, 0, 8, 20);

        Assert.Equal(expected, path.ToString());
    }

    [Theory]
    [InlineData('█', "M0 0H8V16H0Z")]
    [InlineData('▀', "M0 0H8V8H0Z")]
    [InlineData('▄', "M0 8H8V16H0Z")]
    [InlineData('▁', "M0 14H8V16H0Z")]
    [InlineData('▏', "M0 0H1V16H0Z")]
    [InlineData('▌', "M0 0H4V16H0Z")]
    [InlineData('▐', "M4 0H8V16H4Z")]
    [InlineData('▕', "M7 0H8V16H7Z")]
    public void Blocks_fill_their_part_of_the_cell(char glyph, string expected)
    {
        var path = new StringBuilder();

        SvgDrawing.Block(path, glyph, 0, 0, 8, 16);

        Assert.Equal(expected, path.ToString());
    }

    [Fact]
    public void Every_character_that_is_drawn_can_be_drawn()
    {
        var path = new StringBuilder();
        for (var glyph = 0x2400; glyph < 0x2700; glyph++)
        {
            path.Clear();
            switch (SvgDrawing.ShapeOf(glyph))
            {
                case SvgShape.Block:
                    SvgDrawing.Block(path, glyph, 0, 0, 8, 16);
                    break;
                case SvgShape.LightLine or SvgShape.HeavyLine:
                    SvgDrawing.Line(path, glyph, 0, 0, 8, 16);
                    break;
                default:
                    continue;
            }

            Assert.StartsWith("M", path.ToString(), StringComparison.Ordinal);
        }
    }
}
