using AgentDeck.Engine.Dialects;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class AmbientTransitionsTests
{
    private static readonly string?[] Asked = [null, "Running", "Stopped", "Paused"];

    // Every phase with everything that may be asked for already: nothing, a start, a stop, a word that nobody knows.
    [Theory]
    [InlineData("Pending", true, "Nothing Nothing Withdraw Withdraw")]
    [InlineData("Creating", true, "Nothing Nothing Withdraw Withdraw")]
    [InlineData("Running", true, "Nothing Nothing Withdraw Withdraw")]
    [InlineData("Stopping", true, "Ask Nothing Ask Ask")]
    [InlineData("Stopped", true, "Ask Nothing Ask Ask")]
    [InlineData("Completed", true, "Ask Nothing Ask Ask")]
    [InlineData("Failed", true, "Ask Nothing Ask Ask")]
    [InlineData("Paused", true, "Unknown Unknown Unknown Unknown")]
    [InlineData("", true, "Unknown Unknown Unknown Unknown")]
    [InlineData("Pending", false, "Ask Ask Nothing Ask")]
    [InlineData("Creating", false, "Ask Ask Nothing Ask")]
    [InlineData("Running", false, "Ask Ask Nothing Ask")]
    [InlineData("Stopping", false, "Nothing Ask Nothing Ask")]
    [InlineData("Stopped", false, "Nothing Withdraw Nothing Withdraw")]
    [InlineData("Completed", false, "Nothing Withdraw Nothing Withdraw")]
    [InlineData("Failed", false, "Nothing Withdraw Nothing Withdraw")]
    [InlineData("Paused", false, "Unknown Unknown Unknown Unknown")]
    public void Every_request_has_its_step(string phase, bool start, string steps) =>
        Assert.Equal(steps, string.Join(' ', Asked.Select(asked => AmbientTransitions.Of(phase, asked, start))));

    [Fact]
    public void The_table_has_every_phase_of_the_platform() => Assert.Equal(
        ["Completed", "Creating", "Failed", "Pending", "Running", "Stopped", "Stopping"], AmbientTransitions.Phases.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Running", "Creating Running")]
    [InlineData("Stopped", "Stopped Stopping")]
    public void A_request_is_answered_once_the_phase_moves(string asked, string answered) =>
        Assert.Equal(answered, string.Join(' ', AmbientTransitions.Phases.Where(phase => AmbientTransitions.IsAnswered(phase, asked)).Order(StringComparer.Ordinal)));

    [Fact]
    public void What_nobody_asked_for_is_answered() => Assert.All(AmbientTransitions.Phases, phase => Assert.True(AmbientTransitions.IsAnswered(phase, null)));
}
