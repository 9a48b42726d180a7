using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Tests.Terminal.Cells;

public sealed class GlyphTableTests
{
    private readonly GlyphTable _glyphs = new();

    [Fact]
    public void One_code_point_is_its_own_glyph()
    {
        Assert.Equal('a', _glyphs.Intern("a"));
        Assert.Equal(0x1F642, _glyphs.Intern("🙂"));
        Assert.Equal(0, _glyphs.Intern(" "));
        Assert.Equal(0, _glyphs.Intern(""));
    }

    [Fact]
    public void A_cluster_is_kept_once()
    {
        var glyph = _glyphs.Intern("🇨🇭");

        Assert.True(glyph < 0);
        Assert.Equal(glyph, _glyphs.Intern("🇨🇭"));
        Assert.NotEqual(glyph, _glyphs.Intern("🇩🇪"));
        Assert.Equal("🇨🇭", _glyphs.Cluster(glyph));
    }

    [Theory]
    [InlineData("\u001b")]
    [InlineData("\r\n")]
    [InlineData("\u009b")]
    [InlineData("\u202e")]
    [InlineData("\ud800")]
    [InlineData("a\u001b")]
    [InlineData("a\u0301\u202e")]
    [InlineData("a\ud800")]
    public void What_could_command_a_terminal_is_replaced(string cluster) => Assert.Equal(GlyphTable.Replacement, _glyphs.Intern(cluster));

    [Fact]
    public void A_flood_of_combining_characters_is_cut()
    {
        var glyph = _glyphs.Intern("a" + new string('\u0301', 100_000));

        Assert.Equal(GlyphTable.LongestCluster, _glyphs.Cluster(glyph).Length);
    }

    [Fact]
    public void A_full_table_falls_back_to_the_first_code_point()
    {
        for (var count = 0; count < GlyphTable.Capacity; count++)
        {
            Assert.Equal(-count - 1, _glyphs.Intern($"{(char)('A' + count % 16)}{(char)(0x300 + count / 16 % 64)}{(char)(0x300 + count / 1024)}"));
        }

        Assert.Equal('z', _glyphs.Intern("z\u0301"));
        Assert.Equal(-1, _glyphs.Intern("A\u0300\u0300"));
    }

    [Fact]
    public void A_known_cluster_costs_no_memory()
    {
        _glyphs.Intern("🇨🇭");
        var before = GC.GetAllocatedBytesForCurrentThread();

        _glyphs.Intern("🇨🇭");

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_link_that_could_command_a_terminal_is_left_out()
    {
        var decorations = new DecorationTable();
        var red = Color.FromIndex(1);

        Assert.Equal(0, decorations.Intern(new Decoration(default, "http://x/\u001b\\")));
        Assert.Equal(new Decoration(red, null), decorations[decorations.Intern(new Decoration(red, "http://a b"))]);
        Assert.Equal("https://example.org/", decorations[decorations.Intern(new Decoration(red, "https://example.org/"))].Link);
    }
}
