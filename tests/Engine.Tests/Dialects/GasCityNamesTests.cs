using AgentDeck.Engine.Dialects;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Dialects;

/// <summary>The vectors are those of Gas City's own tests.</summary>
public sealed class GasCityNamesTests
{
    [Theory]
    [InlineData("gc-bright-mayor", "gc-bright-mayor")]
    [InlineData("UPPER-CASE", "upper-case")]
    [InlineData("has spaces", "has-spaces")]
    [InlineData("has/slashes/in/path", "has-slashes-in-path")]
    [InlineData("under_scores", "under-scores")]
    [InlineData("--leading-dashes", "leading-dashes")]
    [InlineData("trailing-dashes--", "trailing-dashes")]
    [InlineData("dots.are.replaced", "dots-are-replaced")]
    [InlineData("a", "a")]
    [InlineData("", "")]
    [InlineData("///", "unknown")]
    [InlineData("gastown__mayor", "gastown--mayor")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz01234567", "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0")]
    public void A_session_gives_its_pod_a_name(string session, string pod) => Assert.Equal(pod, GasCityNames.PodOf(session));

    [Theory]
    [InlineData("has spaces", "has-spaces")]
    [InlineData("has/slashes", "has-slashes")]
    [InlineData("UPPER-Preserved", "UPPER-Preserved")]
    [InlineData("dots.ok", "dots.ok")]
    [InlineData("under_scores_ok", "under_scores_ok")]
    [InlineData("--leading", "leading")]
    [InlineData("trailing--", "trailing")]
    [InlineData("", "unknown")]
    [InlineData("///", "unknown")]
    [InlineData("gastown__mayor", "gastown__mayor")]
    [InlineData("demo/coder", "demo-coder")]
    public void A_name_becomes_a_label(string name, string label) => Assert.Equal(label, GasCityNames.LabelOf(name));

    [Theory]
    [InlineData("hello-world/polecat", "hello-world--polecat")]
    [InlineData("gastown.mayor", "gastown__mayor")]
    public void An_agent_gives_its_session_a_name(string agent, string session) => Assert.Equal(session, GasCityNames.SessionOf(agent));

    [Fact]
    public void The_api_accepts_every_name_and_label() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var name = text ?? "";
            Assert.Matches("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$", GasCityNames.PodOf(name));
            Assert.Matches("^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", GasCityNames.LabelOf(name));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "", "", null, null)]
    [InlineData("1709300000", "", "", "Draining", "it was asked to finish its work")]
    [InlineData("1709300000", "", "idle", "Draining", "it was asked to finish its work: idle")]
    [InlineData("true", "", "", "Draining", "it was asked to finish its work")]
    [InlineData("1709300000", "1", "", "DrainAcknowledged", "it is done and waits to be stopped")]
    [InlineData("", "1", "", "DrainAcknowledged", "it is done and waits to be stopped")]
    [InlineData("1709300000", "0", "\u001b", "Draining", "it was asked to finish its work: \ufffd")]
    public void The_marks_of_a_session_are_read(string drain, string acknowledged, string reason, string? word, string? message)
    {
        var mark = GasCityMark.Of(Variables(("GC_DRAIN", drain), ("GC_DRAIN_ACK", acknowledged), ("GC_DRAIN_REASON", reason)));

        Assert.Equal((word, message), (mark?.Word, mark?.Message));
        Assert.Equal(drain == "1709300000" ? new DateTimeOffset(2024, 3, 1, 13, 33, 20, TimeSpan.Zero) : null, mark?.Since);
    }

    [Fact]
    public void A_requested_restart_is_a_mark() =>
        Assert.Equal("RestartRequested", GasCityMark.Of(Variables(("GC_RESTART_REQUESTED", "1709300000")))!.Word);

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
