using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AgentDeck.Cluster.Tests.Leadership;

/// <summary><c>agentdeck run</c> as a process that can be frozen and killed, and all events that it printed.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    // A takeover takes as long as a Lease, and a start as long as a busy machine takes.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _events = new();

    private EngineProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, printed) =>
        {
            if (printed.Data is { Length: > 0 } line)
            {
                using var document = JsonDocument.Parse(line);
                _events.Enqueue(document.RootElement.Clone());
            }
        };
        process.ErrorDataReceived += (_, printed) => Errors.Enqueue(printed.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Errors { get; } = new();

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it with nothing of this process' environment.</summary>
    public static EngineProcess Start(string program, string configuration, string home, ImmutableDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, ["run", "--listen", "127.0.0.1:0", "--config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment.SetItem("HOME", home).Where(pair => pair.Value is not null))
        {
            start.Environment[name] = value;
        }

        return new EngineProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it printed so many events of a kind.</summary>
    public async Task SeeAsync(string what, Func<JsonElement, bool> isMeant, int times = 1)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var deadline = new CancellationTokenSource(Deadline);
        while (_events.Count(isMeant) < times)
        {
            if (deadline.IsCancellationRequested || _process.HasExited)
            {
                Assert.Fail($"waited in vain until {what}; it printed\n{string.Join('\n', _events)}\n{string.Join('\n', Errors)}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
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

    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Whether it ended.</summary>
    public bool HasEnded => _process.HasExited;

    public async Task EndedAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await EndedAsync();
        }

        _process.Dispose();
    }
}
