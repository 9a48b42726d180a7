namespace AgentDeck.EndToEnd.Tests;

/// <summary>A real tmux server in a folder of its own.</summary>
internal sealed class TmuxServer(string folder, string socket, IReadOnlyDictionary<string, string> environment)
{
    public string Socket => socket;

    /// <summary>Runs a tmux command and returns what it prints; fails when tmux does.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {result.Error}");
    }

    public Task<ShellResult> TryAsync(params string[] arguments) =>
        Shell.RunAsync("tmux", ["-u", "-f", "/dev/null", "-L", socket, .. arguments], environment, folder);

    /// <summary>Starts a session that runs a shell script.</summary>
    public Task StartAsync(string name, string script, int columns = 80, int rows = 24) =>
        RunAsync("new-session", "-d", "-s", name, "-x", $"{columns}", "-y", $"{rows}", "sh", "-c", script);

    /// <summary>The same, and says whether tmux did it.</summary>
    public async Task<bool> TryStartAsync(string name, string script) =>
        (await TryAsync("new-session", "-d", "-s", name, "-x", "80", "-y", "24", "sh", "-c", script)).ExitCode == 0;

    /// <summary>What a pane shows, as text.</summary>
    public Task<string> ScreenAsync(string session) => RunAsync("capture-pane", "-p", "-t", $"={session}:");

    /// <summary>Waits until a pane shows something.</summary>
    public Task<string> SeeAsync(string session, string what) =>
        Eventually.HoldsAsync(() => ScreenAsync(session), screen => screen.Contains(what, StringComparison.Ordinal), $"{session} shows '{what}'");

    /// <summary>Evaluates a format for a session.</summary>
    public async Task<string> AskAsync(string session, string format) =>
        (await RunAsync("display-message", "-p", "-t", $"={session}:", format)).TrimEnd('\n');

    /// <summary>The process id of the server.</summary>
    public async Task<string> PidAsync() => (await RunAsync("display-message", "-p", "#{pid}")).Trim();

    /// <summary>Sends a signal to the server, which cannot be asked for its process id while it is stopped.</summary>
    public Task SignalAsync(string pid, string signal) => Shell.RunAsync("kill", [$"-{signal}", pid], environment, folder);

    /// <summary>Ends the server as a crash would.</summary>
    public async Task KillHardAsync() => await SignalAsync(await PidAsync(), "KILL");
}
