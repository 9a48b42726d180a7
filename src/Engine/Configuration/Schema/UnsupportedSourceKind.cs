namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>A kind that the format knows and this version cannot watch: the source is skipped, and the rest of the file used.</summary>
/// <param name="word">The word in the file.</param>
internal sealed class UnsupportedSourceKind(string word) : ISourceKind
{
    /// <inheritdoc/>
    public string Word => word;

    /// <inheritdoc/>
    public SourceSpec? Read(string name, TomlSection section, Func<string, string> resolve)
    {
        section.Problems.Warn(
            section.Value("kind")!.Position,
            $"kind = \"{word}\" in {section.Title}: this version watches local tmux and Kubernetes only, so the source '{name}' and its agents are skipped");
        return null;
    }
}
