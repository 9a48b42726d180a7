using System.Collections.Immutable;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing;

/// <summary>A program on a real terminal, as a test sees it: type, wait for what it prints, look at all that it printed. Every wait has a deadline.</summary>
public sealed class PtyTerminal : IAsyncDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly PtyProcess _process;
    private readonly StringBuilder _output = new();
    private int _seen;

    private PtyTerminal(PtyProcess process) => _process = process;

    /// <summary>All that was printed so far, as Latin-1, so that no byte is lost.</summary>
    public string Output => _output.ToString();

    /// <summary>Starts a program; <paramref name="variables"/> are set on top of the test's own environment.</summary>
    public static PtyTerminal Start(
        string program, IReadOnlyList<string> arguments, int columns = 80, int rows = 24, IReadOnlyDictionary<string, string?>? variables = null) =>
        new(PtyProcess.Start(new CommandSpec
        {
            Program = program,
            Arguments = [.. arguments],
            Environment = (variables ?? ImmutableDictionary<string, string?>.Empty).ToImmutableDictionary().SetItem("TERM", "xterm-256color"),
            Terminal = new Size(columns, rows),
        }));

    /// <summary>Types a text, as UTF-8.</summary>
    public async Task TypeAsync(string text) => await _process.Input.WriteAsync(Encoding.UTF8.GetBytes(text), _deadline.Token);

    /// <summary>Gives the terminal another size.</summary>
    public async Task ResizeAsync(int columns, int rows) => await _process.ResizeAsync(new Size(columns, rows), _deadline.Token);

    /// <summary>Waits until a text was printed after what earlier waits saw; returns all from there through the text.</summary>
    public async Task<string> WaitForAsync(string expected)
    {
        int at;
        while ((at = Output.IndexOf(expected, _seen, StringComparison.Ordinal)) < 0)
        {
            if (!await ReadAsync())
            {
                throw new InvalidOperationException($"the program ended before it printed '{expected}': {Show(Output)}");
            }
        }

        var seen = Output[_seen..(at + expected.Length)];
        _seen = at + expected.Length;
        return seen;
    }

    /// <summary>Reads until the program closed the terminal; returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        while (await ReadAsync())
        {
        }

        return await _process.ExitCode.WaitAsync(_deadline.Token);
    }

    /// <summary>Closes the terminal under the program, as a terminal window does; returns its exit code.</summary>
    public async Task<int> CloseAsync()
    {
        await _process.DisposeAsync();
        return await _process.ExitCode.WaitAsync(_deadline.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _deadline.Dispose();
    }

    private static string Show(string text) => text.Replace("\e", "␛", StringComparison.Ordinal);

    private async Task<bool> ReadAsync()
    {
        var buffer = new byte[4096];
        int count;
        try
        {
            count = await _process.Output.ReadAsync(buffer, _deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"nothing came in time; printed so far: {Show(Output)}");
        }

        _output.Append(Encoding.Latin1.GetString(buffer, 0, count));
        return count > 0;
    }
}
