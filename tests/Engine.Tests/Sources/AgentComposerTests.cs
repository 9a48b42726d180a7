using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class AgentComposerTests
{
    private const string Secret = "sk-ant-api03-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Id = new("here", "", "worker");
    private static readonly ServerView Live = new(SourceLink.Live, WasListed: true, ServerGone: false, Error: null, Origin: "tmux -L agentdeck");

    [Fact]
    public void A_running_agent_shows_what_it_does()
    {
        var status = Compose(Track()).Status;

        Assert.Equal((AgentPhase.Running, Activity.Waiting), (status.Phase, status.Activity));
    }

    [Fact]
    public void An_agent_that_is_being_stopped_does_nothing_any_more()
    {
        var status = Compose(Track() with { Request = PhaseRequest.Stop }).Status;

        Assert.Equal((AgentPhase.Stopping, Activity.None, ""), (status.Phase, status.Activity, status.ActivityReason));
    }

    [Fact]
    public void A_secret_on_an_agents_screen_reaches_neither_its_last_line_nor_the_reason_of_its_activity()
    {
        var status = Compose(Track()).Status;

        Assert.DoesNotContain(Secret, status.LastLine, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, status.ActivityReason, StringComparison.Ordinal);
        Assert.Contains("use", status.LastLine, StringComparison.Ordinal);
    }

    private static Agent Compose(SessionTrack track) => AgentComposer.Compose(Id, track, Live, before: null, Now);

    private static SessionTrack Track() => new()
    {
        Name = "worker",
        Session = new TmuxSession { Id = "$1", Name = "worker", PaneId = "%1", Command = "sh", LastActivity = Now, CreatedAt = Now, Size = new Size(80, 24), HistorySize = 0 },
        Activity = new ActivityJudgement(Activity.Waiting, $"yes-no: use {Secret}? [y/N]"),
        LastLine = $"use {Secret}? [y/N]",
    };
}
