using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Tests.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>
/// Stands for one container: commands run on this machine with a folder of their own for tmux's sockets. Its tmux can be missing or
/// older than 3.2, and its streams can be cut or refused.
/// </summary>
internal sealed class Box : IAgentTransport, IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-box-").FullName;
    private readonly LocalTransport _local = new(TimeProvider.System);
    private readonly Lock _gate = new();
    private readonly List<BoxStream> _streams = [];

    /// <summary>Whether there is a tmux in it.</summary>
    public bool HasTmux { get; set; } = true;

    /// <summary>Whether nothing can be run in it although it is there: it only begins, or is about to end.</summary>
    public bool RunsNothing { get; set; }

    /// <summary>Whether that tmux is older than 3.2.</summary>
    public bool IsOld { get; init; }

    /// <summary>Whether commands can be started.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>How many control-mode streams are open.</summary>
    public int OpenStreams { get; private set; }

    /// <summary>How many control-mode streams were opened.</summary>
    public int StreamsOpened { get; private set; }

    /// <summary>How many other commands were run.</summary>
    public int Commands { get; private set; }

    /// <summary>How many other commands run now.</summary>
    public int RunningCommands { get; private set; }

    /// <summary>Control-mode clients that still ran when their stream was closed.</summary>
    public int LeftBehind { get; private set; }

    /// <summary>Starts the agent's session, which shows a text and then what it is typed, and waits until it does.</summary>
    public async Task StartSessionAsync(string text)
    {
        await TmuxAsync("-f", "/dev/null", "new-session", "-d", "-s", "main", "-x", "80", "-y", "24", "--", "sh", "-c", $"echo {text}; exec cat");
        await SeeAsync(text);
    }

    public async Task<string> TmuxAsync(params string[] arguments)
    {
        var command = In(new CommandSpec { Program = "tmux", Arguments = ["-L", "default", "-u", .. arguments] });
        var result = await new LocalCommandRunner(TimeProvider.System).RunAsync(command, null, CommandTimeout, CancellationToken.None);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException(result.Error + result.Output);
    }

    /// <summary>The command with the box's folder, for where no variables can be set.</summary>
    public CommandSpec WithFolder(CommandSpec command) =>
        command with { Program = "env", Arguments = ["-u", "TMUX", $"TMUX_TMPDIR={_folder}", command.Program, .. command.Arguments] };

    /// <summary>Waits until the screen shows all these texts.</summary>
    public async Task SeeAsync(params string[] texts)
    {
        using var deadline = new CancellationTokenSource(CommandTimeout);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        string screen;
        while (!texts.All((screen = await TmuxAsync("capture-pane", "-p", "-t", "=main:")).Contains))
        {
            Assert.False(deadline.IsCancellationRequested, $"waited in vain; the screen is:\n{screen}");
            await looks.WaitForNextTickAsync();
        }
    }

    /// <summary>Cuts all open streams without a word, as a lost connection does.</summary>
    public void Cut()
    {
        BoxStream[] streams;
        lock (_gate)
        {
            streams = [.. _streams];
        }

        foreach (var stream in streams)
        {
            stream.Fail(new TransportException(TransportFault.Cut, "the stream was cut"));
        }
    }

    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        if (!IsReachable)
        {
            throw new TransportException(TransportFault.Unreachable, "the box is out of reach");
        }

        if (RunsNothing || (!HasTmux && command.Program == "tmux"))
        {
            // Kubernetes opens the stream first and then says that there is no such program.
            var missing = new BoxStream(await _local.OpenAsync(new CommandSpec { Program = "true" }, cancellationToken), _ => { });
            missing.Fail(new TransportException(TransportFault.ProgramMissing, "tmux could not be run"));
            return missing;
        }

        if (command.Arguments is [_, OwnPodTransport.Script, ..])
        {
            // Which pod this machine itself may be is another matter.
            command = command with { Arguments = command.Arguments.SetItem(4, "/dev/null") };
        }

        command = IsOld ? OldTmux.InPlaceOf(command) : command;
        var isControl = command.Arguments.Contains("-C");
        var stream = new BoxStream(await _local.OpenAsync(In(command), cancellationToken), end => Note(end, isControl));
        lock (_gate)
        {
            _streams.Add(stream);
            if (isControl)
            {
                OpenStreams++;
                StreamsOpened++;
            }
            else
            {
                Commands++;
                RunningCommands++;
            }
        }

        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await TmuxAsync("kill-server");
        }
        catch (InvalidOperationException)
        {
            // None was started, or it has ended.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Note(BoxStream ended, bool isControl)
    {
        lock (_gate)
        {
            _streams.Remove(ended);
            if (isControl)
            {
                OpenStreams--;
                LeftBehind += ended.Runs ? 1 : 0;
            }
            else
            {
                RunningCommands--;
            }
        }
    }

    private CommandSpec In(CommandSpec command) => command with
    {
        Environment = ImmutableDictionary<string, string?>.Empty.Add("TMUX", null).Add("TMUX_PANE", null).Add("TMUX_TMPDIR", _folder),
    };

    private sealed class BoxStream(ICommandStream inner, Action<BoxStream> ended) : ICommandStream
    {
        private readonly TaskCompletionSource<int> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _isDisposed;
        private volatile bool _hasLeft;

        // A client whose output ended has left, although the machine may need a moment to notice the end of its process.
        public bool Runs => !_hasLeft && !inner.ExitCode.IsCompleted && !_failed.Task.IsCompleted;

        public Stream Input => inner.Input;

        public Stream Output => new CutStream(inner.Output, _failed.Task, () => _hasLeft = true);

        public Stream Error => new CutStream(inner.Error, _failed.Task, () => { });

        public Task<int> ExitCode => _failed.Task.IsCompleted ? _failed.Task : Task.WhenAny(inner.ExitCode, _failed.Task).Unwrap();

        public void Fail(TransportException failure) => _failed.TrySetException(failure);

        public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => inner.ResizeAsync(size, cancellationToken);

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                ended(this);
            }

            return inner.DisposeAsync();
        }
    }

    private sealed class CutStream(Stream inner, Task cut, Action ended) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var reading = inner.ReadAsync(buffer, cancellationToken).AsTask();
            if (await Task.WhenAny(reading, cut) != reading)
            {
                return 0;
            }

            var count = await reading;
            if (count == 0)
            {
                ended();
            }

            return count;
        }
    }
}
