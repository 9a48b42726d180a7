using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads every <c>[[source]]</c>.</summary>
internal static class SourcesReader
{
    /// <summary>Reads the sources.</summary>
    /// <param name="root">The file.</param>
    /// <param name="resolve">Makes a path absolute.</param>
    /// <returns>The usable sources in order, and every name that the file declares, usable or not.</returns>
    public static (ImmutableArray<SourceSpec> Sources, ImmutableHashSet<string> Declared) Read(TomlSection root, Func<string, string> resolve)
    {
        var sources = ImmutableArray.CreateBuilder<SourceSpec>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var section in root.Items("source"))
        {
            var name = section.RequiredText("name", "give the source a short name; agents name it as their source");
            var source = ReadKind(name?.Value ?? "", section, resolve);
            if (name is null)
            {
                continue;
            }

            if (name.Value.Any(character => character == '/' || char.IsControl(character)))
            {
                section.Refuse("name", name, "leave '/' and control characters out; agents are shown as source/name");
            }

            if (!lines.TryAdd(name.Value, name.Position.Line))
            {
                section.Refuse("name", name, $"the source in line {lines[name.Value]} has the same name; rename one of the two");
            }
            else if (source is not null)
            {
                sources.Add(source);
            }
        }

        return (sources.ToImmutable(), [.. lines.Keys]);
    }

    private static SourceSpec? ReadKind(string name, TomlSection section, Func<string, string> resolve)
    {
        var words = SourceKinds.All.Select(kind => kind.Word).ToArray();
        if (section.RequiredText("kind", $"expected one of {string.Join(", ", words)}") is not { } word)
        {
            return null;
        }

        if (SourceKinds.All.FirstOrDefault(kind => kind.Word == word.Value) is not { } kind)
        {
            section.Refuse("kind", word, TomlSection.Alternatives(word.Value, words));
            return null;
        }

        var apply = ApplyReader.Read(section, ApplyPolicy.Restart);
        return kind.Read(PlainText.Sanitize(name), section, resolve) is { } source ? source with { Apply = apply } : null;
    }
}
