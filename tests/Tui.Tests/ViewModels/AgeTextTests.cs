using AgentDeck.Testing;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Tests.ViewModels;

public sealed class AgeTextTests
{
    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0, "0s")]
    [InlineData(0.999, "0s")]
    [InlineData(59.999, "59s")]
    [InlineData(60, "1m")]
    [InlineData(119, "1m")]
    [InlineData(3599, "59m")]
    [InlineData(3600, "1h")]
    [InlineData(86399, "23h")]
    [InlineData(86400, "1d")]
    [InlineData(999.0 * 86400, "999d")]
    [InlineData(1000.0 * 86400, "2y")]
    public void An_age_is_rounded_down_to_its_largest_unit(double seconds, string expected) =>
        Assert.Equal(expected, AgeText.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void An_unknown_age_is_a_dash() => Assert.Equal("–", AgeText.Of(null));

    [Fact]
    public void No_age_is_wider_than_four_cells()
    {
        for (var ticks = 1L; ticks < TimeSpan.MaxValue.Ticks / 3; ticks = (ticks * 3) + 1)
        {
            Assert.InRange(AgeText.Of(TimeSpan.FromTicks(ticks)).Length, 2, 4);
        }

        Assert.Equal("999y", AgeText.Of(TimeSpan.MaxValue));
    }

    [Fact]
    public void Asking_again_allocates_nothing()
    {
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var seconds = 0; seconds < 200_000; seconds += 7)
            {
                _ = AgeText.Of(TimeSpan.FromSeconds(seconds));
            }
        }));
    }
}
