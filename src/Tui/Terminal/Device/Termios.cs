namespace AgentDeck.Tui.Terminal.Device;

/// <summary>
/// The line discipline of a terminal as it was, and raw. The structure is never looked into: it differs between systems
/// (60 bytes on Linux, 72 on macOS), and the C library's own functions do all that is needed.
/// </summary>
internal sealed unsafe class Termios
{
    private const int LargestSize = 256;

    // TCSANOW: waiting for output to drain could hang on a terminal that is stuck.
    private const int Now = 0;

    private readonly int _terminal;
    private readonly byte[] _original = new byte[LargestSize];
    private readonly byte[] _raw = new byte[LargestSize];

    private Termios(int terminal) => _terminal = terminal;

    /// <summary>Remembers how a terminal is set up; null when it is no terminal.</summary>
    public static Termios? Read(int terminal)
    {
        var termios = new Termios(terminal);
        fixed (byte* original = termios._original)
        fixed (byte* raw = termios._raw)
        {
            if (TerminalNative.GetAttributes(terminal, original) != 0)
            {
                return null;
            }

            termios._original.CopyTo(termios._raw, 0);
            TerminalNative.MakeRaw(raw);
        }

        return termios;
    }

    /// <summary>Every key comes as it is typed, and nothing is echoed or translated.</summary>
    public void SetRaw() => Set(_raw);

    /// <summary>The terminal is as it was.</summary>
    public void Restore() => Set(_original);

    private void Set(byte[] attributes)
    {
        fixed (byte* start = attributes)
        {
            _ = TerminalNative.SetAttributes(_terminal, Now, start);
        }
    }
}
