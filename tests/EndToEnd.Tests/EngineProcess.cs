using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace AgentDeck.EndToEnd.Tests;

/// <summary><c>agentdeck run</c> as a process, and the events that it prints.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly Process _process;
    // Read without a pause: whoever prints into a full pipe waits, and would not be the engine that operators have.
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private EngineProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        process.OutputDataReceived += (_, printed) =>
        {
            if (printed.Data is not { } line)
            {
                _lines.Writer.Complete();
            }
            else
            {
                _lines.Writer.TryWrite(line);
            }
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it answers.</summary>
    public int Port { get; }

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it; its log goes to standard output, too, when asked for.</summary>
    public static EngineProcess Start(Workbench bench, bool logs = false, params (string Name, string Value)[] variables)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Workbench.Program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = bench.Home };
        foreach (var argument in new[] { "run", "--listen", $"127.0.0.1:{port}" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in bench.Environment)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        if (logs)
        {
            start.Environment["AGENTDECK_LOG_STDOUT"] = "1";
        }

        return new EngineProcess(Process.Start(start)!, port);
    }

    /// <summary>Reads until a line is as expected; every line is a document.</summary>
    public async Task<JsonElement> SeeAsync(Func<JsonElement, bool> isExpected)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(Soon()))
        {
            using var document = JsonDocument.Parse(line);
            if (isExpected(document.RootElement))
            {
                return document.RootElement.Clone();
            }
        }

        throw new InvalidOperationException("the engine ended");
    }

    /// <summary>Waits until it printed so many lines more.</summary>
    public async Task PassAsync(int lines, CancellationToken cancellationToken)
    {
        for (var line = 0; line < lines; line++)
        {
            await _lines.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>What one of its pages says.</summary>
    public async Task<(int ExitCode, string Output)> AskAsync(Workbench bench, string page)
    {
        var result = await bench.RunAsync("run", "--listen", $"127.0.0.1:{Port}", "--probe", page);
        return (result.ExitCode, result.Output);
    }

    /// <summary>Asks it to end, and waits until it did.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Soon());
        await _process.WaitForExitAsync(Soon());
    }

    /// <summary>Ends it as a crash would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Assert.False(_process.HasExited, "it had ended by itself");
        _process.Kill();
        await _process.WaitForExitAsync(Soon());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static CancellationToken Soon() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
