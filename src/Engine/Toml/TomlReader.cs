using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace AgentDeck.Engine.Toml;

/// <summary>
/// The project's own reader of TOML 1.0, with <c>\e</c> from 1.1. Everything else that 1.1 permits is an error by 1.0, so
/// it stays one. Stateless and safe to share between threads.
/// </summary>
public sealed class TomlReader : ITomlReader
{
    /// <summary>How deep tables and arrays may nest; hostile input cannot exhaust the stack.</summary>
    public const int MaximumDepth = 256;

    /// <inheritdoc/>
    public TomlTable Read(ReadOnlySpan<byte> utf8) => new TomlDocument(new TomlScanner(Decode(utf8))).Read();

    private static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        var characters = new char[utf8.Length];
        var status = Utf8.ToUtf16(utf8, characters, out var bytesRead, out var charactersWritten, replaceInvalidSequences: false);
        var text = new string(characters, 0, charactersWritten);
        if (status != OperationStatus.Done)
        {
            var value = utf8[bytesRead].ToString("x2", CultureInfo.InvariantCulture);
            throw new TomlException(EndOf(text), $"byte 0x{value} is not UTF-8; save the file as UTF-8");
        }

        return text;
    }

    private static TomlPosition EndOf(string text)
    {
        var lineStart = text.LastIndexOf('\n') + 1;
        var line = 1 + text.AsSpan().Count('\n');
        var column = 1;
        foreach (var _ in text.AsSpan(lineStart).EnumerateRunes())
        {
            column++;
        }

        return new TomlPosition(line, column);
    }
}
