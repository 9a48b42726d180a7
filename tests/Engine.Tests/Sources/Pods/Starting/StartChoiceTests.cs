using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods.Starting;

namespace AgentDeck.Engine.Tests.Sources.Pods.Starting;

public sealed class StartChoiceTests
{
    private static readonly DateTimeOffset Created = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PodPlan Plan = GasCityPod.Plan(GasCityPodTests.Spec("has spaces"), new GasCityPodSettings("i"), "gc");

    [Fact]
    public void Without_a_pod_one_is_created() => Assert.Equal(StartStep.Create, Choose().Step);

    [Theory]
    // whose, what its container does, deleted, ended: what follows
    [InlineData("ours", "waiting", false, false, nameof(StartStep.Adopt))]
    [InlineData("ours", "running", false, false, nameof(StartStep.Look))]
    [InlineData("ours", "terminated", false, false, nameof(StartStep.Replace))]
    [InlineData("ours", "terminated", false, true, nameof(StartStep.Replace))]
    [InlineData("ours", "waiting", true, false, nameof(StartStep.AwaitEnd))]
    [InlineData("ours", "running", true, false, nameof(StartStep.AwaitEnd))]
    [InlineData("ours", "terminated", true, true, nameof(StartStep.AwaitEnd))]
    [InlineData("changed", "waiting", false, false, nameof(StartStep.Replace))]
    [InlineData("changed", "running", false, false, nameof(StartStep.Look))]
    [InlineData("theirs", "waiting", false, false, nameof(StartStep.Wait))]
    [InlineData("theirs", "running", false, false, nameof(StartStep.Look))]
    [InlineData("theirs", "terminated", false, true, nameof(StartStep.Replace))]
    [InlineData("theirs", "running", true, false, nameof(StartStep.AwaitEnd))]
    public void What_there_is_decides(string whose, string state, bool isDeleted, bool hasEnded, string expected)
    {
        var choice = Choose(Pod("u", whose, state, isDeleted, hasEnded));

        Assert.Equal((expected, "u"), (choice.Step.ToString(), choice.Pod!.Uid));
    }

    [Fact]
    public void A_pod_that_lives_counts_before_one_that_ends()
    {
        Assert.Equal("b", Choose(Pod("a", "ours", "running", isDeleted: true), Pod("b", "ours", "running")).Pod!.Uid);
        Assert.Equal("b", Choose(Pod("a", "ours", "terminated", hasEnded: true), Pod("b", "ours", "waiting")).Pod!.Uid);
    }

    [Fact]
    public void A_name_that_another_session_became_is_taken_and_its_label_alone_is_not()
    {
        Assert.Equal(StartStep.Taken, Choose(Pod("a", "ours", "running", session: "has/spaces")).Step);
        Assert.Equal(StartStep.Create, Choose(Pod("a", "ours", "running", session: "has/spaces", name: "other")).Step);
        Assert.Equal(StartStep.Taken, Choose(Pod("a", "ours", "running", session: "")).Step);
    }

    [Theory]
    [InlineData(nameof(SessionWord.Ready), "ours", 0, nameof(StartStep.Done))]
    [InlineData(nameof(SessionWord.Ready), "changed", 9999, nameof(StartStep.Done))]
    [InlineData(nameof(SessionWord.Alive), "ours", 9999, nameof(StartStep.Adopt))]
    [InlineData(nameof(SessionWord.Alive), "changed", 9999, nameof(StartStep.Adopt))]
    [InlineData(nameof(SessionWord.Alive), "theirs", 0, nameof(StartStep.Done))]
    [InlineData(nameof(SessionWord.Ended), "ours", 0, nameof(StartStep.Replace))]
    [InlineData(nameof(SessionWord.Ended), "theirs", 0, nameof(StartStep.Replace))]
    [InlineData(nameof(SessionWord.None), "ours", 239, nameof(StartStep.Adopt))]
    [InlineData(nameof(SessionWord.None), "changed", 239, nameof(StartStep.Replace))]
    [InlineData(nameof(SessionWord.None), "theirs", 239, nameof(StartStep.Wait))]
    [InlineData(nameof(SessionWord.None), "ours", 240, nameof(StartStep.Replace))]
    [InlineData(nameof(SessionWord.None), "theirs", 240, nameof(StartStep.Replace))]
    public void What_the_container_says_decides(string word, string whose, int age, string expected) => Assert.Equal(
        expected, StartChoice.After(Enum.Parse<SessionWord>(word), Pod("u", whose, "running"), Plan, Created.AddSeconds(age)).ToString());

    private static StartChoice Choose(params Pod[] pods) => StartChoice.Of(pods, Plan, new GasCityDialect());

    private static Pod Pod(string uid, string whose, string state, bool isDeleted = false, bool hasEnded = false, string session = "has spaces", string? name = null)
    {
        var annotations = new JsonObject { ["gc-session-name"] = session };
        if (whose != "theirs")
        {
            annotations[PodPlan.HashAnnotation] = whose == "ours" ? Plan.Hash : "other";
        }

        var metadata = new JsonObject { ["name"] = name ?? "has-spaces", ["namespace"] = "gc", ["uid"] = uid, ["creationTimestamp"] = "2020-01-01T00:00:00Z", ["annotations"] = annotations };
        if (isDeleted)
        {
            metadata["deletionTimestamp"] = "2020-01-01T00:00:00Z";
        }

        return PodReader.Read(
            JsonSerializer.SerializeToElement(new JsonObject
            {
                ["metadata"] = metadata,
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "agent" }) },
                ["status"] = new JsonObject
                {
                    ["phase"] = hasEnded ? "Failed" : "Running",
                    ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "agent", ["state"] = new JsonObject { [state] = new JsonObject() } }),
                },
            }),
            _ => { });
    }
}
