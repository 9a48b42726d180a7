using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Json;

/// <summary>Turns the domain into the documents of the command line, and those into text.</summary>
internal static class FleetJson
{
    private const string SnapshotSchema = "agentdeck.snapshot/v1";
    private const string DetectionSchema = "agentdeck.detection/v1";
    private const string EventSchema = "agentdeck.event/v1";

    private static readonly CliJsonContext Compact = new(Options(indented: false));
    private static readonly CliJsonContext Indented = new(Options(indented: true));

    /// <summary>The whole document of a look, on several lines or on one; no line feed at the end.</summary>
    public static string Write(FleetSnapshot fleet, IReadOnlyCollection<Agent> agents, DateTimeOffset now, bool indented) =>
        JsonSerializer.Serialize(DocumentOf(fleet, agents, now), (indented ? Indented : Compact).SnapshotDocument);

    /// <summary>One agent on one line; no line feed at the end.</summary>
    public static string WriteLine(FleetSnapshot fleet, Agent agent, DateTimeOffset now) =>
        JsonSerializer.Serialize(DocumentOf(fleet, agent, now), Compact.AgentDocument);

    /// <summary>One event on one line; no line feed at the end.</summary>
    public static string WriteLine(FleetEvent happened) => JsonSerializer.Serialize(DocumentOf(happened), Compact.EventDocument);

    /// <summary>What rules make of a screen, on several lines; no line feed at the end.</summary>
    public static string Write(DetectionReport report, string? command) => JsonSerializer.Serialize(
        new DetectionDocument(
            DetectionSchema,
            Words.Of(report.Activity),
            report.Why,
            command,
            [.. report.Matches.Select(match => new DetectionMatchDocument(match.Rule, match.Origin, Words.Of(match.Activity), match.Priority, match.Line, match.Holds))]),
        Indented.DetectionDocument);

    /// <summary>The document of a look at <paramref name="fleet"/> that shows <paramref name="agents"/> in their order.</summary>
    public static SnapshotDocument DocumentOf(FleetSnapshot fleet, IReadOnlyCollection<Agent> agents, DateTimeOffset now) => new(
        SnapshotSchema,
        now,
        [.. fleet.Sources.Select(source => new SourceDocument(source.Name, source.Kind, Words.Of(source.Link), source.LastSeen, source.Error, source.Leader))],
        [.. agents.Select(agent => DocumentOf(fleet, agent, now))],
        SummaryOf(agents));

    // What a lost source last said holds as of then: its agents are not said to be idle any longer than was seen.
    private static AgentDocument DocumentOf(FleetSnapshot fleet, Agent agent, DateTimeOffset now)
    {
        var status = agent.Status;
        var asOf = Freshness.AsOf(fleet, agent, now);
        return new AgentDocument(
            agent.Id.ToString(),
            agent.Id.Name,
            agent.Id.Source,
            status.Dialect,
            Words.Of(status.Phase),
            Words.Of(status.Activity),
            status.ActivityReason,
            status.Reason,
            status.Message,
            agent.IdleTime(asOf) is { } idle ? (long)idle.TotalSeconds : null,
            status.LastActivity,
            agent.Restarts,
            status.ExitCode,
            agent.Spec is { } spec ? (spec.Desired == DesiredState.Running ? "running" : "stopped") : null,
            agent.Spec is not null,
            status.Pod is { IsContainer: false } pod ? new PodDocument(pod.Namespace, pod.Name, pod.Uid, pod.Node, pod.Phase) : null,
            status.Pod is { Runtime: { } runtime } alone ? new ContainerDocument(runtime, alone.Uid, alone.Name, alone.Image, alone.Phase) : null,
            agent.Spec?.Setup.Labels.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string>.Empty,
            status.Command,
            status.LastLine,
            [.. agent.Conditions.Select(DocumentOf)],
            [.. status.Facts.Select(fact => new FactDocument(fact.Name, fact.Value, fact.At))],
            asOf);
    }

