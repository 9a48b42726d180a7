using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Benchmarks;

/// <summary>The real program on a terminal of 120×40, whose bytes are watched.</summary>
internal sealed class DeckProcess : IAsyncDisposable
{
    private readonly PtyProcess _process;
    private readonly Lock _gate = new();
    private readonly StringBuilder _seen = new();
    private readonly Task _reader;
    private TaskCompletionSource<long>? _arrival;
    private string _awaited = "";

    public DeckProcess(string program, Playground playground)
    {
        _process = PtyProcess.Start(new CommandSpec
        {
            Program = program,
            Directory = playground.Folder,
            Environment = playground.Environment.ToImmutableDictionary(),
            Terminal = new Size(120, 40),
        });
        _reader = Task.Run(ReadAsync);
    }

    /// <summary>Bytes that the deck wrote to its terminal so far.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Presses keys, as bytes.</summary>
    public async Task PressAsync(string keys)
    {
        await _process.Input.WriteAsync(Encoding.UTF8.GetBytes(keys));
        await _process.Input.FlushAsync();
    }

    /// <summary>The timestamp at which a text stood in the bytes to the terminal; looks only at what comes from now on.</summary>
    public Task<long> ArrivalOfAsync(string text)
    {
        lock (_gate)
        {
            _seen.Clear();
            _awaited = text;
            _arrival = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            return WaitAsync(_arrival.Task, text);
        }
    }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var fields = File.ReadAllText($"/proc/{_process.ProcessId}/stat").Split(") ")[1].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromMilliseconds(ticks * 10);
        }
    }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMemory => MemoryOf("VmRSS:");

    /// <summary>The most resident memory that it ever had, in MiB.</summary>
    public double PeakMemory => MemoryOf("VmHWM:");

    public async ValueTask DisposeAsync()
    {
        const int terminate = 15;
        _process.Signal(terminate);
        await _process.ExitCode.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        await _reader;
        await _process.DisposeAsync();
    }

    private double MemoryOf(string field) => double.Parse(
        File.ReadLines($"/proc/{_process.ProcessId}/status").Single(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    private async Task<long> WaitAsync(Task<long> arrival, string text)
    {
        try
        {
            return await arrival.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                throw new TimeoutException($"'{text}' never came; what came: {_seen.ToString().Replace('\u001b', '␛')}");
            }
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[65_536];
        while (await _process.Output.ReadAsync(buffer) is var count and > 0)
        {
            var now = TimeProvider.System.GetTimestamp();
            lock (_gate)
            {
                BytesWritten += count;
                if (_arrival is null)
                {
                    continue;
                }

                _seen.Append(Encoding.UTF8.GetString(buffer, 0, count));
                if (_seen.ToString().Contains(_awaited, StringComparison.Ordinal))
                {
                    _arrival.TrySetResult(now);
                    _arrival = null;
                }
            }
        }
    }
}
