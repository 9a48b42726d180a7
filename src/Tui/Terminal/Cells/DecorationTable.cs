namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>Interns <see cref="Decoration"/>s. Bounded: when full, new ones are dropped. Safe for concurrent use.</summary>
internal sealed class DecorationTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Decoration, ushort> _indexes = [];
    private readonly List<Decoration> _decorations = [default];

    /// <summary>The index of a decoration; 0 for none and for those that no longer fit.</summary>
    public ushort Intern(Decoration decoration)
    {
        if (decoration == default)
        {
            return 0;
        }

        lock (_gate)
        {
            if (_indexes.TryGetValue(decoration, out var known))
            {
                return known;
            }

            if (_decorations.Count > ushort.MaxValue)
            {
                return 0;
            }

            _decorations.Add(decoration);
            return _indexes[decoration] = (ushort)(_decorations.Count - 1);
        }
    }

    /// <summary>The decoration at an index.</summary>
    public Decoration this[ushort index]
    {
        get
        {
            lock (_gate)
            {
                return _decorations[index];
            }
        }
    }
}
