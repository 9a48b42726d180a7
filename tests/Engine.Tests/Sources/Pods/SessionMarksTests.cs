using AgentDeck.Engine.Sources.Pods;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class SessionMarksTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("PATH=/bin\nGC_DRAIN=\n", null)]
    [InlineData("PATH=/bin\nGC_DRAIN=1700000000\n", "Draining")]
    [InlineData("-GC_DRAIN\n", null)]
    [InlineData("XGC_DRAIN=1\nGC_DRAINX=1\n", null)]
    [InlineData("GC_DRAIN=1\nGC_DRAIN_ACK=1\n", "DrainAcknowledged")]
    [InlineData("GC_DRAIN_ACK=0\nGC_RESTART_REQUESTED=1\n", "RestartRequested")]
    public void The_environment_of_a_session_tells_what_was_asked_of_it(string environment, string? word) =>
        Assert.Equal(word, SessionMarks.Parse(environment)?.Word);

    [Fact]
    public void A_reason_is_a_whole_value_and_plain()
    {
        var mark = SessionMarks.Parse("GC_DRAIN=1\nGC_DRAIN_REASON=a=b \u001b[1mc\n");

        Assert.Equal("it was asked to finish its work: a=b \uFFFD[1mc", mark!.Message);
    }
}
