using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>
/// Interns grapheme clusters of more than one code point, so that a cell stays unmanaged. Bounded: when full, a new
/// cluster is represented by its first code point. Safe for concurrent use; only the first sight of a cluster takes a lock.
/// </summary>
internal sealed class GlyphTable
{
    /// <summary>How many clusters are kept.</summary>
    public const int Capacity = 65_536;

    /// <summary>The longest cluster that is kept, in UTF-16 units; combining floods are cut to it.</summary>
    public const int LongestCluster = 32;

    /// <summary>What stands for characters that cannot be shown.</summary>
    public const int Replacement = 0xFFFD;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, int> _glyphs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly AppendOnlyList<Entry> _entries = new(Capacity);

    /// <summary>Creates an empty table.</summary>
    public GlyphTable() => _lookup = _glyphs.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The glyph of a cluster: 0 for a blank, its code point when it has only one, else a negative number for <see cref="Cluster"/>.
    /// Clusters with control characters, bidirectional controls or lone surrogates become <see cref="Replacement"/>.
    /// </summary>
    public int Intern(ReadOnlySpan<char> cluster)
    {
        if (cluster.IsEmpty || cluster is " ")
        {
            return 0;
        }

        if (Rune.DecodeFromUtf16(cluster, out var first, out var consumed) != OperationStatus.Done)
        {
            return Replacement;
        }

        if (consumed == cluster.Length)
        {
            return Grapheme.IsHostile(first.Value) ? Replacement : first.Value;
        }

        if (cluster.Length > LongestCluster)
        {
            cluster = cluster[..(char.IsHighSurrogate(cluster[LongestCluster - 1]) ? LongestCluster - 1 : LongestCluster)];
        }

        return _lookup.TryGetValue(cluster, out var known) ? known : Add(cluster, first.Value);
    }

    /// <summary>The text of a negative glyph.</summary>
    public string Cluster(int glyph) => _entries[-1 - glyph].Text;

    /// <summary>What <see cref="CellWidth.Overhang"/> says about a negative glyph.</summary>
    public int Overhang(int glyph) => _entries[-1 - glyph].Overhang;

    private int Add(ReadOnlySpan<char> cluster, int first)
    {
        foreach (var rune in cluster.EnumerateRunes())
        {
            // U+FFFD is also how a lone surrogate comes out.
            if (rune.Value == Replacement || Grapheme.IsHostile(rune.Value))
            {
                return Replacement;
            }
        }

        lock (_gate)
        {
            if (_lookup.TryGetValue(cluster, out var known))
            {
                return known;
            }

            if (_entries.IsFull)
            {
                return first;
            }

            var text = cluster.ToString();
            return _glyphs[text] = -1 - _entries.Add(new Entry(text, CellWidth.Overhang(cluster)));
        }
    }

    private readonly record struct Entry(string Text, int Overhang);
}
