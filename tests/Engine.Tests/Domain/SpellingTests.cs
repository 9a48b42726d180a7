using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Domain;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("socket", "Socket", 0)]
    [InlineData("sokcet", "socket", 1)]
    [InlineData("sockt", "socket", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_edits(string from, string to, int expected) => Assert.Equal(expected, Spelling.Distance(from, to));

    [Fact]
    public void Nearest_names_come_first_and_strangers_not_at_all() =>
        Assert.Equal("clock block", string.Join(' ', Spelling.Nearest("clok", ["mayor", "block", "clock"], name => name, 3)));

    [Fact]
    public void A_short_name_is_not_guessed_from_a_text_that_shares_nothing_with_it() =>
        Assert.Empty(Spelling.Nearest("xy", ["a", "bc"], name => name, 3));

    [Fact]
    public void A_name_that_is_too_long_is_not_guessed()
    {
        var name = new string('x', 65);

        Assert.Null(Spelling.Nearest(name, [name]));
        Assert.Null(Spelling.Nearest(name[1..], [name]));
        Assert.Equal(name[1..], Spelling.Nearest(name[2..], [name[1..]]));
    }
}
