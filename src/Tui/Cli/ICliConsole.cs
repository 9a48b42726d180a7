namespace AgentDeck.Tui.Cli;

/// <summary>Where a verb reads and prints: data to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal interface ICliConsole
{
    /// <summary>Standard output; buffered: flush it when the reader should see it. Throws <see cref="OutputClosedException"/> when nobody reads.</summary>
    TextWriter Out { get; }

    /// <summary>Standard error; unbuffered.</summary>
    TextWriter Error { get; }

    /// <summary>Standard input.</summary>
    TextReader In { get; }

    /// <summary>Whether a person may answer on <see cref="In"/>.</summary>
    bool IsInputTerminal { get; }

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    bool IsOutputTerminal { get; }

    /// <summary>The terminal's width in cells, or null when <see cref="Out"/> is not a terminal.</summary>
    int? Width { get; }

    /// <summary>Completes when nobody reads <see cref="Out"/> any more; cancelled with <paramref name="cancellationToken"/>.</summary>
    Task WaitForClosedOutputAsync(CancellationToken cancellationToken);
}
