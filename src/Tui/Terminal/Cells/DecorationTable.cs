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

    // Grown by copying, so that readers need no lock; an entry never changes.
    private volatile Decoration[] _decorations = new Decoration[16];
    private int _count = 1;

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

            if (_count == Capacity)
            {
                return 0;
            }

            if (_count == _decorations.Length)
            {
                var grown = new Decoration[2 * _count];
                _decorations.CopyTo(grown, 0);
                _decorations = grown;
            }

            _decorations[_count] = decoration;
            return _indexes[decoration] = (ushort)_count++;
        }
    }
}
