using System.Diagnostics;

namespace AgentDeck.Benchmarks;

/// <summary>An empty home and a tmux server of its own; both are gone afterwards.</summary>
internal sealed class Playground : IDisposable
{
    /// <summary>The socket's name, as for <c>tmux -L</c>.</summary>
    public const string Socket = "bench";

    private readonly string _folder = Directory.CreateTempSubdirectory("ad-bench-").FullName;

    public Playground()
    {
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = _folder,
            ["TMUX_TMPDIR"] = _folder,
            ["LANG"] = "C.UTF-8",
            ["TERM"] = "xterm-256color",
            ["TMUX"] = null,
            ["TMUX_PANE"] = null,
        };
        File.WriteAllText(Configuration, $"[[source]]\nname = \"here\"\nkind = \"local\"\nsocket = \"{Socket}\"\n");
    }

    /// <summary>The folder that is the home.</summary>
    public string Folder => _folder;

    /// <summary>An <c>agents.toml</c> that watches the server.</summary>
    public string Configuration => Path.Combine(_folder, "agents.toml");

    /// <summary>Variables for every program that takes part.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>Starts a session that runs a shell script.</summary>
    public void StartSession(string name, string script) =>
        Run("tmux", ["-u", "-f", "/dev/null", "-L", Socket, "new-session", "-d", "-s", name, "-x", "120", "-y", "40", "sh", "-c", script]);

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public string Run(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
    }

    public void Dispose()
    {
        try
        {
            Run("tmux", ["-L", Socket, "kill-server"]);
        }
        catch (InvalidOperationException)
        {
            // There was none.
        }

        Directory.Delete(_folder, recursive: true);
    }
}