    private static ConditionDocument DocumentOf(Condition condition) => new(
        condition.Type,
        condition.Status switch { ConditionStatus.True => "True", ConditionStatus.False => "False", _ => "Unknown" },
        condition.Reason,
        condition.Message,
        condition.LastTransition,
        condition.ObservedGeneration);

    private static SummaryDocument SummaryOf(IReadOnlyCollection<Agent> agents) => new(
        agents.Count,
        agents.Count(agent => agent.Status.Phase == AgentPhase.Running),
        agents.Count(agent => agent.Status.Activity == Activity.Busy),
        agents.Count(agent => agent.Status.Activity == Activity.Waiting),
        agents.Count(agent => agent.Status.Activity == Activity.Blocked),
        agents.Count(agent => agent.Status.Phase == AgentPhase.Failed),
        agents.Count(agent => agent.Status.Phase == AgentPhase.Unknown));

    private static EventDocument DocumentOf(FleetEvent happened)
    {
        var blank = new EventDocument(EventSchema, happened.Seq, happened.At, "", happened.Agent?.ToString(), happened.Agent?.Source, null, null, null, null, null, null);
        return happened switch
        {
            AgentAppeared appeared => blank with { Type = "agent-appeared", To = Words.Of(appeared.Phase) },
            AgentGone gone => blank with { Type = "agent-gone", Reason = gone.Reason },
            PhaseChanged changed => blank with { Type = "phase-changed", From = Words.Of(changed.From), To = Words.Of(changed.To), Reason = changed.Reason },
            ActivityChanged changed => blank with { Type = "activity-changed", From = Words.Of(changed.From), To = Words.Of(changed.To), Reason = changed.Why },
            SourceLinkChanged changed => blank with { Type = "source-link-changed", Source = changed.Source, From = Words.Of(changed.From), To = Words.Of(changed.To), Reason = changed.Error },
            LeaderChanged changed => blank with { Type = "leader-changed", Source = changed.Source, From = changed.From, To = changed.To },
            ConfigurationReloaded reloaded => blank with { Type = "configuration-reloaded", Reason = reloaded.Errors == 0 ? null : $"{reloaded.Errors} errors: the configuration before stays in force" },
            KeeperChanged changed => blank with { Type = "keeper-changed", To = changed.Keeper },
            AgentQuarantined quarantined => blank with
            {
                Type = quarantined.Until is null ? "agent-quarantine-lifted" : "agent-quarantined",
                To = quarantined.Until?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                Reason = quarantined.Reason,
            },
            ConditionChanged changed => blank with
            {
                Type = "condition-changed",
                From = changed.Holds ? null : changed.Type,
                To = changed.Holds ? changed.Type : null,
                Reason = changed.Holds ? changed.Message : null,
            },
            OperationFinished finished => blank with
            {
                Type = "operation-finished",
                Operator = finished.Operator,
                Operation = finished.Operation,
                Outcome = WordOf(finished.Outcome),
                Reason = finished.Detail,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
        };
    }

    private static string WordOf(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Succeeded => "succeeded",
        OperationOutcome.Refused => "refused",
        OperationOutcome.Partial => "partial",
        _ => "failed",
    };

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,
        Converters = { new TimeConverter() },
        Encoder = JavaScriptEncoder.Create(Readable()),
    };

    // Leaves other scripts readable and escapes all that could disturb a terminal: the encoder does so with control
    // characters by itself, not with those that turn or hide the text around them.
    private static TextEncoderSettings Readable()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidRanges(
            UnicodeRange.Create('\u00AD', '\u00AD'),
            UnicodeRange.Create('\u061C', '\u061C'),
            UnicodeRange.Create('\u200B', '\u200F'),
            UnicodeRange.Create('\u202A', '\u202E'),
            UnicodeRange.Create('\u2060', '\u206F'),
            UnicodeRange.Create('\uFEFF', '\uFEFF'),
            UnicodeRange.Create('\uFFF9', '\uFFFB'));
        return settings;
    }
}
