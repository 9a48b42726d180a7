namespace AgentDeck.Engine.Tmux;

/// <summary>What a server pushes about one session, at most once a second and only on change.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="PaneId">Its active pane now.</param>
/// <param name="PanePid">The process that tmux started there.</param>
/// <param name="LastActivity">When its window last produced output.</param>
/// <param name="Dead">Whether its program ended and the pane was kept.</param>
/// <param name="DeadStatus">Its exit code then, when known.</param>
/// <param name="DeadSignal">The number of the signal that ended it, when known.</param>
/// <param name="InMode">Whether the pane is in copy mode or another tmux mode.</param>
/// <param name="SetUp">Whether what had to follow its start was done.</param>
internal readonly record struct TmuxActivity(
    string SessionId, string PaneId, int PanePid, DateTimeOffset LastActivity, bool Dead, int? DeadStatus, int? DeadSignal, bool InMode, SetUpState SetUp);
