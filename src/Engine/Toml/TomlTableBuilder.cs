namespace AgentDeck.Engine.Toml;

/// <summary>A table that grows while the document is read, with the rules about who may define what once more.</summary>
/// <param name="origin">How the table came into being.</param>
/// <param name="position">Where it did.</param>
internal sealed class TomlTableBuilder(TomlTableOrigin origin, TomlPosition position)
{
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<string, Slot> _byKey = new(StringComparer.Ordinal);

    private TomlTableOrigin _origin = origin;
    private TomlPosition _position = position;

    /// <summary>Adds the value of a key that may have dots.</summary>
    public void Add(IReadOnlyList<TomlKey> path, TomlValue value)
    {
        var table = this;
        foreach (var part in path.SkipLast(1))
        {
            table = table.EnterDotted(part);
        }

        var key = path[^1];
        if (table._byKey.TryGetValue(key.Name, out var existing))
        {
            throw Twice(key, existing);
        }

        table.AddSlot(key, value, null, null);
    }

    /// <summary>Defines the table of <c>[path]</c> below this one and returns it.</summary>
    public TomlTableBuilder DefineTable(IReadOnlyList<TomlKey> path)
    {
        var parent = EnterParents(path);
        var key = path[^1];
        if (!parent._byKey.TryGetValue(key.Name, out var slot))
        {
            return parent.AddTable(key, TomlTableOrigin.Header);
        }

        if (slot.Table is not { _origin: TomlTableOrigin.Implied } table)
        {
            throw Twice(key, slot);
        }

        table._origin = TomlTableOrigin.Header;
        table._position = key.Position;
        return table;
    }

    /// <summary>Adds an item to the array of tables of <c>[[path]]</c> below this one and returns it.</summary>
    public TomlTableBuilder DefineItem(IReadOnlyList<TomlKey> path)
    {
        var parent = EnterParents(path);
        var key = path[^1];
        if (!parent._byKey.TryGetValue(key.Name, out var slot))
        {
            slot = parent.AddSlot(key, null, null, []);
        }
        else if (slot.Items is null)
        {
            throw Twice(key, slot);
        }

        var item = new TomlTableBuilder(TomlTableOrigin.Header, key.Position);
        slot.Items!.Add(item);
        return item;
    }

    /// <summary>The finished table.</summary>
    public TomlTable Build() => new([.. _slots.Select(slot => new TomlEntry(slot.Key.Name, slot.Key.Position, Finish(slot)))], _position);

    private static TomlValue Finish(Slot slot) => slot switch
    {
        { Value: { } value } => value,
        { Table: { } table } => table.Build(),
        _ => new TomlArray([.. slot.Items!.Select(item => item.Build())], slot.Key.Position),
    };

    private TomlTableBuilder EnterParents(IReadOnlyList<TomlKey> path)
    {
        var table = this;
        foreach (var part in path.SkipLast(1))
        {
            table = !table._byKey.TryGetValue(part.Name, out var slot)
                ? table.AddTable(part, TomlTableOrigin.Implied)
                : slot.Items?[^1] ?? slot.Table ?? throw NotATable(part, slot);
        }

        return table;
    }

    private TomlTableBuilder EnterDotted(TomlKey part)
    {
        if (!_byKey.TryGetValue(part.Name, out var slot))
        {
            return AddTable(part, TomlTableOrigin.Dotted);
        }

        if (slot.Value is not null)
        {
            throw NotATable(part, slot);
        }

        return slot.Table is { _origin: TomlTableOrigin.Dotted } table
            ? table
            : throw new TomlException(part.Position, $"'{part.Name}' is defined by a header in line {slot.Key.Position.Line}; add the key there");
    }

    private TomlTableBuilder AddTable(TomlKey key, TomlTableOrigin origin)
    {
        var table = new TomlTableBuilder(origin, key.Position);
        AddSlot(key, null, table, null);
        return table;
    }

    private Slot AddSlot(TomlKey key, TomlValue? value, TomlTableBuilder? table, List<TomlTableBuilder>? items)
    {
        var slot = new Slot(key, value, table, items);
        _slots.Add(slot);
        _byKey.Add(key.Name, slot);
        return slot;
    }

    private static TomlException Twice(TomlKey key, Slot existing) =>
        new(key.Position, $"'{key.Name}' is already defined in line {existing.Key.Position.Line}; remove one of the two");

    private static TomlException NotATable(TomlKey key, Slot existing) =>
        new(key.Position, $"'{key.Name}' has its whole value in line {existing.Key.Position.Line}; nothing can be added to it here");

    // Exactly one of the three is not null.
    private sealed record Slot(TomlKey Key, TomlValue? Value, TomlTableBuilder? Table, List<TomlTableBuilder>? Items);
}
