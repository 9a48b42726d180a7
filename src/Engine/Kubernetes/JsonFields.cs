using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>
/// The fields of one JSON object from outside, read so that nothing throws: what is missing or null is a default, what has
/// another type than expected is a default and a warning, and no field hides another. Texts are as they came.
/// </summary>
internal readonly struct JsonFields
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly Action<string> _warn;

    /// <summary>Reads from an element, which need not be an object.</summary>
    /// <param name="element">The element; undefined when it is missing.</param>
    /// <param name="path">How warnings call it, without positions in arrays; empty for the object itself.</param>
    /// <param name="warn">Takes one sentence a problem. The sentences about one field are alike, so that they can be told once.</param>
    public JsonFields(JsonElement element, string path, Action<string> warn)
    {
        (_element, _path, _warn) = (element, path, warn);
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            warn($"{(path.Length == 0 ? "the object" : path)} is {Describe(element)} instead of an object");
        }
    }

    /// <summary>Whether there is an object at all.</summary>
    public bool Exists => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Reads from an element of which nobody wants to hear warnings.</summary>
    public static JsonFields Of(JsonElement element) => new(element, "", static _ => { });

    /// <summary>A field as it came; undefined when it is missing.</summary>
    public JsonElement Element(string name) => Find(name);

    /// <summary>The fields of an object; they are all missing when it is.</summary>
    public JsonFields Object(string name) => new(Find(name), Path(name), _warn);

    /// <summary>The objects of an array; what in it is no object is left out with a warning.</summary>
    public IEnumerable<JsonFields> Objects(string name)
    {
        var array = Find(name);
        if (array.ValueKind != JsonValueKind.Array)
        {
            WarnUnlessMissing(name, array, "an array");
            return [];
        }

        var (path, warn) = (Path(name) + "[]", _warn);
        var strange = array.EnumerateArray().FirstOrDefault(item => item.ValueKind != JsonValueKind.Object);
        if (strange.ValueKind != JsonValueKind.Undefined)
        {
            warn($"{path} is {Describe(strange)} instead of an object");
        }

        return array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new JsonFields(item, path, warn));
    }

    /// <summary>A text that must be there; empty, with a warning, when it is not.</summary>
    public string Text(string name)
    {
        if (Find(name).ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            _warn($"{Path(name)} is missing");
        }

        return OptionalText(name) ?? "";
    }

    /// <summary>A text, or null when it is missing.</summary>
    public string? OptionalText(string name)
    {
        var value = Find(name);
        if (value.ValueKind == JsonValueKind.String && TextOf(value) is { } text)
        {
            return text;
        }

        WarnUnlessMissing(name, value, "text");
        return null;
    }

    /// <summary>A whole number, also when it comes as <c>3.0</c> or <c>"3"</c>; null when it is missing.</summary>
    public long? Integer(string name)
    {
        var value = Find(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.TryGetInt64(out var integer):
                return integer;
            case JsonValueKind.Number when value.TryGetDouble(out var number) && number == Math.Floor(number) && Math.Abs(number) < 1L << 53:
                return (long)number;
            case JsonValueKind.String when long.TryParse(TextOf(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var spelled):
                return spelled;
            default:
                WarnUnlessMissing(name, value, "a whole number");
                return null;
        }
    }

    /// <summary>A whole number of 32 bits; null when it is missing or does not fit.</summary>
    public int? SmallInteger(string name)
    {
        var value = Integer(name);
        if (value is < int.MinValue or > int.MaxValue)
        {
            _warn($"{Path(name)} is out of range");
            return null;
        }

        return (int?)value;
    }

    /// <summary>Says that a field cannot be used.</summary>
    /// <param name="name">The field.</param>
    /// <param name="what">What is wrong with it, alike for every value.</param>
    public void Warn(string name, string what) => _warn($"{Path(name)} {what}");

    /// <summary>True or false; false when it is missing.</summary>
    public bool Flag(string name)
    {
        var value = Find(name);
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            WarnUnlessMissing(name, value, "true or false");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A time (RFC 3339) in UTC; null when it is missing, Go's zero time, or so far off that no time could be added to it.</summary>
    public DateTimeOffset? Time(string name)
    {
        var value = Find(name);
        if (value.ValueKind == JsonValueKind.String && TextOf(value) is not null && value.TryGetDateTimeOffset(out var time))
        {
            return time.Year is 1 or > 9000 ? null : time.ToUniversalTime();
        }

        WarnUnlessMissing(name, value, "a time");
        return null;
    }

    /// <summary>An object whose values are texts, such as labels.</summary>
    /// <param name="name">The field.</param>
    /// <param name="most">How many entries are kept.</param>
    /// <param name="longest">How many UTF-16 units of a value are kept.</param>
    /// <param name="keep">Which keys are kept.</param>
    public ImmutableDictionary<string, string> Texts(string name, int most, int longest, Func<string, bool>? keep = null)
    {
        var value = Find(name);
        if (value.ValueKind != JsonValueKind.Object)
        {
            WarnUnlessMissing(name, value, "an object");
            return ImmutableDictionary<string, string>.Empty;
        }

        var texts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (texts.Count == most)
            {
                _warn($"{Path(name)} has more than {most} entries");
                break;
            }

            var text = property.Value.ValueKind == JsonValueKind.String ? TextOf(property.Value) : null;
            if (text is null || NameOf(property) is not { } key)
            {
                _warn($"{Path(name)} has an entry that is not text");
            }
            else if (keep is null || keep(key))
            {
                texts[key] = text.Length > longest ? text[..longest] : text;
            }
        }

        return texts.ToImmutable();
    }

    private JsonElement Find(string name)
    {
        if (!Exists)
        {
            return default;
        }

        try
        {
            return _element.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair stands in the way; the others are read one by one.
            return _element.EnumerateObject().LastOrDefault(property => NameOf(property) == name).Value;
        }
    }

    // Half a surrogate pair, written as an escape, passes the parser and throws only here.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void WarnUnlessMissing(string name, JsonElement value, string expected)
    {
        if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            _warn($"{Path(name)} is {Describe(value)} instead of {expected}");
        }
    }

    private string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text of another form",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
