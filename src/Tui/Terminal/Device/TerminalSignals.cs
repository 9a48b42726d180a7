using System.Runtime.InteropServices;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>
/// The signals that concern a terminal program. The second request to end takes its default way, so that a program that
/// hangs can be ended; a hang-up never does, also after this object's end: kernel and shell both send one when a terminal closes,
/// and the second must not cut short what the first began. Handlers run on the runtime's threads.
/// </summary>
internal sealed class TerminalSignals : IDisposable
{
    // Held until the process ends: a registration that nobody holds would be taken back.
    private static readonly List<PosixSignalRegistration> HangUps = [];

    private readonly ManualResetEventSlim _continued = new(false);
    private readonly Lock _stopping = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _endings;
    private volatile bool _isStopping;
    private volatile bool _disposed;

    /// <summary>Starts listening.</summary>
    /// <param name="ended">A signal asks the program to end; its name is given.</param>
    /// <param name="resized">The terminal has another size.</param>
    /// <param name="stopping">The process is about to be stopped.</param>
    /// <param name="continued">The process goes on, announced or not.</param>
    /// <param name="mayStop">Whether the terminal is ours to give back; while it is lent out a stop would leave it to two readers.</param>
    public TerminalSignals(Action<string> ended, Action resized, Action stopping, Action continued, Func<bool> mayStop)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows terminals are used through WSL");
        }

        foreach (var (signal, name) in new[]
                 {
                     (PosixSignal.SIGTERM, "SIGTERM"), (PosixSignal.SIGINT, "SIGINT"), (PosixSignal.SIGQUIT, "SIGQUIT"),
                 })
        {
            Register(signal, context =>
            {
                context.Cancel = Interlocked.Increment(ref _endings) == 1;
                ended(name);
            });
        }

        HangUps.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            if (!_disposed)
            {
                ended("SIGHUP, the terminal hung up");
            }
        }));

        Register(PosixSignal.SIGWINCH, _ => resized());
        Register(PosixSignal.SIGTSTP, context =>
        {
            context.Cancel = true;
            if (mayStop())
            {
                Stop(stopping, continued);
            }
        });
        Register(PosixSignal.SIGCONT, context =>
        {
            // Otherwise the runtime sets the terminal up as it found it, and does so after this handler.
            context.Cancel = true;
            if (_isStopping)
            {
                _continued.Set();
            }
            else
            {
                continued();
            }
        });
    }

    /// <summary>
    /// Asks our whole process group to stop, as the terminal does at <c>Ctrl-Z</c>. Does nothing where no shell could let it
    /// go on: when our group is that of the session's leader.
    /// </summary>
    public static void RequestStop()
    {
        if (CanStop)
        {
            _ = TerminalNative.SendSignal(0, TerminalNative.StopRequest);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private static bool CanStop => TerminalNative.ProcessGroup() != TerminalNative.Session(0);

    private void Register(PosixSignal signal, Action<PosixSignalContext> handler) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, handler));

    private void Stop(Action stopping, Action continued)
    {
        if (!CanStop || !_stopping.TryEnter())
        {
            return;
        }

        try
        {
            _continued.Reset();
            _isStopping = true;
            stopping();

            // The stop may take effect a moment later than this call returns: only the signal to go on says that it is over.
            _ = TerminalNative.SendSignal(Environment.ProcessId, TerminalNative.Stop);
            _continued.Wait();
            _isStopping = false;
            continued();
        }
        finally
        {
            _stopping.Exit();
        }
    }
}
