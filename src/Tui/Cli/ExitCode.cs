namespace AgentDeck.Tui.Cli;

/// <summary>The exit codes of every verb.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>An internal error, or an operation that was refused or failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>At least one source could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>An agent is in a state that was named by <c>--fail-on</c>.</summary>
    public const int FailOn = 4;

    /// <summary>How a shell reports a program that an interrupt ended.</summary>
    public const int Interrupted = 130;
}
