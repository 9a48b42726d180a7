using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Domain;

public sealed class AttentionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Agent Blocked = Fleet.Agent("a", activity: Activity.Blocked) is var agent
        ? agent with { Status = agent.Status with { StartedAt = Noon.AddHours(-1), LastActivity = Noon } }
        : null!;

    public static TheoryData<string, Func<Agent, Agent>> News => new()
    {
        { "another phase", agent => agent with { Status = agent.Status with { Phase = AgentPhase.Stopping } } },
        { "another activity", agent => agent with { Status = agent.Status with { Activity = Activity.Waiting } } },
        { "the same state after output", agent => agent with { Status = agent.Status with { LastActivity = Noon.AddSeconds(1) } } },
        { "another run", agent => agent with { Status = agent.Status with { StartedAt = Noon } } },
        { "started again by its runtime", agent => agent with { Status = agent.Status with { Restarts = 1 } } },
        { "started again by the engine", agent => agent with { Upkeep = new AgentUpkeep { Restarts = 1 } } },
        { "another pod", agent => agent with { Status = agent.Status with { Pod = new PodStatus("gc", "a", "uid-2", null, "Running") } } },
    };

    [Theory]
    [InlineData(AgentPhase.Failed, Activity.None, 0)]
    [InlineData(AgentPhase.Running, Activity.Blocked, 1)]
    [InlineData(AgentPhase.Running, Activity.Waiting, 2)]
    [InlineData(AgentPhase.Running, Activity.Limited, 3)]
    [InlineData(AgentPhase.Unknown, Activity.None, 4)]
    [InlineData(AgentPhase.Running, Activity.Idle, Attention.None)]
    public void Whoever_is_acknowledged_ranks_like_one_that_wants_nothing(AgentPhase phase, Activity activity, int rank)
    {
        var agent = Fleet.Agent("a", phase, activity);

        Assert.Equal(rank, Attention.Rank(agent));
        Assert.Equal(Attention.None, Attention.Rank(Seen(agent)));
        Assert.Equal(rank, Attention.Rank(Seen(agent).Status));
    }

    [Theory]
    [MemberData(nameof(News))]
    public void Whatever_happens_afterwards_is_not_acknowledged(string what, Func<Agent, Agent> happen)
    {
        var seen = Seen(Blocked);
        Assert.True(Attention.IsAcknowledged(seen));

        Assert.False(Attention.IsAcknowledged(happen(seen)), what);
    }

    [Fact]
    public void Looking_again_is_no_news()
    {
        var seen = Seen(Blocked);

        Assert.True(Attention.IsAcknowledged(seen with { Status = seen.Status with { ObservedAt = Noon.AddHours(1), Message = "still", LastActivity = Noon.ToOffset(TimeSpan.FromHours(2)) } }));
    }

    [Fact]
    public void Only_what_wants_something_is_acknowledged_and_only_once()
    {
        var command = new SessionCommand.Acknowledge();

        Assert.Null(SessionRules.WhyNot(command, Blocked, AccessLimits.None with { Exec = "forbidden" }));
        Assert.Equal("ada did so already", SessionRules.WhyNot(command, Seen(Blocked), AccessLimits.None));
        Assert.Equal("it wants nothing", SessionRules.WhyNot(command, Fleet.Agent("a"), AccessLimits.None));
    }

    private static Agent Seen(Agent agent) => agent with { Acknowledged = new Acknowledgement(Attention.KeyOf(agent), "ada", Noon) };
}
