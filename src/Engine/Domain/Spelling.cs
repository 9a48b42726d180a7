using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>Guesses what was meant by a name that does not exist.</summary>
public static class Spelling
{
    // The work grows with the product of the lengths, and names come from files and command lines.
    private const int LongestName = 64;

    /// <summary>The one of <paramref name="known"/> that looks most like <paramref name="wrong"/>, or null when none does.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> known) => Nearest(wrong, known, name => name, 1).FirstOrDefault();

    /// <summary>
    /// At most <paramref name="most"/> of <paramref name="known"/> whose name looks like <paramref name="wrong"/>, nearest first; empty
    /// when none does. Case does not count, and names of more than 64 UTF-16 units are not guessed.
    /// </summary>
    public static ImmutableArray<T> Nearest<T>(string wrong, IEnumerable<T> known, Func<T, string> nameOf, int most)
    {
        if (wrong.Length > LongestName)
        {
            return [];
        }

        var tolerance = Math.Max(2, wrong.Length / 3);
        return
        [
            .. (from item in known
                let name = nameOf(item)
                where name.Length <= LongestName
                let distance = Distance(wrong, name)
                where distance <= tolerance && distance < name.Length
                orderby distance, name
                select item).Take(most),
        ];
    }

    /// <summary>
    /// How many insertions, deletions, replacements and swaps of neighbours lead from one text to the other (optimal string
    /// alignment), in UTF-16 units, ignoring case.
    /// </summary>
    public static int Distance(string from, string to)
    {
        var beforeLast = new int[to.Length + 1];
        var last = new int[to.Length + 1];
        var current = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= from.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var replacement = last[column - 1] + (AreSame(from[row - 1], to[column - 1]) ? 0 : 1);
                current[column] = Math.Min(replacement, Math.Min(last[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && AreSame(from[row - 1], to[column - 2]) && AreSame(from[row - 2], to[column - 1]))
                {
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[to.Length];
    }

    private static bool AreSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
