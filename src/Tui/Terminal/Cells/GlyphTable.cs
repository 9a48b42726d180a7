namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>
/// Interns grapheme clusters of more than one code point, so that a cell stays unmanaged. Bounded: when full, a new
/// cluster is represented by its first code point. Safe for concurrent use.
/// </summary>
internal sealed class GlyphTable
{
    /// <summary>How many clusters are kept.</summary>
    public const int Capacity = 65_536;

    /// <summary>The longest cluster that is kept, in UTF-16 units; combining floods are cut to it.</summary>
    public const int LongestCluster = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _clusters = [];

    /// <summary>Creates an empty table.</summary>
    public GlyphTable() => _lookup = _indexes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The glyph of a cluster: its code point when it has only one, else a negative number for <see cref="Cluster"/>.</summary>
    public int Intern(ReadOnlySpan<char> cluster)
    {
        if (cluster.IsEmpty || cluster is " ")
        {
            return 0;
        }

        if (System.Text.Rune.DecodeFromUtf16(cluster, out var first, out var consumed) != System.Buffers.OperationStatus.Done)
        {
            return 0xFFFD;
        }

        if (consumed == cluster.Length)
        {
            return first.Value;
        }

        if (cluster.Length > LongestCluster)
        {
            var cut = char.IsHighSurrogate(cluster[LongestCluster - 1]) ? LongestCluster - 1 : LongestCluster;
            cluster = cluster[..cut];
        }

        lock (_gate)
        {
            if (_lookup.TryGetValue(cluster, out var known))
            {
                return known;
            }

            if (_clusters.Count == Capacity)
            {
                return first.Value;
            }

            var text = cluster.ToString();
            _clusters.Add(text);
            return _indexes[text] = -_clusters.Count;
        }
    }

    /// <summary>The text of a negative glyph.</summary>
    public string Cluster(int glyph)
    {
        lock (_gate)
        {
            return _clusters[-glyph - 1];
        }
    }
}
