using System.Collections.Immutable;
using System.Text.Json;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>One page of a list. Disposing gives its memory back for the next page, and ends the life of its items.</summary>
/// <param name="Items">The objects as the API gave them.</param>
/// <param name="ResourceVersion">Where a watch begins that misses nothing; empty when the API gave none.</param>
/// <param name="Continue">The token of the next page, or null at the end.</param>
/// <param name="Document">What the items are parts of; null where they stand alone.</param>
internal sealed record ObjectPage(ImmutableArray<JsonElement> Items, string ResourceVersion, string? Continue, JsonDocument? Document = null) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Document?.Dispose();
}
