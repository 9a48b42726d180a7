namespace AgentDeck.Testing;

/// <summary>What was posted to a <see cref="HookServer"/>.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">The headers; names in lower case.</param>
/// <param name="Body">The body.</param>
public sealed record HookRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);
