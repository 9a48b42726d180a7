using System.Xml.Linq;
using AgentDeck.Testing;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Export;

namespace AgentDeck.Tui.Tests.Terminal.Export;

public sealed class ExportTests
{
    private static readonly SvgOptions Options = new(Color.FromRgb(0xC0, 0xC0, 0xC0), Color.FromRgb(0x10, 0x10, 0x18), "A <deck> & more");

    private static readonly ScreenBuffer Screen = ScreenText.Draw(20, 3, surface =>
    {
        surface.Write(0, 0, "╭──╮ <a> & 漢字", new Style(Color.FromIndex(3), default, CellAttributes.Bold));
        surface.Write(0, 1, "🇨🇭 plain", default);
        surface.Fill(new Rect(0, 2, 20, 1), new Style(default, Color.FromRgb(1, 2, 3)));
        surface.Write(2, 2, "both", new Style(Color.FromIndex(1), default, CellAttributes.Reverse | CellAttributes.CurlyUnderline | CellAttributes.Strike));
    });

    [Fact]
    public void Text_is_the_rows_without_their_blank_ends() =>
        Assert.Equal("╭──╮ <a> & 漢字\n🇨🇭 plain\n  both\n", PlainScreen.Render(Screen));

    [Fact]
    public void A_picture_is_well_formed_and_has_every_character_at_its_place()
    {
        var svg = XDocument.Parse(SvgScreen.Render(Screen, Options));

        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").ToArray();
        Assert.Equal("<a>&漢字🇨🇭plainboth", string.Concat(texts.Select(text => text.Value)));
        Assert.Single(svg.Descendants(), element => element.Name.LocalName == "path");
        var wide = texts.Single(text => text.Value == "漢");
        Assert.Equal(("99", "18"), (wide.Attribute("x")!.Value, wide.Attribute("textLength")!.Value));
        var both = texts.Single(text => text.Value == "both");
        Assert.Equal(("#101018", "underline line-through"), (both.Attribute("fill")!.Value, both.Attribute("text-decoration")!.Value));
    }

    [Fact]
    public void The_picture_is_as_it_was_looked_at() => Golden.Verify("Screen", SvgScreen.Render(Screen, Options));
}
