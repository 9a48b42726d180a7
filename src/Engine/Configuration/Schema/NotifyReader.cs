using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads <c>[notify]</c>.</summary>
internal static class NotifyReader
{
    private const string CommandForm = "expected a shell command in quotes, or an array of a program and its arguments";

    private static readonly NotifySettings Default = new();

    /// <summary>Reads the table.</summary>
    public static NotifySettings Read(TomlSection root)
    {
        var section = root.Section("notify");
        var settings = new NotifySettings
        {
            On = ReadKinds(section),
            Bell = section.Flag("bell", Default.Bell),
            Desktop = section.Flag("desktop", Default.Desktop),
            Command = ReadCommand(section),
        };
        section.WarnAboutUnknownKeys();
        return settings;
    }

    private static ImmutableArray<NotificationKind> ReadKinds(TomlSection section)
    {
        var kinds = Enum.GetValues<NotificationKind>().ToDictionary(Words.Of, StringComparer.Ordinal);
        if (section.Value<TomlArray>("on", $"an array of {string.Join(", ", kinds.Keys)}") is not { } array)
        {
            return Default.On;
        }

        var wanted = ImmutableArray.CreateBuilder<NotificationKind>();
        foreach (var item in array.Items)
        {
            if (item is TomlString word && kinds.TryGetValue(word.Value, out var kind))
            {
                wanted.Add(kind);
            }
            else
            {
                section.Refuse("on", item, item is TomlString other ? TomlSection.Alternatives(other.Value, kinds.Keys) : $"expected one of {string.Join(", ", kinds.Keys)}, in quotes");
            }
        }

        return wanted.ToImmutable();
    }

    // A message would quote the command, which may hold a key: it names the place alone.
    private static ImmutableArray<string> ReadCommand(TomlSection section)
    {
        switch (section.Value("command"))
        {
            case null:
                return Default.Command;
            case TomlString { Value: { } line } when IsUsable(line):
                return ["sh", "-c", line];
            case TomlArray { Items: { Count: > 0 } items } when items.All(item => item is TomlString { Value: { } word } && !word.Contains('\0', StringComparison.Ordinal)) && items[0] is TomlString { Value: { } program } && IsUsable(program):
                return [.. items.Cast<TomlString>().Select(item => item.Value)];
            case { } value:
                section.Problems.Error(value.Position, $"command in {section.Title}: {CommandForm}, neither empty nor with a NUL (\\u0000) in it");
                return Default.Command;
        }
    }

    private static bool IsUsable(string text) => !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal);
}
