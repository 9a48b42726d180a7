using AgentDeck.Engine.Leadership;

namespace AgentDeck.Engine.Tests.Leadership;

public sealed class LeaseRulesTests
{
    private static readonly LeaseTimes Times = LeaseTimes.Default;

    [Fact]
    public void Where_there_is_no_lease_it_is_made() => Assert.Equal(LeaseStep.Create, Next(LeaseRules.Observe(null, null, "", At(0)), At(0)));

    [Fact]
    public void A_lease_that_was_given_back_is_taken_at_once() => Assert.Equal(LeaseStep.Take, Next(Seen("", "1"), At(0)));

    [Fact]
    public void Our_own_is_renewed_however_old_it_is() => Assert.Equal(LeaseStep.Renew, Next(Seen("me", "1"), At(1000)));

    [Theory]
    [InlineData(0, LeaseStep.Wait)]
    [InlineData(14.9, LeaseStep.Wait)]
    [InlineData(15, LeaseStep.Take)]
    public void Anothers_is_taken_when_nobody_renewed_it_for_its_duration_while_we_looked(double seconds, object step) =>
        Assert.Equal((LeaseStep)step, Next(Seen("other", "1"), At(seconds)));

    [Fact]
    public void A_renewal_begins_the_wait_anew()
    {
        var renewed = LeaseRules.Observe(Seen("other", "1"), Record("other", "2"), "v2", At(14));

        Assert.Equal(LeaseStep.Wait, Next(renewed, At(28)));
        Assert.Equal(LeaseStep.Take, Next(renewed, At(29)));
    }

    [Fact]
    public void Seeing_the_same_again_or_another_version_of_it_does_not_begin_the_wait_anew()
    {
        var labelled = LeaseRules.Observe(Seen("other", "1"), Record("other", "1"), "v2", At(14));

        Assert.Equal(("v2", LeaseStep.Take), (labelled.Version, Next(labelled, At(15))));
    }

    [Fact]
    public void What_its_holder_wrote_about_the_time_is_not_believed()
    {
        // As of another machine whose clock is a day behind, or ahead.
        foreach (var shown in new[] { "2026-11-20T14:00:00.000000Z", "2026-11-22T14:00:00.000000Z", "no time" })
        {
            Assert.Equal(LeaseStep.Wait, Next(Seen("other", shown), At(14)));
            Assert.Equal(LeaseStep.Take, Next(Seen("other", shown), At(15)));
        }
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(5, 15)]
    [InlineData(60, 60)]
    [InlineData(int.MaxValue, 3600)]
    public void Who_promised_longer_is_waited_for_and_nobody_is_hurried(int promised, int wait)
    {
        var view = LeaseRules.Observe(null, Record("other", "1") with { Seconds = promised }, "v1", At(0));

        Assert.Equal(LeaseStep.Wait, Next(view, At(wait - 0.1)));
        Assert.Equal(LeaseStep.Take, Next(view, At(wait)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static LeaseRecord Record(string holder, string renewed) => new(holder, 15, renewed, 3);

    private static LeaseView Seen(string holder, string renewed) => LeaseRules.Observe(null, Record(holder, renewed), "v1", At(0));

    private static LeaseStep Next(LeaseView view, TimeSpan now) => LeaseRules.Next(view, "me", Times, now);
}
