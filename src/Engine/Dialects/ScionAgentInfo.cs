using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>What an agent of scion says of itself in <c>agent-info.json</c>. It may be old, and its writer may be dead. Texts are plain.</summary>
/// <param name="Phase">One of scion's phases, for example <c>cloning</c>; may be empty or anything else.</param>
/// <param name="Activity">One of scion's activities, for example <c>waiting_for_input</c>; may be empty or anything else.</param>
/// <param name="Tool">The tool that it uses while it is executing; empty otherwise.</param>
/// <param name="Message">What it says about its state; may be empty.</param>
/// <param name="Task">What it works on; may be empty.</param>
internal sealed record ScionAgentInfo(string Phase, string Activity, string Tool, string Message, string Task)
{
    /// <summary>Where the file lies in the home directory of scion's user.</summary>
    public const string FileName = "agent-info.json";

    private const int LongestText = 256;

    /// <summary>The whole file as it may be remembered; empty when it may not. Not plain.</summary>
    public string Content { get; init; } = "";

    /// <summary>Whether it says that it is at work, which may change without a word on its screen.</summary>
    public bool IsAtWork => Phase == "running" && Activity is "thinking" or "executing";

    /// <summary>What the agent says beside its phase and activity.</summary>
    public ImmutableArray<Fact> Facts =>
    [
        .. from fact in new[] { ("task", Task), ("tool", Activity == "executing" ? Tool : "") }
           where fact.Item2.Length > 0
           select new Fact(fact.Item1, fact.Item2),
    ];

    /// <summary>What is told of a report of before: nothing of it is taken for how the agent is, and each of its facts has its age.</summary>
    public static ImmutableArray<Fact> Recall(AgentReport? report) =>
        report is null || Read(Encoding.UTF8.GetBytes(report.Content), static _ => { }) is not { } info
            ? []
            : [new Fact("last report", PodEnds.Sentence(info.Activity.Length > 0 ? info.Activity : info.Phase, info.Message), report.From.At),
               .. info.Facts.Select(fact => fact with { At = report.From.At })];

    /// <summary>Reads the file's content; null when it is no JSON object, as while it is being written.</summary>
    /// <param name="content">UTF-8.</param>
    /// <param name="warn">Takes one sentence for each field that cannot be used.</param>
    public static ScionAgentInfo? Read(ReadOnlyMemory<byte> content, Action<string> warn)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var fields = new JsonFields(document.RootElement, "", warn);
            return fields.Exists ? Read(fields) : null;
        }
        catch (JsonException)
        {
            warn($"{FileName} is not JSON");
            return null;
        }
    }

    /// <summary>
    /// A reading of the pod, completed by what the agent says of itself. What the pod says wins, always: the file counts only
    /// while the container runs. A file that says stopped is then old, and one that says starting is believed until there is a
    /// session.
    /// </summary>
    public ScionReport Complete(RuntimeReading reading)
    {
        if (reading.Judgement is not null)
        {
            return new ScionReport(reading, null, "");
        }

        return Phase switch
        {
            "created" or "provisioning" or "cloning" or "starting" => new ScionReport(
                reading with { WithoutSession = new PhaseJudgement(AgentPhase.Starting, Capital(Phase), Said("its session is coming up")) }, null, ""),
            "stopping" => new ScionReport(
                reading with { Judgement = new PhaseJudgement(AgentPhase.Stopping, "ReportedStopping", Said("it says that it is stopping")), WithoutSession = null }, null, ""),
            "error" => new ScionReport(
                reading with { Judgement = new PhaseJudgement(AgentPhase.Failed, "ReportedError", Said("it reports an error")), WithoutSession = null }, null, ""),
            "running" => Running(reading),
            _ => new ScionReport(reading, null, ""),
        };
    }

    private static ScionAgentInfo Read(JsonFields fields)
    {
        var detail = fields.Object("detail");
        return new ScionAgentInfo(
            Plain(fields, "phase"),
            Plain(fields, "activity"),
            Plain(detail, "toolName") is { Length: > 0 } tool ? tool : Plain(fields, "toolName"),
            Plain(detail, "message"),
            Plain(detail, "taskSummary") is { Length: > 0 } task ? task : Plain(fields, "taskSummary"));
    }

    private ScionReport Running(RuntimeReading reading)
    {
        Activity? activity = Activity switch
        {
            "thinking" or "executing" => Domain.Activity.Busy,
            "idle" or "completed" or "stalled" => Domain.Activity.Idle,
            "waiting_for_input" => Domain.Activity.Waiting,
            "blocked" => Domain.Activity.Blocked,
            "limits_exceeded" => Domain.Activity.Limited,
            _ => null,
        };
        var words = Activity.Length == 0 ? "" : $"it reports {Activity}{(Tool.Length > 0 ? $" ({Tool})" : "")}";
        return new ScionReport(reading, activity, Message.Length > 0 && words.Length > 0 ? $"{words}: {Message}" : words);
    }

    private string Said(string ours) => PodEnds.Sentence(ours, Message);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Plain(JsonFields fields, string name) => PlainText.Sanitize(fields.OptionalText(name) ?? "", LongestText);
}
