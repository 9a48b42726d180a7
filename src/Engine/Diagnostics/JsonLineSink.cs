using System.Globalization;
using System.Text;
using System.Text.Json;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>Writes log events without secrets as lines of JSON, schema <c>agentdeck.log/v1</c>, each flushed at once. The writer must be safe for several threads.</summary>
internal sealed class JsonLineSink(TextWriter output) : ILogEventSink
{
    // Without quotation marks around what was put in.
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        output.WriteLine(Write(logEvent));
        output.Flush();
    }

    /// <summary>One event on one line; no line feed at the end.</summary>
    internal static string Write(LogEvent logEvent)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("schema", "agentdeck.log/v1");
            json.WriteString("at", logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", logEvent.Level switch
            {
                LogEventLevel.Verbose => "trace",
                LogEventLevel.Debug => "debug",
                LogEventLevel.Information => "information",
                LogEventLevel.Warning => "warning",
                _ => "error",
            });
            json.WriteString("logger", logEvent.Properties.GetValueOrDefault("SourceContext") is ScalarValue { Value: string name } ? name : "");
            json.WriteString("message", Redactor.Redact(MessageOf(logEvent)));
            if (logEvent.Exception is { } failure)
            {
                json.WriteString("exception", Redactor.Redact(failure.ToString()));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string MessageOf(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, text);
        return text.ToString();
    }
}
