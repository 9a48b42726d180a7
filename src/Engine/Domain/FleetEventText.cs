namespace AgentDeck.Engine.Domain;

/// <summary>Says what happened in words, for the deck and for <c>agentdeck events</c>. All text that it returns is plain.</summary>
public static class FleetEventText
{
    /// <summary>Whom or what the event is about: an agent's id, <c>source gc</c>, or <c>agents.toml</c>.</summary>
    public static string Subject(FleetEvent happened) => happened switch
    {
        { Agent: { } agent } => Plain(agent.ToString()),
        LeaderChanged change => $"source {Plain(change.Source)}",
        SourceLinkChanged link => $"source {Plain(link.Source)}",
        ConfigurationReloaded or KeeperChanged => "agents.toml",
        _ => "deck",
    };

    /// <summary>What happened to <see cref="Subject"/>, as a sentence without its subject, for example <c>went from running to failed (ExitCode)</c>.</summary>
    public static string Describe(FleetEvent happened) => happened switch
    {
        AgentAppeared appeared => $"appeared, {Words.Of(appeared.Phase)}",
        AgentGone gone => "is gone" + Because(gone.Reason),
        PhaseChanged { To: AgentPhase.Failed, Message.Length: > 0 } failed => $"went from {Words.Of(failed.From)} to failed ({Plain(failed.Reason)}: {Plain(failed.Message)})",
        PhaseChanged changed => $"went from {Words.Of(changed.From)} to {Words.Of(changed.To)}" + Because(changed.Reason),
        ActivityChanged changed => Activities(changed.From, changed.To) + Because(changed.Why),
        SourceLinkChanged changed => $"went from {Words.Of(changed.From)} to {Words.Of(changed.To)}" + (changed.Error is { Length: > 0 } error ? $": {Plain(error)}" : ""),
        LeaderChanged { To: null } changed => $"is kept by nobody that is known{Before(changed)}",
        LeaderChanged changed => $"is kept by {Plain(changed.To)} now{Before(changed)}",
        ConfigurationReloaded { Errors: 0 } => "was read again",
        ConfigurationReloaded { Errors: 1 } => "was read again: 1 error, the last good configuration stays in force",
        ConfigurationReloaded reloaded => $"was read again: {reloaded.Errors} errors, the last good configuration stays in force",
        KeeperChanged changed => $"is kept by {Plain(changed.Keeper)} now",
        AgentQuarantined { Until: { } until } quarantined => $"is left alone until {until:HH:mm:ss} UTC{Because(quarantined.Reason)}",
        AgentQuarantined => "is no longer left alone",
        ConditionChanged { Holds: true } changed => $"is {Word(changed.Type)}: {Plain(changed.Message)}",
        ConditionChanged changed => $"is no longer {Word(changed.Type)}",
        OperationFinished finished => Finished(finished),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
    };

    /// <summary>Who asked for it, or empty when nobody did.</summary>
    public static string Operator(FleetEvent happened) => happened is OperationFinished finished ? Plain(finished.Operator) : "";

    private static string Finished(OperationFinished finished)
    {
        var by = finished.Operator.Length > 0 ? $" by {Plain(finished.Operator)}" : "";
        var outcome = finished.Outcome switch
        {
            OperationOutcome.Succeeded => "done",
            OperationOutcome.Refused => "refused",
            OperationOutcome.Partial => "done in part",
            _ => "failed",
        };
        var detail = Plain(finished.Detail);
        var end = finished.Outcome == OperationOutcome.Succeeded && detail.Length > 0 ? detail
            : detail.Length == 0 || detail.StartsWith(outcome, StringComparison.Ordinal) ? outcome + detail[Math.Min(outcome.Length, detail.Length)..]
            : $"{outcome}: {detail}";
        return $"{Plain(finished.Operation)}{by}: {end}";
    }

    private static string Activities(Activity from, Activity to) => (from, to) switch
    {
        (_, Activity.None) => $"is no longer {Words.Of(from)}",
        (Activity.None, _) => $"is {Words.Of(to)}",
        _ => $"went from {Words.Of(from)} to {Words.Of(to)}",
    };

    private static string Before(LeaderChanged changed) => changed.From is { } from ? $", before by {Plain(from)}" : "";

    private static string Word(string condition) => Plain(condition.ToLowerInvariant());

    private static string Because(string reason) => reason.Length > 0 ? $" ({Plain(reason)})" : "";

    private static string Plain(string text) => PlainText.Sanitize(text);
}
