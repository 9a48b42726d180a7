namespace AgentDeck.Tui.Cli.Output;

/// <summary>How a look at the fleet is printed.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>More columns for people.</summary>
    Wide,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object a line, one line an agent.</summary>
    Jsonl,

    /// <summary>One id a line.</summary>
    Name,

    /// <summary>How many there are.</summary>
    Count,
}
