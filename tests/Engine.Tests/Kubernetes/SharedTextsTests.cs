using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class SharedTextsTests
{
    [Fact]
    public void Equal_short_texts_become_one_and_long_ones_are_not_kept()
    {
        var (kept, longText) = (SharedTexts.Share(New('a', 20)), New('b', 129));

        Assert.Same(kept, SharedTexts.Share(New('a', 20)));
        Assert.Same(longText, SharedTexts.Share(longText));
        Assert.NotSame(longText, SharedTexts.Share(New('b', 129)));
    }

    [Fact]
    public void However_many_texts_come_each_stays_what_it_was()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var number = 0; number < 20_000; number++)
            {
                Assert.Equal($"text {number}", SharedTexts.Share($"text {number}"));
            }
        }
    }

    private static string New(char letter, int length) => new(letter, length);
}
