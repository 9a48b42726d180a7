using System.Text.Json.Serialization;

namespace AgentDeck.Tui.Cli.Json;

/// <summary>Generated serialisation of what the command line prints: no reflection, so that a look at the fleet starts fast.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SnapshotDocument))]
[JsonSerializable(typeof(EventDocument))]
[JsonSerializable(typeof(DetectionDocument))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
