using System.Text.Json.Serialization;

namespace AgentDeck.Engine.Journal;

/// <summary>Generated serialisation of the journal's lines. Its encoder writes ASCII only, so that no text in the file can be a line feed or a control character.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(JournalTimeConverter)])]
[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(JournalHolder))]
internal sealed partial class JournalJson : JsonSerializerContext;
