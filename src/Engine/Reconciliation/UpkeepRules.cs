using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>What follows for the memory of an agent from how it is seen now. Pure; seeing the same again changes nothing.</summary>
internal static class UpkeepRules
{
    /// <summary>The memory after a look.</summary>
    /// <param name="upkeep">The memory before.</param>
    /// <param name="status">What was observed; its source is live.</param>
    /// <param name="limits">When ends become a crash loop.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="jitter">A number from 0 to 1 that spreads the next start.</param>
    public static AgentUpkeep Observe(AgentUpkeep upkeep, AgentStatus status, CrashLoopLimits limits, DateTimeOffset now, double jitter)
    {
        if (upkeep.Phase != status.Phase || upkeep.PhaseSince is null)
        {
            upkeep = upkeep with { Phase = status.Phase, PhaseSince = now };
        }

        if (upkeep.Quarantine is { } quarantine && quarantine.Until <= now)
        {
            upkeep = upkeep with { Quarantine = null, RapidEnds = 0, EarlyEnds = 0, NextStart = null };
        }

        return status.Phase switch
        {
            AgentPhase.Running or AgentPhase.Stopping => Running(upkeep, status, limits, now),
            AgentPhase.Completed or AgentPhase.Failed or AgentPhase.Stopped => Ended(upkeep, status, limits, now, jitter),
            _ => upkeep,
        };
    }

    /// <summary>The memory after it was started, which is always after its last end.</summary>
    public static AgentUpkeep Started(AgentUpkeep upkeep, DateTimeOffset at) =>
        upkeep with { LastStart = upkeep.LastEnd is { } end && at <= end ? end.AddTicks(1) : at, NextStart = null };

    /// <summary>The memory after a start that failed, which counts as a run that ended at once.</summary>
    public static AgentUpkeep AfterFailedStart(AgentUpkeep upkeep, CrashLoopLimits limits, DateTimeOffset now, double jitter) =>
        AfterRun(upkeep with { LastStart = now, LastEnd = now }, TimeSpan.Zero, limits, now, jitter);

    /// <summary>When a look is due without any change, or null: its counts are forgiven or its quarantine ends then.</summary>
    public static DateTimeOffset? NextLook(AgentUpkeep upkeep, CrashLoopLimits limits) =>
        upkeep.Quarantine is { } quarantine ? quarantine.Until
        : !IsRunning(upkeep) ? null
        : upkeep.RapidEnds > 0 ? upkeep.LastStart + limits.Rapid
        : upkeep.EarlyEnds > 0 ? upkeep.LastStart + limits.Early
        : null;

    private static bool IsRunning(AgentUpkeep upkeep) => upkeep is { LastStart: { } start } && (upkeep.LastEnd is not { } end || end < start);

    private static AgentUpkeep Running(AgentUpkeep upkeep, AgentStatus status, CrashLoopLimits limits, DateTimeOffset now)
    {
        if (!IsRunning(upkeep))
        {
            // Somebody else started it; what it reports of its beginning counts unless that was before its last end.
            var began = status.StartedAt is { } started && started <= now && (upkeep.LastEnd is not { } end || started > end) ? started : now;
            upkeep = Started(upkeep, began);
        }

        var lived = now - upkeep.LastStart!.Value;
        return lived >= limits.Early && (upkeep.EarlyEnds, upkeep.RapidEnds) != (0, 0) ? upkeep with { RapidEnds = 0, EarlyEnds = 0 }
            : lived >= limits.Rapid && upkeep.RapidEnds != 0 ? upkeep with { RapidEnds = 0 }
            : upkeep;
    }

    private static AgentUpkeep Ended(AgentUpkeep upkeep, AgentStatus status, CrashLoopLimits limits, DateTimeOffset now, double jitter)
    {
        if (upkeep.LastEnd is not null && !IsRunning(upkeep))
        {
            return upkeep;
        }

        var lived = now - (upkeep.LastStart ?? status.StartedAt);
        upkeep = upkeep with { LastEnd = now };
        if (status.Phase == AgentPhase.Stopped || lived is null)
        {
            return upkeep with { NextStart = null };
        }

        return AfterRun(upkeep, lived.Value, limits, now, jitter);
    }

    private static AgentUpkeep AfterRun(AgentUpkeep upkeep, TimeSpan lived, CrashLoopLimits limits, DateTimeOffset now, double jitter)
    {
        upkeep = lived < limits.Rapid ? upkeep with { RapidEnds = upkeep.RapidEnds + 1 }
            : lived < limits.Early ? upkeep with { RapidEnds = 0, EarlyEnds = upkeep.EarlyEnds + 1 }
            : upkeep with { RapidEnds = 0, EarlyEnds = 0 };
        if (upkeep.RapidEnds >= limits.RapidLimit || upkeep.EarlyEnds >= limits.EarlyLimit)
        {
            var why = upkeep.RapidEnds >= limits.RapidLimit
                ? $"it ended {upkeep.RapidEnds} times in a row within {Seconds(limits.Rapid)}"
                : $"it ended {upkeep.EarlyEnds} times in a row within {Seconds(limits.Early)}";
            return upkeep with { Quarantine = new Quarantine(now, now + limits.Quarantine, why), NextStart = now + limits.Quarantine };
        }

        return upkeep with { NextStart = now + Wait(limits, Math.Max(upkeep.RapidEnds, upkeep.EarlyEnds), jitter) };
    }

    private static TimeSpan Wait(CrashLoopLimits limits, int ends, double jitter)
    {
        var backoff = new Backoff(() => jitter, limits.FirstWait);
        var wait = backoff.Next();
        for (var end = 1; end < ends; end++)
        {
            wait = backoff.Next();
        }

        return wait;
    }

    private static string Seconds(TimeSpan span) => span < TimeSpan.FromMinutes(2) ? $"{span.TotalSeconds:0} s" : $"{span.TotalMinutes:0} min";
}
