using System.Collections.Immutable;
using System.Text.Json;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects as the API gave them, detached from the response: they stay valid.</param>
/// <param name="ResourceVersion">Where a watch begins that misses nothing; empty when the API gave none.</param>
/// <param name="Continue">The token of the next page, or null at the end.</param>
internal sealed record ObjectPage(ImmutableArray<JsonElement> Items, string ResourceVersion, string? Continue);
