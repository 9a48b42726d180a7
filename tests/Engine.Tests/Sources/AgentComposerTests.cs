using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class AgentComposerTests
{
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

    private static Agent Compose(SessionTrack track) => AgentComposer.Compose(Id, track, Live, before: null, remembered: null, Now);

    private static SessionTrack Track() => new()
    {
        Name = "worker",
        Session = new TmuxSession { Id = "$1", Name = "worker", PaneId = "%1", Command = "sh", LastActivity = Now, CreatedAt = Now, Size = new Size(80, 24), HistorySize = 0 },
        Trail = ActivityTrail.Unseen.NoteReport(new ActivityJudgement(Activity.Waiting, "yes-no: go on? [y/N]")),
        LastLine = "go on? [y/N]",
    };
}
