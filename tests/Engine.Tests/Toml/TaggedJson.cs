using System.Globalization;
using System.Text.Json;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Toml;

/// <summary>Compares values with toml-test's JSON, in which every scalar is <c>{"type": …, "value": …}</c>.</summary>
internal static class TaggedJson
{
    public static void AssertEqual(JsonElement expected, TomlValue actual, string path)
    {
        switch (actual)
        {
            case TomlTable table:
                Assert.Equal(JsonValueKind.Object, expected.ValueKind);
                Assert.Equal(expected.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal),
                    table.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal));
                foreach (var entry in table.Entries)
                {
                    AssertEqual(expected.GetProperty(entry.Key), entry.Value, $"{path}.{entry.Key}");
                }

                break;
            case TomlArray array:
                Assert.Equal(JsonValueKind.Array, expected.ValueKind);
                Assert.Equal(expected.GetArrayLength(), array.Items.Count);
                foreach (var (index, item) in array.Items.Index())
                {
                    AssertEqual(expected[index], item, $"{path}[{index}]");
                }

                break;
            default:
                var value = expected.GetProperty("value").GetString()!;
                Assert.Equal((path, Normalize(expected.GetProperty("type").GetString()!, value)), (path, Print(actual)));
                break;
        }
    }

    private static string Print(TomlValue value) => value switch
    {
        TomlString text => $"string {text.Value}",
        TomlInteger integer => $"integer {integer.Value}",
        TomlFloat number => $"float {number.Value:R}",
        TomlBoolean boolean => boolean.Value ? "bool true" : "bool false",
        TomlOffsetDateTime moment => $"datetime {moment.Value:O}",
        TomlLocalDateTime moment => $"datetime-local {moment.Value:O}",
        TomlLocalDate date => $"date-local {date.Value:O}",
        TomlLocalTime time => $"time-local {time.Value:O}",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not a scalar"),
    };

    private static string Normalize(string type, string value)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            "float" => $"float {ParseFloat(value):R}",
            "datetime" => $"datetime {DateTimeOffset.Parse(value, culture):O}",
            "datetime-local" => $"datetime-local {DateTime.Parse(value, culture):O}",
            "date-local" => $"date-local {DateOnly.Parse(value, culture):O}",
            "time-local" => $"time-local {TimeOnly.Parse(value, culture):O}",
            _ => $"{type} {value}",
        };
    }

    private static double ParseFloat(string value) => value switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.Parse(value, CultureInfo.InvariantCulture),
    };
}
