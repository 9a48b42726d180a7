using System.Diagnostics;
using System.Text;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Device;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.TerminalProbe;

/// <summary>
/// A program on a real terminal for tests: shows each event in a row of its own, and ends, crashes, suspends or lends the
/// terminal at a key.
/// </summary>
internal static class Program
{
    private static readonly CellTables Tables = new();
    private static readonly List<string> Lines = [];

    private static async Task<int> Main()
    {
        ScreenHost host;
        try
        {
            host = ScreenHost.Open(Environment.GetEnvironmentVariable, TimeProvider.System);
        }
        catch (NoTerminalException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 9;
        }

        // Children make the runtime take an interest in the terminal and in SIGCHLD: neither may disturb ours.
        using (var child = Process.Start(new ProcessStartInfo("true") { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true }))
        {
            await child!.WaitForExitAsync();
        }

        await ShowAsync(host, $"[ready {Environment.ProcessId} {host.Size.Width}x{host.Size.Height}]");
        await foreach (var happened in host.Events.ReadAllAsync())
        {
            switch (happened)
            {
                case KeyPressed { Chord: { Key: Key.Character, Rune.Value: 'q' } }:
                    await host.DisposeAsync();
                    return 0;
                case KeyPressed { Chord: { Key: Key.Character, Rune.Value: 'e' } }:
                    Environment.Exit(3);
                    break;
                case KeyPressed { Chord: { Key: Key.Character, Rune.Value: 'c' } }:
                    throw new InvalidOperationException("crashed as asked");
                case KeyPressed { Chord: { Key: Key.Character, Rune.Value: 'z' } }:
                    await host.SuspendAsync(CancellationToken.None);
                    break;
                case KeyPressed { Chord: { Key: Key.Character, Rune.Value: 'l' } }:
                    await LendAsync(host);
                    break;
                case TerminalClosed closed:
                    await host.DisposeAsync();
                    return Report($"closed: {closed.Reason}");
                default:
                    await ShowAsync(host, Describe(happened));
                    break;
            }
        }

        return 5;
    }

    // The console throws when the terminal behind it is gone.
    private static int Report(string text)
    {
        try
        {
            Console.Out.WriteLine(text);
        }
        catch (IOException)
        {
        }

        return 4;
    }

    private static string Describe(TerminalEvent happened) => happened switch
    {
        KeyPressed pressed => $"[key {KeyText.Print(pressed.Chord)}]",
        Resized resized => $"[size {resized.Size.Width}x{resized.Size.Height}]",
        TextPasted pasted => $"[paste {pasted.Text}]",
        TerminalResumed => "[resumed]",
        _ => "[other]",
    };

    private static async Task LendAsync(ScreenHost host)
    {
        await using var lease = await host.LeaseAsync(CancellationToken.None);
        await lease.WriteAsync("(lent)"u8.ToArray(), CancellationToken.None);
        await host.AlertAsync(bell: true, text: null, CancellationToken.None);
        await host.AlertAsync(bell: false, "missed", CancellationToken.None);
        using var soon = new CancellationTokenSource();
        var cancelled = lease.ReadAsync(new byte[8], soon.Token);
        await soon.CancelAsync();
        try
        {
            await cancelled;
        }
        catch (OperationCanceledException)
        {
            await lease.WriteAsync("(cancelled)"u8.ToArray(), CancellationToken.None);
        }

        var buffer = new byte[8];
        int count;
        do
        {
            count = await lease.ReadAsync(buffer, CancellationToken.None);
            await lease.WriteAsync(Encoding.ASCII.GetBytes($"(read {Convert.ToHexString(buffer, 0, count)})"), CancellationToken.None);
        }
        while (count > 0 && buffer[0] != 0x1D);
    }

    private static async Task ShowAsync(ScreenHost host, string text)
    {
        Lines.Add(text);
        var frame = new ScreenBuffer(host.Size, Tables);
        for (var row = 0; row < Math.Min(Lines.Count, frame.Size.Height); row++)
        {
            new Surface(frame).Write(0, row, Lines[row], default);
        }

        await host.PresentAsync(frame, new ScreenState(new Position(0, 0), "probe", true), CancellationToken.None);
    }
}
