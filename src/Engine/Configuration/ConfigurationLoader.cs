using AgentDeck.Engine.Configuration.Schema;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration;

/// <summary>Turns the bytes of <c>agents.toml</c> into a checked configuration. Pure: no I/O, no state.</summary>
/// <param name="reader">Reads TOML.</param>
/// <param name="directories">Where <c>~</c> is.</param>
public sealed class ConfigurationLoader(ITomlReader reader, UserDirectories directories)
{
    /// <summary>Reads a file's content and reports everything wrong with it at once.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="file">The file as the operator named it, for problems.</param>
    /// <param name="baseDirectory">The absolute directory that relative paths in the file start from.</param>
    public ConfigurationResult Load(ReadOnlySpan<byte> utf8, string file, string baseDirectory)
    {
        var problems = new ConfigurationProblems(file);
        TomlTable document;
        try
        {
            document = reader.Read(utf8);
        }
        catch (TomlException error)
        {
            problems.Error(error.Position, error.Message);
            return new ConfigurationResult(null, problems.ToImmutable());
        }

        var configuration = Read(new TomlSection(document, "this file", problems), file, baseDirectory);
        return new ConfigurationResult(problems.HasErrors ? null : configuration, problems.ToImmutable()) { Draft = configuration };
    }

    private DeckConfiguration Read(TomlSection root, string file, string baseDirectory)
    {
        var settings = DeckReader.ReadSettings(root);
        string Resolve(string path) => directories.Resolve(path, baseDirectory);
        var (sources, declared) = SourcesReader.Read(root, Resolve);
        var agents = new AgentsReader(sources, declared, Resolve).Read(root);
        var configuration = new DeckConfiguration
        {
            File = file,
            Deck = settings,
            Agents = agents,
            Keys = DeckReader.ReadKeys(root),
            Nudges = DeckReader.ReadNudges(root),
            Detection = ReadDetection(root, file),
            Notify = NotifyReader.Read(root),
        };
        root.WarnAboutUnknownKeys();
        if (sources.IsEmpty && !declared.IsEmpty && !root.Problems.HasErrors)
        {
            root.Problems.Warn(root.Table.Position, "no usable source is left, so your own tmux server is watched; declare one with kind = \"local\"");
        }

        return sources.IsEmpty ? configuration : configuration with { Sources = sources };
    }

    private static RuleSet ReadDetection(TomlSection root, string file)
    {
        var (own, removed) = new DetectReader(file).Read(root, checksPatterns: true);
        foreach (var id in removed)
        {
            var shipped = ShippedRules.Set.Ranked.Select(rule => rule.Id).ToArray();
            if (!shipped.Contains(id.Value))
            {
                root.Problems.Warn(id.Position, $"id = {TomlSection.Describe(id)} in [[detect]]: there is no shipped rule of that name to remove: {TomlSection.Alternatives(id.Value, shipped)}");
            }
        }

        return ShippedRules.Set.With(own, [.. removed.Select(id => id.Value)]);
    }
}
