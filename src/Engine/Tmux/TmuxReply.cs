using System.Text;

namespace AgentDeck.Engine.Tmux;

/// <summary>One block between <c>%begin</c> and <c>%end</c> or <c>%error</c>.</summary>
/// <param name="Number">The server's number of the command.</param>
/// <param name="Flags">1 when it answers a command of this client, 0 for the attach itself.</param>
/// <param name="IsError">Whether it ended with <c>%error</c>; the body then says why.</param>
/// <param name="Body">The lines as they came, one LF after each. Hostile.</param>
/// <param name="IsTruncated">Whether the body was longer than the parser keeps.</param>
internal sealed record TmuxReply(long Number, int Flags, bool IsError, ReadOnlyMemory<byte> Body, bool IsTruncated)
{
    /// <summary>The body as text without the last line feed; broken UTF-8 becomes U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span is [.. var lines, (byte)'\n'] ? lines : Body.Span);
}
