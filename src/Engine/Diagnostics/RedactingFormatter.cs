using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>Writes a log event as text without secrets and without control characters, which could otherwise act when the log is read on a terminal.</summary>
internal sealed class RedactingFormatter : ITextFormatter
{
    private readonly MessageTemplateTextFormatter _formatter = new(
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:l}{NewLine}{Exception}", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _formatter.Format(logEvent, text);
        foreach (var character in Redactor.Redact(text.ToString()))
        {
            output.Write(char.IsControl(character) && character is not ('\n' or '\t') ? '\uFFFD' : character);
        }
    }
}
