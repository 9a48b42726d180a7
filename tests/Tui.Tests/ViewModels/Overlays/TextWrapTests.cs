using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.ViewModels.Overlays;

public sealed class TextWrapTests
{
    [Theory]
    [InlineData("", 5, new[] { "" })]
    [InlineData("one", 0, new[] { "" })]
    [InlineData("one two", 7, new[] { "one two" })]
    [InlineData("one two", 5, new[] { "one", "two" })]
    [InlineData("abcdefgh", 3, new[] { "abc", "def", "gh" })]
    [InlineData("ab 漢字漢字", 5, new[] { "ab", "漢字", "漢字" })]
    [InlineData("漢字", 1, new[] { "漢", "字" })]
    public void Rows_end_between_words_where_possible_and_never_inside_a_cluster(string text, int width, string[] rows) =>
        Assert.Equal(rows, TextWrap.Wrap(text, width));
}
