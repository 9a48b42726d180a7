using AgentDeck.Tui.Cli;

namespace AgentDeck.Testing;

/// <summary>A console in memory. Not a terminal unless a width is given.</summary>
internal sealed class FakeCliConsole : ICliConsole
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public TextWriter Out { get; } = new SeenWriter();

    /// <inheritdoc/>
    public TextWriter Error { get; } = new StringWriter { NewLine = "\n" };

    /// <inheritdoc/>
    public TextReader In { get; init; } = new StringReader("");

    /// <inheritdoc/>
    public bool IsInputTerminal { get; init; }

    /// <inheritdoc/>
    public bool IsOutputTerminal => Width is not null;

    /// <inheritdoc/>
    public int? Width { get; init; }

    /// <summary>What was printed to standard output.</summary>
    public string OutText => Out.ToString()!;

    /// <summary>What was printed to standard error.</summary>
    public string ErrorText => Error.ToString()!;

    /// <inheritdoc/>
    public Task WaitForClosedOutputAsync(CancellationToken cancellationToken) => _closed.Task.WaitAsync(cancellationToken);

    /// <summary>Lets the reader of standard output go away.</summary>
    public void CloseOutput() => _closed.SetResult();

    /// <summary>Completes when standard output holds <paramref name="text"/> and was flushed.</summary>
    public Task UntilPrintedAsync(string text) => ((SeenWriter)Out).UntilAsync(text).WaitAsync(TimeSpan.FromSeconds(30));

    private sealed class SeenWriter : StringWriter
    {
        private readonly Lock _gate = new();
        private (string Text, TaskCompletionSource Seen)? _awaited;

        public SeenWriter() => NewLine = "\n";

        public Task UntilAsync(string text)
        {
            lock (_gate)
            {
                var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited = (text, seen);
                Look();
                return seen.Task;
            }
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Look();
            }

            return Task.CompletedTask;
        }

        public override void Write(char[] buffer, int index, int count)
        {
            lock (_gate)
            {
                base.Write(buffer, index, count);
            }
        }

        public override void Write(string? value)
        {
            lock (_gate)
            {
                base.Write(value);
            }
        }

        private void Look()
        {
            if (_awaited is { } awaited && ToString().Contains(awaited.Text, StringComparison.Ordinal))
            {
                awaited.Seen.TrySetResult();
            }
        }
    }
}
