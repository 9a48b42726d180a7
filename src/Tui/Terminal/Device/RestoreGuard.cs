namespace AgentDeck.Tui.Terminal.Device;

/// <summary>
/// Owns what must be undone: raw mode and the modes of <see cref="TerminalModes"/>. Whatever ends the program – dispose, an
/// unhandled exception, a signal, the process's exit – the terminal is given back once. Safe for concurrent use.
/// </summary>
internal sealed class RestoreGuard : IDisposable
{
    private readonly Termios _termios;
    private readonly TerminalWriter _writer;
    private readonly Lock _gate = new();
    private volatile State _state;

    /// <summary>Starts to watch for the end of the process; nothing is changed yet.</summary>
    public RestoreGuard(Termios termios, TerminalWriter writer)
    {
        _termios = termios;
        _writer = writer;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
    }

    private enum State
    {
        Outside,
        Inside,
        Lent,
        Ended,
    }

    /// <summary>Whether the screen is ours to paint.</summary>
    public bool IsInside => _state == State.Inside;

    /// <summary>Whether the terminal is lent out.</summary>
    public bool IsLent => _state == State.Lent;

    /// <summary>Makes the terminal ours, also again after <see cref="Leave"/> or when somebody changed it; never after the end.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (_state is State.Outside or State.Inside)
            {
                _termios.SetRaw();
                _writer.WriteNow(TerminalModes.Enter);
                _state = State.Inside;
            }
            else if (_state == State.Lent)
            {
                _termios.SetRaw();
            }
        }
    }

    /// <summary>Leaves our screen and modes but stays raw, for somebody else to use.</summary>
    /// <exception cref="InvalidOperationException">The screen is not ours.</exception>
    public void Lend()
    {
        lock (_gate)
        {
            if (_state != State.Inside)
            {
                throw new InvalidOperationException($"the terminal cannot be lent out while it is {_state}");
            }

            _state = State.Lent;
            _writer.WriteNow(TerminalModes.Leave);
        }
    }

    /// <summary>Takes the lent terminal back, whatever was done to it; does nothing when it is not lent.</summary>
    public void Reclaim()
    {
        lock (_gate)
        {
            if (_state == State.Lent)
            {
                _writer.WriteNow(TerminalModes.Reset);
                _state = State.Outside;
                Enter();
            }
        }
    }

    /// <summary>Gives the terminal back; <see cref="Enter"/> may follow.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            // The state comes first: from now on no frame is written.
            var before = _state;
            if (before is State.Inside or State.Lent)
            {
                _state = State.Outside;
                _writer.WriteNow(before == State.Inside ? TerminalModes.Leave : TerminalModes.Reset);
                _termios.Restore();
            }
        }
    }

    /// <summary>Gives the terminal back for good.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Leave();
            _state = State.Ended;
        }

        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
    }

    private void OnProcessExit(object? sender, EventArgs arguments) => Dispose();

    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs arguments) => Dispose();
}
