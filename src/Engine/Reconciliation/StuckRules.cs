using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Tells what takes much longer than it should. Pure.</summary>
internal static class StuckRules
{
    /// <summary>How long an agent may be pending or starting; a start that was asked for has failed then.</summary>
    internal static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    /// <summary>How long an agent may be stopping.</summary>
    internal static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    /// <summary>How long a request may wait before anything came of it.</summary>
    internal static readonly TimeSpan RequestLimit = TimeSpan.FromMinutes(2);

    /// <summary>Since when the agent is where it should not stay, how long it may, and what to say then; null when there is no such limit.</summary>
    public static (DateTimeOffset Due, string Reason, string Message)? Limit(AgentUpkeep upkeep) => (upkeep.Phase, upkeep.PhaseSince, upkeep.Request) switch
    {
        (_, _, { InterruptedAt: null, StartedAt: null } request) =>
            (request.At + RequestLimit, "RequestUnanswered", $"the {Words.Of(request.Kind)} that {request.By} asked for has come to nothing for {Minutes(RequestLimit)}"),
        (AgentPhase.Pending, { } since, _) => (since + StartLimit, "PendingTooLong", $"it has been pending for over {Minutes(StartLimit)}"),
        (AgentPhase.Starting, { } since, _) => (since + StartLimit, "StartingTooLong", $"it has been starting for over {Minutes(StartLimit)}"),
        (AgentPhase.Stopping, { } since, _) => (since + StopLimit, "StoppingTooLong", $"it has been stopping for over {Minutes(StopLimit)}"),
        _ => null,
    };

    private static string Minutes(TimeSpan span) => $"{span.TotalMinutes:0} min";
}
