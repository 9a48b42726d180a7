namespace AgentDeck.Engine.Transports;

/// <summary>A command some of whose exit codes are the word of what started it, not its own.</summary>
/// <param name="stream">The command; disposed with this.</param>
/// <param name="judge">What an exit code stands for; null when it is the command's own.</param>
internal sealed class JudgedStream(ICommandStream stream, Func<int, TransportException?> judge) : ForwardedStream(stream)
{
    /// <inheritdoc/>
    public override Task<int> ExitCode { get; } = JudgeAsync(stream.ExitCode, judge);

    private static async Task<int> JudgeAsync(Task<int> ended, Func<int, TransportException?> judge) =>
        await ended is var code && judge(code) is { } failure ? throw failure : code;
}
