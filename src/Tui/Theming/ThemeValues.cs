using System.Globalization;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Theming;

/// <summary>Reads the colours and attributes of a theme file.</summary>
/// <param name="palette">The colours that have names.</param>
internal sealed class ThemeValues(IReadOnlyDictionary<string, Color> palette)
{
    private const string Expected = "expected \"#rrggbb\", an index from 0 to 255, or \"default\"";

    private static readonly (string Word, CellAttributes Attribute)[] Attributes =
    [
        ("bold", CellAttributes.Bold), ("dim", CellAttributes.Dim), ("italic", CellAttributes.Italic),
        ("underline", CellAttributes.Underline), ("reverse", CellAttributes.Reverse), ("strike", CellAttributes.Strike),
    ];

    /// <summary>The colour of a key; <paramref name="otherwise"/> when absent or wrong.</summary>
    public Color Color(TomlSection section, string key, Color otherwise)
    {
        switch (section.Value(key))
        {
            case null:
                return otherwise;
            case TomlInteger { Value: >= 0 and <= 255 } index:
                return Terminal.Cells.Color.FromIndex((byte)index.Value);
            case TomlString { Value: "default" }:
                return Terminal.Cells.Color.Default;
            case TomlString { Value: ['#', .. { Length: 6 } digits] } when uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb):
                return Terminal.Cells.Color.FromRgb((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
            case TomlString name when palette.TryGetValue(name.Value, out var color):
                return color;
            case var wrong:
                var near = wrong is TomlString text ? Spelling.Nearest(text.Value, palette.Keys) : null;
                section.Refuse(key, wrong, near is null ? $"{Expected}{(palette.Count > 0 ? ", or a name from [palette]" : "")}" : $"did you mean {near}?");
                return otherwise;
        }
    }

    /// <summary>The attributes under <c>attrs</c>: one word or an array of words; <paramref name="otherwise"/> when absent.</summary>
    public static CellAttributes AttributesOf(TomlSection section, CellAttributes otherwise)
    {
        if (section.Value("attrs") is not { } value)
        {
            return otherwise;
        }

        var attributes = CellAttributes.None;
        foreach (var item in value is TomlArray array ? array.Items : [value])
        {
            var word = (item as TomlString)?.Value;
            var found = Array.Find(Attributes, known => known.Word == word);
            if (found.Word is null)
            {
                section.Refuse("attrs", item, TomlSection.Alternatives(word ?? "", [.. Attributes.Select(known => known.Word)]));
            }

            attributes |= found.Attribute;
        }

        return attributes;
    }
}
