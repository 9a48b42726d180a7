using System.Collections.Concurrent;

namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>
/// Interns <see cref="Decoration"/>s. Bounded: when full, new ones are dropped. Safe for concurrent use; only the first
/// sight of a decoration takes a lock.
/// </summary>
internal sealed class DecorationTable
{
    /// <summary>How many decorations are kept, with the empty one.</summary>
    public const int Capacity = ushort.MaxValue + 1;

    /// <summary>The longest link that is kept, in bytes.</summary>
    public const int LongestLink = 2048;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Decoration, ushort> _indexes = [];
    private readonly AppendOnlyList<Decoration> _decorations = new(Capacity);

    /// <summary>Creates a table with the empty decoration.</summary>
    public DecorationTable() => _decorations.Add(default);

    /// <summary>
    /// The index of a decoration; 0 for none and for those that no longer fit. A link that is too long or has anything but
    /// printable ASCII is left out.
    /// </summary>
    public ushort Intern(Decoration decoration)
    {
        if (decoration.Link is { } link && (link.Length > LongestLink || link.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            decoration = decoration with { Link = null };
        }

        if (decoration == default)
        {
            return 0;
        }

        return _indexes.TryGetValue(decoration, out var known) ? known : Add(decoration);
    }

    /// <summary>The decoration at an index.</summary>
    public Decoration this[ushort index] => _decorations[index];

    private ushort Add(Decoration decoration)
    {
        lock (_gate)
        {
            if (_indexes.TryGetValue(decoration, out var known))
            {
                return known;
            }

            return _decorations.IsFull ? (ushort)0 : _indexes[decoration] = (ushort)_decorations.Add(decoration);
        }
    }
}
