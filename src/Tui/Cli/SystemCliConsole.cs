// The one place that touches the console of the process outside the terminal device.
#pragma warning disable RS0030
using System.Text;

namespace AgentDeck.Tui.Cli;

/// <summary>The console of this process.</summary>
internal sealed class SystemCliConsole : ICliConsole
{
    private const int NarrowestWidth = 20;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private StreamWriter? _out;
    private StreamWriter? _error;

    /// <inheritdoc/>
    public TextWriter Out => _out ??= new StreamWriter(new StandardOutput(), Utf8, bufferSize: 1 << 14);

    /// <inheritdoc/>
    public TextWriter Error => _error ??= new StreamWriter(Console.OpenStandardError(), Utf8, bufferSize: 256) { AutoFlush = true };

    /// <inheritdoc/>
    public TextReader In => Console.In;

    /// <inheritdoc/>
    public bool IsInputTerminal => !Console.IsInputRedirected;

    /// <inheritdoc/>
    public bool IsOutputTerminal => !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public int? Width => IsOutputTerminal ? Math.Max(NarrowestWidth, Console.WindowWidth) : null;

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
