using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;
using Xunit;

namespace AgentDeck.Testing;

/// <summary>
/// A real tmux server of one test, on a socket that nobody else has, in an empty configuration; killed and removed at the end.
/// Fails clearly where tmux is not installed.
/// </summary>
public sealed class TmuxFixture : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-tmux-").FullName;
    private Process? _frozen;

    /// <summary>The socket's path, for <c>tmux -S</c>; a source takes it as the name of its socket.</summary>
    public string Socket => Path.Combine(_folder, "socket");

    /// <summary>A folder that is removed with the server.</summary>
    public string Folder => _folder;

    /// <summary>How long <see cref="WaitAsync"/> waits before it fails the test.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Starts a session that runs <c>sh -c</c> and keeps its pane when the command ends. The first one starts the server.</summary>
    /// <returns>The id of its pane, for example <c>%0</c>.</returns>
    public async Task<string> StartAsync(string name, string shellCommand, int columns = 80, int rows = 24)
    {
        var printed = await RunAsync(
            "new-session", "-d", "-P", "-F", "#{pane_id}", "-s", name, "-x", $"{columns}", "-y", $"{rows}", "--", "sh", "-c", shellCommand,
            ";", "set-option", "-w", "remain-on-exit", "on");
        return printed.Trim();
    }

    /// <summary>Runs a tmux command with exactly these arguments; fails the test when tmux refuses.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryRunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"tmux {string.Join(' ', arguments)} failed: {result.Error}{result.Output}");
        return result.Output;
    }

    /// <summary>Runs a tmux command that may be refused.</summary>
    public Task<CommandResult> TryRunAsync(params string[] arguments)
    {
        var command = new CommandSpec
        {
            Program = "tmux",
            Arguments = ["-S", Socket, "-u", "-f", "/dev/null", .. arguments],
            Environment = ImmutableDictionary<string, string?>.Empty.Add("TMUX", null).Add("TMUX_PANE", null),
        };
        return new LocalCommandRunner(TimeProvider.System).RunAsync(command, null, CommandTimeout, CancellationToken.None);
    }

    /// <summary>The screen of a pane or session as plain text.</summary>
    public Task<string> ScreenAsync(string target) => RunAsync("capture-pane", "-p", "-t", target);

    /// <summary>Waits until a pane's screen is as expected and returns it.</summary>
    public Task<string> WaitForScreenAsync(string target, Func<string, bool> isExpected) =>
        WaitAsync(() => ScreenAsync(target), isExpected, $"the screen of {target}");

    /// <summary>Waits until a pane shows a text and returns its screen.</summary>
    public Task<string> WaitForTextAsync(string target, string text) =>
        WaitForScreenAsync(target, screen => screen.Contains(text, StringComparison.Ordinal));

    /// <summary>Looks again and again until what is seen is as expected; fails the test with the last look after <see cref="Deadline"/>.</summary>
    public async Task<T> WaitAsync<T>(Func<Task<T>> look, Func<T, bool> isExpected, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isExpected(seen))
            {
                return seen;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, $"{what} never became as expected; last seen:\n{seen}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Kills the server the hard way, as a crash would, and waits for its end: until then it still takes connections.</summary>
    public async Task KillServerHardAsync()
    {
        var server = await ServerAsync();
        server.Kill();
        await server.WaitForExitAsync();
    }

    /// <summary>Stops the server without ending it: it answers nothing until the fixture is disposed of, which kills it.</summary>
    public async Task FreezeServerAsync()
    {
        _frozen = await ServerAsync();
        var freeze = new CommandSpec { Program = "kill", Arguments = ["-STOP", $"{_frozen.Id}"] };
        await new LocalCommandRunner(TimeProvider.System).RunAsync(freeze, null, CommandTimeout, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_frozen is not null)
        {
            _frozen.Kill();
            await _frozen.WaitForExitAsync();
            _frozen = null;
        }

        if (Directory.Exists(_folder))
        {
            await TryRunAsync("-N", "kill-server");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<Process> ServerAsync() =>
        Process.GetProcessById(int.Parse(await RunAsync("display-message", "-p", "#{pid}"), CultureInfo.InvariantCulture));
}
