using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Theming;

/// <summary>
/// Reads a theme: <c>[palette]</c> gives colours names, <c>[roles]</c> gives each role <c>{ fg, bg, attrs }</c>. A part that
/// a role leaves out comes from its parent (<see cref="ThemeRoles.ParentOf"/>). Pure.
/// </summary>
/// <param name="reader">Reads TOML.</param>
internal sealed class ThemeLoader(ITomlReader reader)
{
    /// <summary>Reads a theme and everything wrong with it at once.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <param name="file">The file, for problems.</param>
    /// <param name="name">The theme's name.</param>
    /// <returns>The theme, null when a problem is an error; and the problems.</returns>
    public (Theme? Theme, ImmutableArray<ConfigurationProblem> Problems) Load(ReadOnlySpan<byte> utf8, string file, string name)
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
            return (null, problems.ToImmutable());
        }

        var root = new TomlSection(document, "this theme", problems);
        var styles = ReadRoles(root.Section("roles"), new ThemeValues(ReadPalette(root.Section("palette"))));
        root.WarnAboutUnknownKeys();
        return (problems.HasErrors ? null : new Theme(name, styles), problems.ToImmutable());
    }

    private static Dictionary<string, Color> ReadPalette(TomlSection section)
    {
        var plain = new ThemeValues(ImmutableDictionary<string, Color>.Empty);
        return section.Table.Entries.ToDictionary(entry => entry.Key, entry => plain.Color(section, entry.Key, Color.Default), StringComparer.Ordinal);
    }

    private static List<Style> ReadRoles(TomlSection section, ThemeValues values)
    {
        var styles = new List<Style>(ThemeRoles.All.Count);
        foreach (var role in ThemeRoles.All)
        {
            var inherited = ThemeRoles.ParentOf(role) is { } parent ? styles[(int)parent] : default;
            styles.Add(ReadRole(section, ThemeRoles.NameOf(role), values, inherited));
        }

        section.WarnAboutUnknownKeys();
        return styles;
    }

    private static Style ReadRole(TomlSection section, string name, ThemeValues values, Style inherited)
    {
        if (section.Value<TomlTable>(name, "a table such as { fg = \"blue\", attrs = \"bold\" }") is not { } table)
        {
            return inherited;
        }

        var role = new TomlSection(table, name, section.Problems);
        var style = new Style(
            values.Color(role, "fg", inherited.Foreground),
            values.Color(role, "bg", inherited.Background),
            ThemeValues.AttributesOf(role, inherited.Attributes));
        role.WarnAboutUnknownKeys();
        return style;
    }
}
