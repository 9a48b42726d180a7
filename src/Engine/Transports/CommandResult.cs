namespace AgentDeck.Engine.Transports;

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output as UTF-8, at most <see cref="OutputLimit"/> characters.</param>
/// <param name="Error">Its standard error, bounded in the same way.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>How many characters of each stream are kept; the rest is read and dropped.</summary>
    public const int OutputLimit = 4 * 1024 * 1024;
}
