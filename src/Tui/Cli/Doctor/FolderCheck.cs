using AgentDeck.Engine.Configuration;

namespace AgentDeck.Tui.Cli.Doctor;

/// <summary>Whether the folders that the deck uses can be used.</summary>
internal static class FolderCheck
{
    /// <summary>Whether logs can be written: tries it with an empty file that is gone at once.</summary>
    public static Finding State(string folder)
    {
        const string subject = "state folder";
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
            File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return new Finding(Grade.Good, subject, $"{folder} can be written");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Finding(Grade.Doubtful, subject, $"{folder} cannot be written, so nothing is logged ({failure.Message})", "make it writable, or set XDG_STATE_HOME to a folder that is");
        }
    }

    /// <summary>Where the server of a source listens, by tmux's own rule: <c>${TMUX_TMPDIR:-/tmp}/tmux-UID/NAME</c>.</summary>
    public static Finding Socket(LocalSourceSpec source, Func<string, string?> environment)
    {
        var subject = $"socket of {source.Name}";
        var parent = environment("TMUX_TMPDIR") is { Length: > 0 } own ? own : "/tmp";
        if (!Directory.Exists(parent))
        {
            return new Finding(Grade.Bad, subject, $"{parent} does not exist, so no tmux server can listen there", "create it, or unset TMUX_TMPDIR");
        }

        return new Finding(Grade.Good, subject, $"tmux -L {source.SocketName}, below {parent}");
    }
}
