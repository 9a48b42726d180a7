using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>An answer in plain text.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Text">The body.</param>
internal sealed record StatusAnswer(int Code, string Text)
{
    /// <summary>The answer as bytes; one answer a connection.</summary>
    /// <param name="withBody">False for <c>HEAD</c>.</param>
    public byte[] ToBytes(bool withBody)
    {
        var body = Encoding.UTF8.GetBytes(Text);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Code} {Phrase}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\n{(Code == 401 ? "WWW-Authenticate: Bearer\r\n" : "")}{(Code == 405 ? "Allow: GET, HEAD\r\n" : "")}Connection: close\r\n\r\n");
        return withBody ? [.. Encoding.ASCII.GetBytes(head), .. body] : Encoding.ASCII.GetBytes(head);
    }

    private string Phrase => Code switch
    {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        431 => "Request Header Fields Too Large",
        _ => "Service Unavailable",
    };
}
