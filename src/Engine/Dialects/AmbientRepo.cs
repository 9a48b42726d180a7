namespace AgentDeck.Engine.Dialects;

/// <summary>A repository, or the workflow, of a session. Texts are plain.</summary>
/// <param name="Url">Where it comes from, without credentials.</param>
/// <param name="Branch">The branch; <c>main</c> when none is named.</param>
/// <param name="Status"><c>Cloning</c>, <c>Ready</c>, <c>Active</c> or <c>Failed</c> as the platform reports it, or anything else; empty while it was only asked for.</param>
internal sealed record AmbientRepo(string Url, string Branch, string Status);
