using System.Collections.Immutable;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>A query found in a text: its characters in order, not necessarily side by side.</summary>
/// <param name="Score">Higher is better; compare only scores of the same query.</param>
/// <param name="Indexes">The UTF-16 index of each matched character, rising.</param>
internal sealed record FuzzyMatch(int Score, ImmutableArray<int> Indexes)
{
    private const int Matched = 16;
    private const int WordStart = 32;
    private const int TextStart = 8;
    private const int Adjacent = 24;
    private const int Impossible = int.MinValue / 2;

    // Longer inputs are no names; the bound keeps one match at some thousand steps.
    private const int LongestText = 256;
    private const int LongestQuery = 64;

    /// <summary>
    /// The best way to find <paramref name="query"/> in <paramref name="text"/>, or null when there is none. Case and blanks of the
    /// query do not count. Starts of words and characters side by side score higher, gaps and long texts lower. Only the first
    /// 256 characters are searched.
    /// </summary>
    public static FuzzyMatch? Find(string query, string text)
    {
        var wanted = string.Concat(query.Where(character => !char.IsWhiteSpace(character)).Take(LongestQuery));
        var length = Math.Min(text.Length, LongestText);
        if (wanted.Length > length || !IsSubsequence(wanted, text.AsSpan(0, length)))
        {
            return null;
        }

        return wanted.Length == 0 ? new FuzzyMatch(0, []) : Best(wanted, text, length);
    }

    private static bool IsSubsequence(string wanted, ReadOnlySpan<char> text)
    {
        var found = 0;
        foreach (var character in text)
        {
            if (found < wanted.Length && Same(wanted[found], character))
            {
                found++;
            }
        }

        return found == wanted.Length;
    }

    // best[i, j]: the best score of the first i + 1 wanted characters when the last of them stands at j.
    private static FuzzyMatch Best(string wanted, string text, int length)
    {
        var best = new int[wanted.Length, length];
        var from = new int[wanted.Length, length];
        for (var i = 0; i < wanted.Length; i++)
        {
            var before = Impossible;
            var beforeAt = -1;
            for (var j = 0; j < length; j++)
            {
                if (i > 0 && j > 0 && best[i - 1, j - 1] > before - 1)
                {
                    before = best[i - 1, j - 1];
                    beforeAt = j - 1;
                }
                else
                {
                    before = Math.Max(Impossible, before - 1);
                }

                best[i, j] = Impossible;
                if (!Same(wanted[i], text[j]))
                {
                    continue;
                }

                var own = Matched + (IsWordStart(text, j) ? WordStart : 0) + (j == 0 ? TextStart : 0);
                if (i == 0)
                {
                    best[i, j] = own - Math.Min(j, Matched);
                    continue;
                }

                var adjacent = j > 0 && best[i - 1, j - 1] > Impossible ? best[i - 1, j - 1] + Adjacent : Impossible;
                (best[i, j], from[i, j]) = adjacent >= before ? (adjacent, j - 1) : (before, beforeAt);
                best[i, j] = best[i, j] <= Impossible ? Impossible : best[i, j] + own;
            }
        }

        return Trace(wanted.Length, length, best, from, text.Length);
    }

    private static FuzzyMatch Trace(int wanted, int length, int[,] best, int[,] from, int textLength)
    {
        var end = 0;
        for (var j = 1; j < length; j++)
        {
            end = best[wanted - 1, j] > best[wanted - 1, end] ? j : end;
        }

        var score = best[wanted - 1, end] - textLength / 8;
        var indexes = new int[wanted];
        for (var i = wanted - 1; i >= 0; i--)
        {
            indexes[i] = end;
            end = from[i, end];
        }

        return new FuzzyMatch(score, [.. indexes]);
    }

    private static bool Same(char wanted, char character) => char.ToLowerInvariant(wanted) == char.ToLowerInvariant(character);

    private static bool IsWordStart(string text, int index) =>
        index == 0
        || (char.IsLetterOrDigit(text[index]) && !char.IsLetterOrDigit(text[index - 1]))
        || (char.IsUpper(text[index]) && char.IsLower(text[index - 1]));
}
