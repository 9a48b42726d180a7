using System.Text.Json.Serialization;

namespace AgentDeck.Engine.Notifications;

/// <summary>Generated serialisation of what other programs get.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NotificationDocument))]
internal sealed partial class NotificationJsonContext : JsonSerializerContext;
