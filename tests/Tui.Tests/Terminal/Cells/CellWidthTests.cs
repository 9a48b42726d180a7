using System.Text;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.Terminal.Cells;

public sealed class CellWidthTests
{
    [Theory]
    [InlineData("a", 1)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("…", 1)]
    [InlineData("╭", 1)]
    [InlineData("●", 1)]
    [InlineData("▲", 1)]
    [InlineData("✖", 1)]
    [InlineData("漢", 2)]
    [InlineData("Ａ", 2)]
    [InlineData("ｱ", 1)]
    [InlineData("한", 2)]
    [InlineData("\u1112\u1161\u11ab", 2)]
    [InlineData("\u1161", 0)]
    [InlineData("🙂", 2)]
    [InlineData("👍🏽", 2)]
    [InlineData("👩‍👩‍👧‍👦", 2)]
    [InlineData("🏳️‍🌈", 2)]
    [InlineData("🇨🇭", 2)]
    [InlineData("🇨", 1)]
    [InlineData("❤", 1)]
    [InlineData("❤\ufe0f", 2)]
    [InlineData("❤\ufe0e", 1)]
    [InlineData("⌚", 2)]
    [InlineData("⌚\ufe0e", 2)]
    [InlineData("a\ufe0f", 1)]
    [InlineData("1\ufe0f\u20e3", 2)]
    [InlineData("#\ufe0f\u20e3", 2)]
    [InlineData("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2)]
    [InlineData("\u200b", 0)]
    [InlineData("\u0301", 0)]
    [InlineData("\u202e", 0)]
    [InlineData("\ufeff", 0)]
    [InlineData("\u001b", 0)]
    [InlineData("\r\n", 0)]
    [InlineData("\u009b", 0)]
    [InlineData("\ue0b0", 1)]
    [InlineData("\ud800", 1)]
    [InlineData("นี้", 1)]
    [InlineData("นำ", 2)]
    [InlineData("क्षि", 1)]
    [InlineData("", 0)]
    public void Width_of_a_cluster(string cluster, int width) => Assert.Equal(width, CellWidth.Of(cluster));

    [Theory]
    [InlineData("e\u0301", -1)]
    [InlineData("นี้", -1)]
    [InlineData("❤\ufe0f", 0)]
    [InlineData("1\ufe0f\u20e3", 0)]
    [InlineData("🇨🇭", 0)]
    [InlineData("👍🏽", 2)]
    [InlineData("👩‍👩‍👧‍👦", 6)]
    public void Clusters_that_terminals_disagree_about_are_known(string cluster, int overhang) => Assert.Equal(overhang, CellWidth.Overhang(cluster));

    [Theory]
    [InlineData("👩‍👩‍👧‍👦x", 11)]
    [InlineData("🇨🇭🇨🇭", 4)]
    [InlineData("e\u0301e", 2)]
    [InlineData("e", 1)]
    [InlineData("\r\n", 2)]
    [InlineData("", 0)]
    public void Clusters_are_found(string text, int length) => Assert.Equal(length, Grapheme.NextLength(text));

    [Fact]
    public void Clusters_found_from_the_end_are_those_found_from_the_start() =>
        Prop.ForAll(Arb.From(Gen.Elements("a", "e\u0301", "👩‍👩‍👧", "🇨🇭", "🇨", "\n", "漢", "\u0301").ListOf().Select(string.Concat)), text =>
        {
            var last = 0;
            for (var at = 0; at < text.Length; at += last)
            {
                last = Grapheme.NextLength(text.AsSpan(at));
            }

            return Grapheme.LastLength(text) == last;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_code_point_has_a_width_and_the_two_ways_to_ask_agree()
    {
        Span<char> text = stackalloc char[2];
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            var width = CellWidth.Of(value);
            if (width is < 0 or > 2 || (Rune.TryCreate(value, out var rune) && width != CellWidth.Of(text[..rune.EncodeToUtf16(text)])))
            {
                Assert.Fail($"U+{value:X4} has a width of {width}");
            }
        }
    }

    [Fact]
    public void Measuring_adds_up_what_writing_takes()
    {
        Assert.Equal(7, TextMeasure.Width("a漢e\u0301🇨🇭\u0007"));
        Assert.Equal("a…", TextMeasure.Cut("a漢漢", 3));
        Assert.Equal("a漢", TextMeasure.Cut("a漢", 3));
        Assert.Equal("…", TextMeasure.Cut("漢漢", 1));
        Assert.Equal("", TextMeasure.Cut("漢漢", 0));
    }
}
