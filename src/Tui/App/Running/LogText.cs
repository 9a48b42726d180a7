using System.Runtime.CompilerServices;
using System.Text;
using AgentDeck.Engine.Diagnostics;

namespace AgentDeck.Tui.App.Running;

/// <summary>The text of a log that comes in pieces of bytes.</summary>
internal static class LogText
{
    /// <summary>Whole lines with their line feeds, several at once, without secrets; still hostile. Very long lines come in parts.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = new StringWriter();
        var redacting = new RedactingWriter(text);
        var decoder = Encoding.UTF8.GetDecoder();
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            var characters = new char[decoder.GetCharCount(piece.Span, flush: false)];
            decoder.GetChars(piece.Span, characters, flush: false);
            redacting.Write(characters);
            if (text.GetStringBuilder().Length > 0)
            {
                yield return text.ToString();
                text.GetStringBuilder().Clear();
            }
        }

        await redacting.DisposeAsync();
        if (text.GetStringBuilder().Length > 0)
        {
            yield return text.ToString();
        }
    }
}
