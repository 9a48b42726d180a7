namespace AgentDeck.Tui.Cli;

/// <summary>Asks the operator before something that is hard to undo.</summary>
internal static class Question
{
    /// <summary>Whether the operator said yes.</summary>
    /// <exception cref="CliException">Nobody can answer.</exception>
    public static async Task<bool> AskAsync(ICliConsole console, string question, CancellationToken cancellationToken)
    {
        if (!console.IsInputTerminal)
        {
            throw new CliException(ExitCode.Usage, $"'{question}' cannot be asked without a terminal: add --yes to do it unasked");
        }

        await console.Error.WriteAsync($"{question} [y/N] ");
        var answer = await console.In.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
        return answer?.Trim() is { } text && (text.Equals("y", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }
}
