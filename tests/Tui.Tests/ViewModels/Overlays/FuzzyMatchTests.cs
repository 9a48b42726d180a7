using AgentDeck.Tui.ViewModels.Overlays;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.ViewModels.Overlays;

public sealed class FuzzyMatchTests
{
    [Theory]
    [InlineData("cs", "Clear scrollback", new[] { 0, 6 })]
    [InlineData("stop", "Stop", new[] { 0, 1, 2, 3 })]
    [InlineData("c7", "gc/coder-7", new[] { 3, 9 })]
    [InlineData("np", "Focus next pane", new[] { 6, 11 })]
    [InlineData("back", "Clear scrollback", new[] { 12, 13, 14, 15 })]
    [InlineData("c p", "Command palette", new[] { 0, 8 })]
    [InlineData("", "Stop", new int[0])]
    public void Starts_of_words_and_neighbours_are_preferred(string query, string text, int[] indexes)
    {
        Assert.Equal(indexes, FuzzyMatch.Find(query, text)!.Indexes);
    }

    [Theory]
    [InlineData("xyz", "Stop")]
    [InlineData("pots", "Stop")]
    [InlineData("stopp", "Stop")]
    public void Letters_in_another_order_do_not_match(string query, string text) => Assert.Null(FuzzyMatch.Find(query, text));

    [Theory]
    [InlineData("st", "Stop", "Last")]
    [InlineData("co", "gc/coder-2", "Back to cold storage of old things")]
    [InlineData("nudge", "Nudge", "Next undone git edge")]
    public void The_better_text_scores_higher(string query, string better, string worse) =>
        Assert.True(FuzzyMatch.Find(query, better)!.Score > FuzzyMatch.Find(query, worse)!.Score);

    [Fact]
    public void Every_subsequence_is_found_in_order() => Prop.ForAll<string, string>((first, second) =>
    {
        var text = (first + second)[..Math.Min(60, (first + second).Length)];
        var query = string.Concat(text.Where((character, index) => index % 3 == 0 && !char.IsWhiteSpace(character)));

        var match = FuzzyMatch.Find(query, text);
        _ = FuzzyMatch.Find(second ?? "", text);

        return match is not null
            && match.Indexes.SequenceEqual(match.Indexes.Order().Distinct())
            && match.Indexes.Select(index => char.ToLowerInvariant(text[index])).SequenceEqual(query.Select(char.ToLowerInvariant));
    }).QuickCheckThrowOnFailure();
}
