using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>One line of the file; which of the optional values it has is a matter of its kind. The names of its members are the file format.</summary>
/// <param name="Seq">Grows by one with every change. In a snapshot: that of the last change before it, for events their own.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">What it says: one of the constants here.</param>
internal sealed record JournalLine(long Seq, DateTimeOffset At, string Kind)
{
    /// <summary>The first line of a file: what format it has, how many lines of snapshot follow, and who wrote it.</summary>
    public const string HeaderKind = "header";

    /// <summary>All that is remembered of an agent.</summary>
    public const string AgentKind = "agent";

    /// <summary>An agent is remembered no longer.</summary>
    public const string ForgottenKind = "forgotten";

    /// <summary>Something happened.</summary>
    public const string EventKind = "event";

    /// <summary>The format of the file.</summary>
    public int? Format { get; init; }

    /// <summary>How many lines after the header are the snapshot.</summary>
    public int? Lines { get; init; }

    /// <summary>The program that wrote the file.</summary>
    public string? Program { get; init; }

    /// <summary>The agent concerned.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>What is remembered of it.</summary>
    public AgentRecord? Record { get; init; }

    /// <summary>The event's kind.</summary>
    public string? Event { get; init; }

    /// <summary>What happened.</summary>
    public string? Text { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? By { get; init; }

    /// <summary>The event for programs.</summary>
    public FleetEvent? What { get; init; }

    /// <summary>Whether this program can apply it; what it cannot apply is kept as it is.</summary>
    public bool IsUnderstood => Kind switch
    {
        AgentKind => IsWhole(Agent) && Record is not null,
        ForgottenKind => IsWhole(Agent),
        EventKind => (Agent is null || IsWhole(Agent)) && Event is not null && Text is not null,
        _ => false,
    };

    /// <summary>The line of an event.</summary>
    public static JournalLine Of(JournalledEvent happened) =>
        new(happened.Seq, happened.At, EventKind)
        {
            Agent = happened.Agent,
            Event = happened.Kind,
            Text = happened.Text,
            By = happened.By.Length > 0 ? happened.By : null,
            What = happened.What,
        };

    /// <summary>The event that this line is about.</summary>
    public JournalledEvent ToEvent() => new(Seq, At, Agent, Event ?? "", Text ?? "", By ?? "") { What = What };

    private static bool IsWhole(AgentId? agent) => agent is { Source: not null, Scope: not null, Name: not null };
}
