namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>
/// A bounded list that only grows. Reading an entry needs no lock and may happen on any thread that was told its index;
/// adding is for one thread at a time.
/// </summary>
internal sealed class AppendOnlyList<T>(int capacity)
{
    // Replaced by a longer copy when full; an entry never changes.
    private volatile T[] _entries = new T[Math.Min(capacity, 64)];

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no more entry fits.</summary>
    public bool IsFull => Count == capacity;

    /// <summary>The entry at an index that <see cref="Add"/> returned.</summary>
    public T this[int index] => _entries[index];

    /// <summary>Appends an entry and returns its index; not when full.</summary>
    public int Add(T entry)
    {
        if (Count == _entries.Length)
        {
            var grown = new T[Math.Min(capacity, 2 * Count)];
            _entries.CopyTo(grown, 0);
            _entries = grown;
        }

        _entries[Count] = entry;
        return Count++;
    }
}
