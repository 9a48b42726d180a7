using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.ViewModels;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Tui.Tests.ViewModels;

public sealed class AgentFilterTests
{
    private static readonly FleetSnapshot Fleet = Fleets.Of(
        [
            OfPod(Fleets.Agent("gc/mayor", lastLine: "Plan is ready")),
            Fleets.Agent("gc/coder-2", activity: Activity.Blocked, lastLine: "Do you want to proceed?"),
            Fleets.Agent("gc/coder-7", AgentPhase.Failed),
            Fleets.Agent("gc2/refiner", activity: Activity.Idle),
            Fleets.Agent("here/clock", activity: Activity.Waiting, command: "sh", spec: Labelled(Fleets.Spec("here/clock"))),
            Fleets.Agent("dev/reviewer", AgentPhase.Unknown),
        ],
        new SourceStatus("dev", "local", SourceLink.Stale, Fleets.Now, null));

    [Theory]
    [InlineData("", "dev/reviewer gc/coder-2 gc/coder-7 gc/mayor gc2/refiner here/clock")]
    [InlineData("   ", "dev/reviewer gc/coder-2 gc/coder-7 gc/mayor gc2/refiner here/clock")]
    [InlineData("CODER", "gc/coder-2 gc/coder-7")]
    [InlineData("gc/coder", "gc/coder-2 gc/coder-7")]
    [InlineData("coder -2", "gc/coder-2")]
    [InlineData("sh", "here/clock")]
    [InlineData("proceed", "gc/coder-2")]
    [InlineData("\"plan is\"", "gc/mayor")]
    [InlineData("\"plan is", "gc/mayor")]
    [InlineData("plan:is", "")]
    [InlineData("phase:failed", "gc/coder-7")]
    [InlineData("PHASE:Fai", "gc/coder-7")]
    [InlineData("phase:failed,unknown", "dev/reviewer gc/coder-7")]
    [InlineData("!phase:running", "dev/reviewer gc/coder-7")]
    [InlineData("source:gc", "gc/coder-2 gc/coder-7 gc/mayor")]
    [InlineData("source:g", "gc/coder-2 gc/coder-7 gc/mayor gc2/refiner")]
    [InlineData("pod:agent-1,other", "gc/mayor")]
    [InlineData("node:NODE-a", "gc/mayor")]
    [InlineData("ns:city", "gc/mayor")]
    [InlineData("namespace:city !dialect:gas", "")]
    [InlineData("!node:node-a gc/", "gc/coder-2 gc/coder-7")]
    [InlineData("is:draining", "gc/mayor")]
    [InlineData("is:waiting", "here/clock")]
    [InlineData("is:blocked,waiting", "gc/coder-2 here/clock")]
    [InlineData("is:failed", "gc/coder-7")]
    [InlineData("is:stale", "dev/reviewer")]
    [InlineData("is:declared", "here/clock")]
    [InlineData("!is:discovered", "here/clock")]
    [InlineData("source:gc !coder", "gc/mayor")]
    [InlineData("! mayor", "gc/mayor")]
    [InlineData("label:team=core", "here/clock")]
    [InlineData("label:team", "here/clock")]
    [InlineData("label:tier,team=c", "here/clock")]
    [InlineData("label:team=edge", "")]
    [InlineData("label:core", "")]
    [InlineData("!label:team=core gc2", "gc2/refiner")]
    public void A_filter_lets_pass(string text, string expected)
    {
        var filter = AgentFilter.Parse(text);

        Assert.Null(filter.Problem);
        Assert.Equal(expected, Passing(filter));
    }

    [Theory]
    [InlineData("phase:lost coder", "phase:lost is not known: one of pending, starting, running, stopping, stopped, completed, failed, unknown")]
    [InlineData("phase: coder", "phase: needs a value: one of pending, starting, running, stopping, stopped, completed, failed, unknown")]
    [InlineData("!is:nice coder", "is:nice is not known: one of busy, idle, waiting, blocked, limited, pending, starting, running, stopping, stopped, completed, failed, unknown, stale, draining, declared, discovered")]
    [InlineData("label: coder", "label: needs key or key=value")]
    [InlineData("source: coder", "source: needs the name of a source")]
    public void A_term_that_is_not_understood_is_named_and_narrows_nothing(string text, string problem)
    {
        var filter = AgentFilter.Parse(text);

        Assert.Equal(problem, filter.Problem);
        Assert.Equal("gc/coder-2 gc/coder-7", Passing(filter));
    }

    [Fact]
    public void Every_text_that_can_be_typed_is_a_filter()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<string?>(),
            text =>
            {
                var filter = AgentFilter.Parse(text ?? "");
                _ = Passing(filter);
                return filter.Text == (text ?? "");
            }).QuickCheckThrowOnFailure();
    }

    private static string Passing(AgentFilter filter) =>
        string.Join(' ', Fleet.Agents.Values.Where(agent => filter.Matches(agent, Fleet)).Select(agent => agent.Id.ToString()).Order(StringComparer.Ordinal));

    private static AgentSpec Labelled(AgentSpec spec) =>
        spec with { Setup = spec.Setup with { Labels = ImmutableDictionary<string, string>.Empty.Add("team", "core") } };

    private static Agent OfPod(Agent agent) => agent with
    {
        Status = agent.Status with
        {
            Dialect = "gascity",
            Pod = new PodStatus("city", "agent-1", "uid", "node-a", "Running"),
            Conditions = [new Condition(ConditionTypes.Draining, ConditionStatus.True, "Requested", "", Fleets.Now, 0)],
        },
    };
}
