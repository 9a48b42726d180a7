using System.Threading.Channels;
using AgentDeck.Engine.Domain;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Journal;

/// <summary>
/// A journal in a folder. One task writes: whatever was recorded while it waited for the disk goes there together, with one sync.
/// While the disk fails everything is kept in memory and the disk is tried again at growing intervals; a snapshot then makes up for
/// what was missed.
/// </summary>
internal sealed partial class FileJournal : IJournal
{
    /// <summary>The longest first wait before a failing disk is tried again.</summary>
    internal static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly JournalLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Backoff _backoff;
    private readonly ITimer _retry;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _seeking;
    private JournalStart _start;
    private Task _writer = Task.CompletedTask;
    private volatile JournalState _state;
    private volatile string? _degraded;
    private JournalBatch _pending = new();
    private JournalBatch? _writing;
    private bool _isClosed;
    private int _disposed;

    private FileJournal(Func<JournalStart?, JournalStart> open, JournalLimits limits, TimeProvider time, Func<double> jitter, ILogger logger)
    {
        (_limits, _time, _logger) = (limits, time, logger);
        _start = open(null);
        (_state, _degraded) = (_start.State, _start.Degraded);
        _backoff = new Backoff(jitter, FirstRetry);
        _retry = time.CreateTimer(_ => Ask(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pending.IsAsked = _start.NeedsRepair;
        _writer = _start.Log is { } log ? Task.Run(() => WriteAsync(log)) : Task.CompletedTask;
        _seeking = _start.Log is null ? SeekAsync(open, new Backoff(jitter, FirstSeek), _ending.Token) : Task.CompletedTask;
        Wake();
    }

    /// <inheritdoc/>
    public event Action<string?>? DegradedChanged;

    /// <inheritdoc/>
    public event Action? ModeChanged;

    /// <inheritdoc/>
    public JournalState Current => _state;

    /// <inheritdoc/>
    public JournalMode Mode => Volatile.Read(ref _start).Mode;

    /// <inheritdoc/>
    public string? HeldBy => Volatile.Read(ref _start).Lock.HeldBy;

    /// <inheritdoc/>
    public string? Degraded => _degraded;

    /// <summary>
    /// Opens the journal of a folder and takes the right to write it. When another engine has that, the journal observes; when folder or
    /// file cannot be used, it lives in memory only; <see cref="Degraded"/> says why. In both cases it takes over as soon as that passes.
    /// </summary>
    /// <param name="directory">The folder, absolute; made when absent, mode 0700.</param>
    /// <param name="program">Who opens it, with version, for others to read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Gives numbers from 0 to 1.</param>
    /// <param name="logger">Takes a line for each repair and each change of <see cref="Degraded"/>.</param>
    /// <exception cref="JournalException">The file was written by a newer program in a format that this one cannot read.</exception>
    public static FileJournal Open(string directory, string program, TimeProvider time, Func<double> jitter, ILogger logger) =>
        Open(new DiskJournalFiles(directory), program, new JournalLimits(), time, jitter, logger);

    /// <summary>The same on other files and with other limits.</summary>
    internal static FileJournal Open(
        IJournalFiles files, string program, JournalLimits limits, TimeProvider time, Func<double> jitter, ILogger logger) =>
        new(before => JournalOpening.Start(files, program, limits, time, logger, before), limits, time, jitter, logger);

    /// <inheritdoc/>
    public async ValueTask<bool> RecordAsync(AgentId agent, Func<AgentRecord, AgentRecord> change, CancellationToken cancellationToken) =>
        await Change(agent, change).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Record(AgentId agent, Func<AgentRecord, AgentRecord> change) => _ = Change(agent, change);

    /// <inheritdoc/>
    public JournalledEvent RecordEvent(JournalledEvent happened)
    {
        lock (_gate)
        {
            AddNeedsLock(JournalLine.Of(happened with { Seq = _state.Sequence + 1, Agent = happened.Agent is { } agent ? Settle(agent) : null }));
            return _state.Events[^1];
        }
    }

    /// <inheritdoc/>
    public void Forget(AgentId agent) => _ = Remove(Settle(agent));

    /// <inheritdoc/>
    public async ValueTask<bool> ForgetAsync(AgentId agent, CancellationToken cancellationToken) =>
        await Remove(Settle(agent)).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellationToken) => await Flush().WaitAsync(cancellationToken);

    /// <summary>Brings everything to the disk, leaves a snapshot behind and gives up the right to write. What is recorded later stays in memory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        lock (_gate)
        {
            _isClosed = true;
        }

        await _ending.CancelAsync();
        await _seeking;
        _wake.Writer.TryComplete();
        await _writer;
        await _retry.DisposeAsync();
        _start.Lock.Dispose();
        _ending.Dispose();
    }

    private static AgentId Settle(AgentId agent) =>
        new(JournalFormat.Settle(agent.Source), JournalFormat.Settle(agent.Scope), JournalFormat.Settle(agent.Name));

    private Task<bool> Change(AgentId agent, Func<AgentRecord, AgentRecord> change)
    {
        var key = Settle(agent);
        lock (_gate)
        {
            var before = _state.Agents.GetValueOrDefault(key) ?? AgentRecord.New;
            var after = change(before);
            return after == before
                ? DurableNeedsLock()
                : AddNeedsLock(new JournalLine(_state.Sequence + 1, _time.GetUtcNow(), JournalLine.AgentKind) { Agent = key, Record = after });
        }
    }

    private Task<bool> Remove(AgentId agent)
    {
        lock (_gate)
        {
            return _state.Agents.ContainsKey(agent)
                ? AddNeedsLock(new JournalLine(_state.Sequence + 1, _time.GetUtcNow(), JournalLine.ForgottenKind) { Agent = agent })
                : DurableNeedsLock();
        }
    }

    private Task<bool> Flush()
    {
        lock (_gate)
        {
            if (_degraded is null || _start.Log is null || _isClosed)
            {
                return DurableNeedsLock();
            }

            Ask();
            return _pending.Durable;
        }
    }

    private void Ask()
    {
        lock (_gate)
        {
            _pending.IsAsked = true;
        }

        Wake();
    }

    private Task<bool> AddNeedsLock(JournalLine line)
    {
        var bytes = JournalFormat.Write(line);
        if (bytes.Length > _limits.LongestLine)
        {
            throw new JournalException(JournalFault.LineTooLong, $"an entry of {bytes.Length} bytes about {line.Agent} is refused: {_limits.LongestLine} are the most");
        }

        _state = _state.Apply(JournalFormat.Settle(line, bytes));
        if (_start.Log is null || _isClosed)
        {
            return Task.FromResult(false);
        }

        _pending.Add(bytes, _limits.MostWaiting);
        if (_degraded is not null)
        {
            return Task.FromResult(false);
        }

        Wake();
        return _pending.Durable;
    }

    private Task<bool> DurableNeedsLock() =>
        _start.Log is null || _isClosed || _degraded is not null ? Task.FromResult(false)
        : !_pending.IsEmpty ? _pending.Durable
        : _writing?.Durable ?? Task.FromResult(true);

    private void Wake() => _wake.Writer.TryWrite(true);
}
