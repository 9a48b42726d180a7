using System.Collections.Immutable;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads what concerns the deck itself: <c>[deck]</c>, <c>[keys]</c> and <c>[[nudge]]</c>.</summary>
internal static class DeckReader
{
    private static readonly DeckSettings Default = new();

    /// <summary>Reads <c>[deck]</c>.</summary>
    public static DeckSettings ReadSettings(TomlSection root)
    {
        var section = root.Section("deck");
        var settings = new DeckSettings
        {
            Theme = section.Value("theme") is null ? Default.Theme : section.RequiredText("theme", "expected the name of a theme or the path of a theme file")?.Value ?? Default.Theme,
            Panes = ReadPanes(section),
            DetachKey = ReadDetachKey(section),
            ReadOnly = section.Flag("read_only", Default.ReadOnly),
            Mouse = section.Flag("mouse", Default.Mouse),
        };
        section.WarnAboutUnknownKeys();
        return settings;
    }

    /// <summary>Reads <c>[keys]</c>: every key is a command's name, so none is unknown here; the deck checks them.</summary>
    public static ImmutableArray<KeyBindingSpec> ReadKeys(TomlSection root)
    {
        var section = root.Section("keys");
        var keys = ImmutableArray.CreateBuilder<KeyBindingSpec>();
        foreach (var entry in section.Table.Entries)
        {
            var values = entry.Value is TomlArray array ? array.Items : [entry.Value];
            if (values.Count == 0)
            {
                keys.Add(new KeyBindingSpec(entry.Key, "", entry.Value.Position.Line, entry.Value.Position.Column));
            }

            foreach (var value in values)
            {
                if (value is TomlString key)
                {
                    keys.Add(new KeyBindingSpec(entry.Key, key.Value, value.Position.Line, value.Position.Column));
                }
                else
                {
                    section.Refuse(entry.Key, value, "expected a key such as \"ctrl+x\", an array of keys, or \"\" for none");
                }
            }
        }

        return keys.ToImmutable();
    }

    /// <summary>Reads every <c>[[nudge]]</c>.</summary>
    public static ImmutableArray<NudgeTemplate> ReadNudges(TomlSection root)
    {
        var nudges = ImmutableArray.CreateBuilder<NudgeTemplate>();
        foreach (var section in root.Items("nudge"))
        {
            var title = section.RequiredText("title", "give the template a short title to pick it by");
            var text = section.RequiredText("text", "give the text to send");
            section.WarnAboutUnknownKeys();
            if (title is not null && text is not null)
            {
                nudges.Add(new NudgeTemplate(title.Value, text.Value));
            }
        }

        return nudges.ToImmutable();
    }

    private static int ReadPanes(TomlSection section)
    {
        const string Expected = "expected 1, 2, 4, 6 or 9";
        if (section.Value<TomlInteger>("panes", Expected["expected ".Length..]) is not { } panes)
        {
            return Default.Panes;
        }

        if (panes.Value is 1 or 2 or 4 or 6 or 9)
        {
            return (int)panes.Value;
        }

        section.Refuse("panes", panes, Expected);
        return Default.Panes;
    }

    private static string ReadDetachKey(TomlSection section)
    {
        if (section.Text("detach_key") is not { } key)
        {
            return Default.DetachKey;
        }

        if (DetachKeyText.WhyNot(key.Value) is { } reason)
        {
            section.Refuse("detach_key", key, reason);
            return Default.DetachKey;
        }

        return key.Value;
    }
}
