using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels;

/// <summary>How states look: a glyph and a role beside the word, so that colour alone never tells anything.</summary>
internal static class StateLook
{
    /// <summary>The one-cell glyph of a state.</summary>
    public static string Glyph(AgentStatus status) => status switch
    {
        { Phase: AgentPhase.Failed } => "✖",
        { Phase: AgentPhase.Running, Activity: Activity.Blocked } => "▲",
        { Phase: AgentPhase.Running, Activity: Activity.Waiting } => "◐",
        { Phase: AgentPhase.Running, Activity: Activity.Limited } => "◇",
        { Phase: AgentPhase.Running, Activity: Activity.Idle } => "○",
        { Phase: AgentPhase.Running } => "●",
        { Phase: AgentPhase.Pending or AgentPhase.Starting or AgentPhase.Stopping } => "◌",
        { Phase: AgentPhase.Stopped } => "■",
        { Phase: AgentPhase.Completed } => "✓",
        _ => "?",
    };

    /// <summary>The role of the glyph: that of the activity while it runs, else that of the phase.</summary>
    public static ThemeRole Role(AgentStatus status) => status.Phase == AgentPhase.Running ? Role(status.Activity) : Role(status.Phase);

    /// <summary>The role of a phase.</summary>
    public static ThemeRole Role(AgentPhase phase) => phase switch
    {
        AgentPhase.Pending or AgentPhase.Starting or AgentPhase.Stopping => ThemeRole.PhaseMoving,
        AgentPhase.Running => ThemeRole.PhaseRunning,
        AgentPhase.Stopped => ThemeRole.PhaseStopped,
        AgentPhase.Completed => ThemeRole.PhaseCompleted,
        AgentPhase.Failed => ThemeRole.PhaseFailed,
        _ => ThemeRole.PhaseUnknown,
    };

    /// <summary>The role of an activity.</summary>
    public static ThemeRole Role(Activity activity) => activity switch
    {
        Activity.Busy => ThemeRole.ActivityBusy,
        Activity.Idle => ThemeRole.ActivityIdle,
        Activity.Waiting => ThemeRole.ActivityWaiting,
        Activity.Blocked => ThemeRole.ActivityBlocked,
        Activity.Limited => ThemeRole.ActivityLimited,
        _ => ThemeRole.TextDim,
    };

    /// <summary>The one-cell glyph of a link.</summary>
    public static string Glyph(SourceLink link) => link switch
    {
        SourceLink.Live => "●",
        SourceLink.Connecting or SourceLink.Stale => "◌",
        _ => "✖",
    };

    /// <summary>The role of a link.</summary>
    public static ThemeRole Role(SourceLink link) => link switch
    {
        SourceLink.Live => ThemeRole.LinkLive,
        SourceLink.Connecting or SourceLink.Stale => ThemeRole.LinkStale,
        _ => ThemeRole.LinkDown,
    };

    /// <summary>Whether what is shown of a source may be old: its link was lost. A source that never answered has nothing to be old.</summary>
    public static bool IsOld(SourceStatus? source) => source is null or { Link: SourceLink.Stale or SourceLink.Unreachable or SourceLink.Denied };

    /// <summary>Whether what is shown of an agent may be old: its source's link, or its own stream, was lost.</summary>
    public static bool IsOld(Agent agent, SourceStatus? source) => IsOld(source) || Freshness.LostSince(agent) is not null;

    /// <summary>How old what is shown of an agent is: <c>stale 41s</c>.</summary>
    public static string AgeOf(Agent agent, SourceStatus? source, DateTimeOffset now) =>
        $"stale {AgeText.Of(now - Freshness.AsOf(source, agent, now))}";

    /// <summary>Whether it was told to finish and take nothing new.</summary>
    public static bool IsDraining(AgentStatus status) => status.Conditions.Any(static condition => condition is { Type: ConditionTypes.Draining, Status: ConditionStatus.True });
}
