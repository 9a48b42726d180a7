using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Has each line of commands done by a tmux of its own: where no stream is open, and where tmux is too old for one. What a line
/// holds stands in the arguments of a process, so it may not exceed what tmux takes there (16 KiB).
/// </summary>
/// <param name="runner">Runs that tmux.</param>
/// <param name="address">The server.</param>
internal sealed class TmuxOneShot(ICommandRunner runner, TmuxAddress address) : ITmuxClient
{
    /// <summary>What a shell and env say when there is no such program.</summary>
    internal const int NotFound = 127;

    private const int MarkLength = 32;

    /// <inheritdoc/>
    public TmuxAddress Address => address;

    /// <inheritdoc/>
    public async Task<ImmutableArray<TmuxReply>> ExecuteAsync(TmuxCommandLine line, CancellationToken cancellationToken)
    {
        // What the commands print comes in one piece. Nobody in a pane can guess the mark that parts it.
        var mark = RandomNumberGenerator.GetHexString(MarkLength);
        var result = await RunAsync(line, mark, cancellationToken);
        var printed = Split(result.Output, mark);
        if (result.ExitCode == 0)
        {
            return printed.Length == line.Count ? printed : throw new TmuxException(TmuxFault.Cut, $"tmux on {address}: an answer is incomplete");
        }

        var said = result.Error.Length > 0 ? result.Error : result.Output;
        return result.ExitCode == NotFound
            ? throw TmuxErrors.NoProgram(address)
            : TmuxErrors.Classify(said) is TmuxFault.ServerGone or TmuxFault.Denied or TmuxFault.Unreachable or TmuxFault.VersionMismatch
            ? throw TmuxErrors.ToException(said, address)
            : [.. printed.Take(Math.Min(printed.Length, line.Count) - 1), new TmuxReply(0, 1, IsError: true, Encoding.UTF8.GetBytes(said), IsTruncated: false)];
    }

    private async Task<CommandResult> RunAsync(TmuxCommandLine line, string mark, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.RunAsync(address.OneShot(line.ToArguments(mark)), null, TmuxLink.Deadline, cancellationToken);
        }
        catch (TransportException failure)
        {
            throw TmuxErrors.ToException(failure, address);
        }
    }

    private static ImmutableArray<TmuxReply> Split(string output, string mark)
    {
        var replies = ImmutableArray.CreateBuilder<TmuxReply>();
        var body = new StringBuilder();
        foreach (var line in output.Split('\n'))
        {
            if (line == mark)
            {
                Add();
            }
            else
            {
                body.Append(line).Append('\n');
            }
        }

        // The last line feed ended a line and began none.
        body.Length--;
        Add();
        return replies.ToImmutable();

        void Add()
        {
            replies.Add(new TmuxReply(0, 1, IsError: false, Encoding.UTF8.GetBytes(body.ToString()), output.Length >= CommandResult.OutputLimit));
            body.Clear();
        }
    }
}
