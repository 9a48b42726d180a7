namespace AgentDeck.Tui.Cli;

/// <summary>A verb cannot do what was asked, for a reason that the operator can understand: printed to standard error, without a stack.</summary>
internal sealed class CliException : Exception
{
    /// <summary>Creates the exception; the message says what failed, where, and what to do.</summary>
    public CliException(int code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>The exit code, one of <see cref="ExitCode"/>.</summary>
    public int Code { get; }
}
