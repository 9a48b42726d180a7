using System.Globalization;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Tui.Cli.Doctor;

/// <summary>Whether there is a tmux and what it can do.</summary>
internal static class TmuxCheck
{
    private const string Subject = "tmux";
    private const string Install = "install tmux 3.2 or later, for example with 'apt install tmux' or 'brew install tmux'";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Version OldestWithSubscriptions = new(3, 2);

    /// <summary>Asks tmux for its version.</summary>
    public static async Task<Finding> RunAsync(ICommandRunner tools, CancellationToken cancellationToken)
    {
        try
        {
            var result = await tools.RunAsync(new CommandSpec { Program = "tmux", Arguments = ["-V"] }, null, Patience, cancellationToken);
            var text = result.Output.Trim();
            return VersionIn(text) is not { } version ? new Finding(Grade.Doubtful, Subject, $"says '{text}', which is no version that is known")
                : version < OldestWithSubscriptions ? new Finding(Grade.Doubtful, Subject, $"{text} cannot push changes: agents are looked at in intervals", Install)
                : new Finding(Grade.Good, Subject, text);
        }
        catch (TransportException failure)
        {
            return new Finding(Grade.Bad, Subject, failure.Message, failure.Fault == TransportFault.ProgramMissing ? Install : null);
        }
    }

    // "tmux 3.3a", "tmux next-3.5", "tmux openbsd-7.4": a number, then perhaps a letter.
    private static Version? VersionIn(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return null;
        }

        var number = text[start..].TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]);
        var dot = number.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && int.TryParse(number[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(number[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new Version(major, minor)
            : null;
    }
}
