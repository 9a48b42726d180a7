using System.Text;
using Spectre.Console;

namespace AgentDeck.Tui.Cli.Output;

/// <summary>A writer for tables. The library's own asks the base library's console for its size, which switches the terminal to application keys.</summary>
internal sealed class TextOutput(TextWriter writer, int width) : IAnsiConsoleOutput
{
    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public int Height => int.MaxValue;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
    }
}
