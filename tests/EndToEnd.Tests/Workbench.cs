using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AgentDeck.Testing;

namespace AgentDeck.EndToEnd.Tests;

/// <summary>
/// A machine for one test: an empty home, a tmux server in which agents run, and another in which the deck itself runs as
/// it would in an operator's terminal. Everything is gone afterwards.
/// </summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ad-e2e-").FullName;
    private readonly Dictionary<string, string> _environment;
    private readonly TmuxServer _terminal;

    public Workbench()
    {
        Home = Path.Combine(_folder, "home");
        var agentSockets = Path.Combine(_folder, "a");
        var terminalSockets = Path.Combine(_folder, "t");
        foreach (var folder in new[] { Home, agentSockets, terminalSockets })
        {
            Directory.CreateDirectory(folder);
        }

        _environment = new Dictionary<string, string>
        {
            ["HOME"] = Home,
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!,
            ["LANG"] = "C.UTF-8",
            ["USER"] = "olivia",
            ["TERM"] = "xterm-256color",
            ["TMUX_TMPDIR"] = agentSockets,
            // A killed runtime leaves its diagnostic pipes behind.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        if (System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } dotnet)
        {
            _environment["DOTNET_ROOT"] = dotnet;
        }

        Agents = new TmuxServer(Home, "agents", _environment);
        _terminal = new TmuxServer(Home, "terminal", new Dictionary<string, string>(_environment) { ["TMUX_TMPDIR"] = terminalSockets });
        WriteConfiguration("");
    }

    /// <summary>The program under test.</summary>
    public static string Program { get; } =
        System.Environment.GetEnvironmentVariable("AGENTDECK_TEST_PROGRAM") is { Length: > 0 } published ? published : Path.Combine(AppContext.BaseDirectory, "agentdeck");

    public string Home { get; }

    /// <summary>The variables of everything that runs here.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    public TmuxServer Agents { get; }

    public string ConfigurationFile => Path.Combine(Home, "agents.toml");

    /// <summary>Writes an <c>agents.toml</c> that watches the agents' server, with more after it.</summary>
    public void WriteConfiguration(string more, string deck = "") => File.WriteAllText(ConfigurationFile, $"""
        [deck]
        {deck}
        [[source]]
        name = "here"
        kind = "local"
        socket = "agents"

        {more}
        """);

    /// <summary>Starts the deck in a terminal and waits for its first screen.</summary>
    public async Task<Deck> StartDeckAsync(int columns = 120, int rows = 40, string name = "deck", string environment = "", params string[] arguments)
    {
        // The shell stays, so that a test sees what the deck leaves behind.
        await _terminal.RunAsync(
            "new-session", "-d", "-s", name, "-x", $"{columns}", "-y", $"{rows}", "-c", Home,
            "-e", $"TMUX_TMPDIR={_environment["TMUX_TMPDIR"]}", "-e", "PS1=ready> ", "bash", "--norc", "--noprofile");
        var deck = new Deck(_terminal, name);
        await deck.SeeAsync("ready>");
        await deck.TypeAsync($"{environment} {Program} {string.Join(' ', arguments)}");
        await deck.PressAsync("Enter");
        await deck.SeeAsync("AgentDeck");
        return deck;
    }

    /// <summary>Starts an agent and the deck, and waits until the deck shows what the agent prints.</summary>
    public async Task<Deck> StartDeckWithAsync(string agent, string script, string prints)
    {
        await Agents.StartAsync(agent, script);
        var deck = await StartDeckAsync();
        await deck.SeeAsync($"here/{agent}", prints);
        return deck;
    }

    /// <summary>Starts a parrot and the deck.</summary>
    public Task<Deck> StartDeckWithParrotAsync() => StartDeckWithAsync("parrot", EndToEnd.Tests.Agents.Parrot, "parrot ready");

    /// <summary>Declares an agent that runs until it is ended, and starts the deck, which starts it.</summary>
    public async Task<Deck> StartDeckWithClockAsync()
    {
        WriteConfiguration("""
            [[agent]]
            name = "clock"
            source = "here"
            command = "echo born; while :; do sleep 1; done"
            """);
        var deck = await StartDeckAsync();
        await deck.SeeAsync("here/clock", "running", "born");
        return deck;
    }

    /// <summary>Opens a shell in a terminal.</summary>
    public async Task<Deck> StartShellAsync(params string[] command)
    {
        await _terminal.RunAsync(
            [
                "new-session", "-d", "-s", "shell", "-x", "120", "-y", "40", "-c", Home,
                "-e", $"TMUX_TMPDIR={_environment["TMUX_TMPDIR"]}", .. command,
            ]);
        return new Deck(_terminal, "shell");
    }

    /// <summary>Runs a shell without a terminal, with the program on its path.</summary>
    public Task<ShellResult> RunShellAsync(string shell, params string[] arguments) =>
        Shell.RunAsync(shell, arguments, new Dictionary<string, string>(_environment) { ["PATH"] = $"{Path.GetDirectoryName(Program)}:{_environment["PATH"]}" }, Home);

    /// <summary>Runs <c>agentdeck</c> without a terminal.</summary>
    public Task<ShellResult> RunAsync(params string[] arguments) => Shell.RunAsync(Program, arguments, _environment, Home);

    /// <summary>The same with other environment variables.</summary>
    public Task<ShellResult> RunWithAsync(IReadOnlyDictionary<string, string> changed, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(_environment);
        foreach (var (name, value) in changed)
        {
            environment[name] = value;
        }

        return Shell.RunAsync(Program, arguments, environment, Home);
    }

    /// <summary>Starts the engine without a screen; its log goes to standard output, too, when asked for.</summary>
    public EngineProcess StartEngine(bool logs = false, params (string Name, string Value)[] variables)
    {
        var environment = _environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        foreach (var (name, value) in logs ? [.. variables, ("AGENTDECK_LOG_STDOUT", "1")] : variables)
        {
            environment[name] = value;
        }

        return EngineProcess.Start(Program, Home, environment, FreePort());
    }

    /// <summary>What one of an engine's pages says.</summary>
    public async Task<(int ExitCode, string Output)> AskAsync(EngineProcess engine, string page)
    {
        var result = await RunAsync("run", "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{engine.Port}"), "--probe", page);
        return (result.ExitCode, result.Output);
    }

    public async ValueTask DisposeAsync()
    {
        await _terminal.TryAsync("kill-server");
        foreach (var socket in Directory.EnumerateFiles(_environment["TMUX_TMPDIR"], "*", SearchOption.AllDirectories))
        {
            await Agents.TryAsync("-S", socket, "-N", "kill-server");
        }

        // What ran here may still be writing its last log line, into a folder that it makes anew.
        await Eventually.HoldsAsync(() => Task.FromResult(Living()), living => living.Length == 0, $"everything ended that ran in {_folder}");
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The command lines of what has our HOME; where there is no /proc, nobody is seen.
    private string Living() => string.Join(
        '\n',
        (Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
            .Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
            .Where(process => ReadOf(process, "environ").Contains($"HOME={Home}\0", StringComparison.Ordinal))
            .Select(process => ReadOf(process, "cmdline").Replace('\0', ' ')));

    private static string ReadOf(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
