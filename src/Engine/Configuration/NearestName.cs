namespace AgentDeck.Engine.Configuration;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
public static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The candidate with the smallest edit distance, or null when none is near (a third of the letters wrong, at least two).</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var best = candidates
            .Where(candidate => candidate.Length <= LongestName)
            .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Min(best.Name.Length - 1, Math.Max(2, name.Length / 3)) ? best.Name : null;
    }

    // Levenshtein with neighbours that changed places counted once.
    private static int Distance(string left, string right)
    {
        var distances = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                distances[row, column] = row == 0 || column == 0
                    ? row + column
                    : Math.Min(
                        Math.Min(distances[row - 1, column], distances[row, column - 1]) + 1,
                        distances[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    distances[row, column] = Math.Min(distances[row, column], distances[row - 2, column - 2] + 1);
                }
            }
        }

        return distances[left.Length, right.Length];
    }
}
