using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration;

/// <summary>
/// A table of an operator's file on its way into a record: asks for keys by type, reports wrong types with place, value and
/// remedy, and remembers which keys it was asked for, so that the others can be named as unknown.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="title">How messages call it, for example <c>[deck]</c>.</param>
/// <param name="problems">Takes what is wrong.</param>
public sealed class TomlSection(TomlTable table, string title, ConfigurationProblems problems)
{
    private const int LongestQuote = 60;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The table.</summary>
    public TomlTable Table => table;

    /// <summary>How messages call it.</summary>
    public string Title => title;

    /// <summary>Takes what is wrong.</summary>
    public ConfigurationProblems Problems => problems;

    /// <summary>The value of a key, whatever its type; null when absent.</summary>
    public TomlValue? Value(string key)
    {
        _known.Add(key);
        return table.Find(key);
    }

    /// <summary>A key's value when it has the wanted type; null, reported, when it has another.</summary>
    public T? Value<T>(string key, string expected)
        where T : TomlValue
    {
        var value = Value(key);
        if (value is not null and not T)
        {
            Refuse(key, value, $"expected {expected}");
        }

        return value as T;
    }

    /// <summary>A text; null when absent or wrong.</summary>
    public TomlString? Text(string key) => Value<TomlString>(key, "text in quotes");

    /// <summary>A text that must be there and not be blank; null, reported, when it is not.</summary>
    public TomlString? RequiredText(string key, string remedy)
    {
        var value = Text(key);
        if (table.Find(key) is null)
        {
            problems.Error(table.Position, $"{title} has no {key}: {remedy}");
        }
        else if (value is not null && string.IsNullOrWhiteSpace(value.Value))
        {
            Refuse(key, value, remedy);
            return null;
        }

        return value;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool otherwise) => Value<TomlBoolean>(key, "true or false, without quotes")?.Value ?? otherwise;

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string key, T otherwise, params (string Word, T Value)[] choices)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        foreach (var choice in choices)
        {
            if (choice.Word == text.Value)
            {
                return choice.Value;
            }
        }

        Refuse(key, text, Alternatives(text.Value, [.. choices.Select(choice => choice.Word)]));
        return otherwise;
    }

    /// <summary>The tables of <c>[[key]]</c>, each with its title; empty when absent or wrong.</summary>
    public IEnumerable<TomlSection> Items(string key)
    {
        if (Value(key) is not { } value)
        {
            yield break;
        }

        if (value is not TomlArray array || array.Items.Any(item => item is not TomlTable))
        {
            problems.Error(value.Position, $"{key} is {Describe(value)}: write each {key} under a heading [[{key}]], with two brackets");
            yield break;
        }

        foreach (var item in array.Items.Cast<TomlTable>())
        {
            yield return new TomlSection(item, $"[[{key}]]", problems);
        }
    }

    /// <summary>The table of <c>[key]</c>, or an empty one when it is absent or wrong.</summary>
    public TomlSection Section(string key)
    {
        var value = Value(key);
        if (value is not null and not TomlTable)
        {
            problems.Error(value.Position, $"{key} is {Describe(value)}: write a heading [{key}] and its keys below it");
        }

        return new TomlSection(value as TomlTable ?? new TomlTable([], table.Position), $"[{key}]", problems);
    }

    /// <summary>Reports a value as an error: where, what, and what to write instead.</summary>
    public void Refuse(string key, TomlValue value, string remedy) =>
        problems.Error(value.Position, $"{key} = {Describe(value)} in {title}: {remedy}");

    /// <summary>Warns about every key that nobody asked for.</summary>
    public void WarnAboutUnknownKeys()
    {
        foreach (var entry in table.Entries.Where(entry => !_known.Contains(entry.Key)))
        {
            var key = PlainText.Sanitize(entry.Key, LongestQuote);
            problems.Warn(entry.KeyPosition, $"{key} in {title} is unknown and ignored: {Alternatives(entry.Key, _known)}");
        }
    }

    /// <summary>Warns about those of these keys that are there, because they mean nothing here.</summary>
    /// <param name="keys">The keys; they count as known.</param>
    /// <param name="why">Why; null to say nothing.</param>
    public void WarnAboutIgnored(IEnumerable<string> keys, string? why)
    {
        foreach (var key in keys)
        {
            if (Value(key) is not null && why is not null)
            {
                problems.Warn(table.Entries.First(entry => entry.Key == key).KeyPosition, $"{key} in {title} is ignored: {why}");
            }
        }
    }

    /// <summary>What may stand instead of a wrong word: the nearest one, or all.</summary>
    public static string Alternatives(string wrong, IReadOnlyCollection<string> known) => Spelling.Nearest(wrong, known) is { } nearest
        ? $"did you mean {nearest}? (known: {string.Join(", ", known)})"
        : $"expected {(known.Count == 1 ? "" : "one of ")}{string.Join(", ", known)}";

    /// <summary>A value as a message quotes it: safe to print, and short.</summary>
    public static string Describe(TomlValue value) => value switch
    {
        TomlString text => $"\"{PlainText.Sanitize(text.Value, LongestQuote)}{(text.Value.Length > LongestQuote ? "…" : "")}\"",
        TomlInteger integer => FormattableString.Invariant($"{integer.Value}"),
        TomlFloat number => FormattableString.Invariant($"{number.Value}"),
        TomlBoolean boolean => boolean.Value ? "true" : "false",
        TomlArray => "an array",
        TomlTable => "a table",
        _ => "a date or time",
    };
}
