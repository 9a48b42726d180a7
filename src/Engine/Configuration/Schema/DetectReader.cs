using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads every <c>[[detect]]</c>: how an agent's screen tells what it does.</summary>
/// <param name="file">The file, as people call it.</param>
internal sealed class DetectReader(string file)
{
    private const int MostLines = 200;
    private const int HighestPriority = 1000;
    private const int LongestPattern = 1000;
    private const string Patterns = "text in quotes, or a table such as { all = [\"…\"], any = [\"…\"], none = [\"…\"] }";

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Reads the rules.</summary>
    /// <param name="root">The file.</param>
    /// <param name="checksPatterns">Whether regular expressions are tried at once, so that a wrong one is a problem.</param>
    /// <returns>The rules in order, and the ids of those that are to be removed, with their places.</returns>
    public (ImmutableArray<DetectionRule> Rules, ImmutableArray<TomlString> Removed) Read(TomlSection root, bool checksPatterns)
    {
        var rules = ImmutableArray.CreateBuilder<DetectionRule>();
        var removed = ImmutableArray.CreateBuilder<TomlString>();
        foreach (var section in root.Items("detect"))
        {
            var id = ReadId(section);
            if (!section.Flag("enabled", otherwise: true))
            {
                // What it would say is of no matter, and may stay in the file.
                if (id is not null)
                {
                    removed.Add(id);
                }

                continue;
            }

            var rule = ReadRule(section, id, checksPatterns);
            section.WarnAboutUnknownKeys();
            if (rule is not null)
            {
                rules.Add(rule);
            }
        }

        return (rules.ToImmutable(), removed.ToImmutable());
    }

    private TomlString? ReadId(TomlSection section)
    {
        if (section.RequiredText("id", "name the rule; a shipped rule of that name is replaced") is not { } id)
        {
            return null;
        }

        if (id.Value.Any(char.IsControl) || id.Value.Any(char.IsWhiteSpace))
        {
            section.Refuse("id", id, "leave blanks and control characters out");
            return null;
        }

        if (!_lines.TryAdd(id.Value, id.Position.Line))
        {
            section.Refuse("id", id, $"the rule in line {_lines[id.Value]} has the same id; rename one of the two");
            return null;
        }

        return id;
    }

    private DetectionRule? ReadRule(TomlSection section, TomlString? id, bool checksPatterns)
    {
        if (section.Value("state") is null)
        {
            section.Problems.Error(section.Table.Position, $"{section.Title} has no state: expected busy, idle, waiting, blocked or limited");
        }

        var region = section.Choice("region", ScreenRegion.Lines, ("lines", ScreenRegion.Lines), ("rows", ScreenRegion.Rows), ("prompt", ScreenRegion.Prompt), ("screen", ScreenRegion.Screen));
        var rule = new DetectionRule
        {
            Id = id?.Value ?? "",
            Origin = file,
            Activity = section.Choice(
                "state", Activity.None,
                ("busy", Activity.Busy), ("idle", Activity.Idle), ("waiting", Activity.Waiting), ("blocked", Activity.Blocked), ("limited", Activity.Limited)),
            Priority = ReadNumber(section, "priority", 0, HighestPriority, 500),
            Region = region,
            Lines = ReadNumber(section, "lines", 1, MostLines, 8),
            When = section.Choice("when", RuleTime.Quiet, ("quiet", RuleTime.Quiet), ("output", RuleTime.Output), ("always", RuleTime.Always)),
            Text = ReadPatterns(section, "text", RulePattern.OfText, checksPatterns),
            Regex = ReadPatterns(section, "regex", RulePattern.OfRegex, checksPatterns),
            Commands = ReadTexts(section, "commands"),
            ExceptCommands = ReadTexts(section, "except_commands"),
        };
        if (section.Table.Find("text") is null && section.Table.Find("regex") is null)
        {
            section.Problems.Error(section.Table.Position, $"{section.Title} has neither text nor regex: say what the screen shows, for example text = \"continue?\"");
            return null;
        }

        return id is null || rule.Activity == Activity.None || !(rule.Text.AsksForSomething || rule.Regex.AsksForSomething) ? null : rule;
    }

    private static RulePatterns ReadPatterns(TomlSection section, string key, Func<string, RulePattern> create, bool checks)
    {
        switch (section.Value(key))
        {
            case null:
                return RulePatterns.Nothing;

            case TomlString one:
                return new RulePatterns(Pattern(section, key, one, create, checks), [], []);

            case TomlTable table:
                var parts = new TomlSection(table, $"{key} of {section.Title}", section.Problems);
                var patterns = new RulePatterns(Part("all"), Part("any"), Part("none"));
                parts.WarnAboutUnknownKeys();
                if (table.Find("all") is null && table.Find("any") is null && section.Table.Find(key == "text" ? "regex" : "text") is null)
                {
                    section.Refuse(key, table, "a rule must look for something: add all = [\"…\"] or any = [\"…\"]");
                }

                return patterns;

                ImmutableArray<RulePattern> Part(string name) =>
                    [.. Items(parts, name).SelectMany(text => Pattern(parts, name, text, create, checks))];

            case { } other:
                section.Refuse(key, other, $"expected {Patterns}");
                return RulePatterns.Nothing;
        }
    }

    private static ImmutableArray<RulePattern> Pattern(TomlSection section, string key, TomlString text, Func<string, RulePattern> create, bool checks)
    {
        if (text.Value.Length is 0 or > LongestPattern)
        {
            section.Refuse(key, text, $"expected 1 to {LongestPattern} characters");
            return [];
        }

        var pattern = create(text.Value);
        try
        {
            if (checks && pattern.IsRegex && pattern.Regex.IsMatch(""))
            {
                section.Problems.Warn(text.Position, $"{key} = {TomlSection.Describe(text)} in {section.Title} matches an empty screen, too: is that meant?");
            }
        }
        catch (RegexParseException error)
        {
            section.Refuse(key, text, $"it is not a regular expression ({error.Error}, at its character {error.Offset + 1}); write it in single quotes so that \\ stands for itself");
            return [];
        }

        return [pattern];
    }

    private static int ReadNumber(TomlSection section, string key, int least, int most, int otherwise)
    {
        var value = section.Value<TomlInteger>(key, "a whole number");
        if (value is not null && (value.Value < least || value.Value > most))
        {
            section.Refuse(key, value, $"expected {least} to {most}");
            return otherwise;
        }

        return (int)(value?.Value ?? otherwise);
    }

    private static ImmutableArray<string> ReadTexts(TomlSection section, string key) => [.. Items(section, key).Select(text => text.Value)];

    private static IEnumerable<TomlString> Items(TomlSection section, string key)
    {
        var value = section.Value(key);
        foreach (var item in value is TomlArray array ? array.Items : value is null ? [] : [value])
        {
            if (item is TomlString text)
            {
                yield return text;
            }
            else
            {
                section.Refuse(key, item, "expected text in quotes, or an array of texts");
            }
        }
    }
}
