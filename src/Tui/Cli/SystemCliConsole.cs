// The one place that touches the console of the process outside the terminal device. Of the base library's console only what
// does not set it up is used: that would switch the terminal to application keys, which nobody undoes.
#pragma warning disable RS0030
using System.Text;
using AgentDeck.Tui.Terminal.Device;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Tui.Cli;

/// <summary>The console of this process.</summary>
internal sealed class SystemCliConsole : ICliConsole
{
    private const int NarrowestWidth = 20;
    private const int UnknownWidth = 80;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private StreamWriter? _out;
    private StreamWriter? _error;
    private StreamReader? _in;

    /// <inheritdoc/>
    public TextWriter Out => _out ??= new StreamWriter(new StandardOutput(StandardOutput.Data, tellsWhenClosed: true), Utf8, bufferSize: 1 << 14);

    /// <inheritdoc/>
    public TextWriter Error => _error ??= new StreamWriter(new StandardOutput(StandardOutput.Messages, tellsWhenClosed: false), Utf8, bufferSize: 256) { AutoFlush = true };

    /// <inheritdoc/>
    public TextReader In => _in ??= new StreamReader(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0), Utf8);

    /// <inheritdoc/>
    public bool IsInputTerminal => !Console.IsInputRedirected;

    /// <inheritdoc/>
    public bool IsOutputTerminal => !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public int? Width => IsOutputTerminal ? WidthOf(TerminalNative.WindowSize(TerminalNative.StandardOutput).Width) : null;

    private static int WidthOf(int told) => told == 0 ? UnknownWidth : Math.Max(NarrowestWidth, told);

    /// <inheritdoc/>
    public async Task WaitForClosedOutputAsync(CancellationToken cancellationToken)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = new Thread(() =>
        {
            StandardOutput.WaitUntilClosed();
            closed.TrySetResult();
        })
        {
            IsBackground = true,
            Name = "closed output",
        };
        watcher.Start();
        await closed.Task.WaitAsync(cancellationToken);
    }
}
