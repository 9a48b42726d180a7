using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace AgentDeck.Testing;

/// <summary><c>agentdeck run</c> as a process that can be frozen and killed, and all events that it printed. Ends with the test, at the latest.</summary>
public sealed class EngineProcess : IAsyncDisposable
{
    // A takeover takes as long as a Lease, and a start as long as a busy machine takes.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<JsonElement> _events = [];
    private TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isAtEnd;

    private EngineProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        // Read without a pause: whoever prints into a full pipe waits, and would not be the engine that operators have.
        process.OutputDataReceived += (_, printed) => Take(printed.Data);
        process.ErrorDataReceived += (_, printed) => Errors.Enqueue(printed.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it was told to answer; 0 when it chose the port.</summary>
    public int Port { get; }

    /// <summary>How many lines it printed so far.</summary>
    public int Lines => LinesNow().Length;

    /// <summary>What it printed to its standard error, a line each.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Whether it ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Its exit code, once it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it with nothing of this process' environment.</summary>
    /// <param name="program">The program.</param>
    /// <param name="home">Where it runs.</param>
    /// <param name="environment">All its variables; those that are null are left out.</param>
    /// <param name="port">Where on this machine it answers; 0 for wherever there is room.</param>
    /// <param name="arguments">What comes after <c>run</c>.</param>
    public static EngineProcess Start(string program, string home, IEnumerable<KeyValuePair<string, string?>> environment, int port = 0, params string[] arguments)
    {
        var listen = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var start = new ProcessStartInfo(program, ["run", "--listen", listen, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment.Where(pair => pair.Value is not null))
        {
            start.Environment[name] = value;
        }

        return new EngineProcess(Process.Start(start)!, port);
    }

    /// <summary>Waits until it printed so many lines of a kind since it began, each of which is a document, and gives the last of them.</summary>
    public async Task<JsonElement> SeeAsync(string what, Func<JsonElement, bool> isMeant, int times = 1)
    {
        var seen = await PrintedAsync(() => EventsNeedsLock().Where(isMeant).Skip(times - 1).Take(1).ToList() is [var found] ? found : (JsonElement?)null, CancellationToken.None);
        return seen ?? throw new TimeoutException($"waited in vain until {what}; {(HasEnded ? "it ended and had" : "it has")} printed\n{string.Join('\n', LinesNow())}\n{string.Join('\n', Errors)}");
    }

    /// <summary>Waits until it says who leads.</summary>
    public Task SeeLeaderAsync(string leader, int times = 1) =>
        SeeAsync($"{leader} leads", line => line.GetProperty("type").GetString() == "leader-changed" && line.GetProperty("to").GetString() == leader, times);

    /// <summary>Waits until it saw an agent begin to run so many times.</summary>
    public Task SeeRunAsync(string agent, int times = 1) => SeeAsync(
        $"{agent} runs",
        line => line.GetProperty("type").GetString() == "phase-changed" && line.GetProperty("agent").GetString() == agent && line.GetProperty("to").GetString() == "running",
        times);

    /// <summary>Waits until it has started an agent by itself so many times.</summary>
    public Task SeeStartAsync(string agent, int times = 1) => SeeAsync(
        $"{agent} is started",
        line => line.GetProperty("type").GetString() == "operation-finished" && line.GetProperty("operator").GetString() == "agentdeck"
            && line.GetProperty("agent").GetString() == agent && line.GetProperty("outcome").GetString() == "succeeded",
        times);

    /// <summary>Waits until it printed so many lines in all, or ended, or did neither for some minutes.</summary>
    public Task PassAsync(int lines, CancellationToken cancellationToken) => PrintedAsync<object>(() => _lines.Count >= lines ? this : null, cancellationToken);

    /// <summary>Sends it a signal: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks it to end, and waits until it did.</summary>
    public async Task TerminateAsync()
    {
        await SignalAsync("TERM");
        await EndedAsync();
    }

    /// <summary>Ends it as a crash would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Assert.False(HasEnded, $"it had ended by itself: {string.Join('\n', Errors)}");
        _process.Kill();
        await EndedAsync();
    }

    /// <summary>Waits until it ended.</summary>
    public async Task EndedAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
        {
            _process.Kill();
            await EndedAsync();
        }

        _process.Dispose();
    }

    // Null at the end of what it prints, and when the deadline has passed.
    private async Task<T?> PrintedAsync<T>(Func<T?> lookNeedsLock, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (lookNeedsLock() is { } found)
                {
                    return found;
                }

                if (_isAtEnd)
                {
                    return default;
                }

                more = _printed.Task;
            }

            try
            {
                await more.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return default;
            }
        }
    }

    private void Take(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                _isAtEnd = true;
            }
            else
            {
                _lines.Add(line);
            }

            _printed.SetResult();
            _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private string[] LinesNow()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }

    private List<JsonElement> EventsNeedsLock()
    {
        foreach (var line in _lines.Skip(_events.Count))
        {
            using var document = JsonDocument.Parse(line);
            _events.Add(document.RootElement.Clone());
        }

        return _events;
    }
}
