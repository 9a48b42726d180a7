namespace AgentDeck.Engine.Detection;

/// <summary>
/// A number that stays the same while nothing on a screen changes but what says nothing: spinners, dots that come and go,
/// elapsed times and clocks. Pure.
/// </summary>
internal static class ScreenFingerprint
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    // "Thinking...": more dots than these are progress, as test runners print it.
    private const int MostIdleDots = 3;

    /// <summary>The fingerprint of a screen.</summary>
    /// <param name="rows">Its text.</param>
    /// <param name="historySize">How many rows scrolled out above: what scrolls is output, even where it repeats itself.</param>
    public static ulong Of(ReadOnlySpan<char> rows, int historySize)
    {
        var hash = Add(Add(Basis, (char)historySize), (char)(historySize >> 16));
        foreach (var row in rows.EnumerateLines())
        {
            hash = Add(AddRow(hash, WithoutSpinnerAtEdges(row)), '\n');
        }

        return hash;
    }

    private static ulong AddRow(ulong hash, ReadOnlySpan<char> row)
    {
        for (var index = 0; index < row.Length;)
        {
            var sign = row[index];
            var length = char.IsAsciiDigit(sign) ? ElapsedTime.LengthAt(row, index) : sign == '.' ? IdleDots(row[index..]) : 0;
            if (length > 0)
            {
                hash = sign == '.' ? hash : Add(hash, '0');
                index += length;
                continue;
            }

            hash = IsSpinner(sign) ? hash : Add(hash, sign);
            index++;
        }

        return hash;
    }

    private static int IdleDots(ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExcept('.');
        length = length < 0 ? rest.Length : length;
        return length <= MostIdleDots ? length : 0;
    }

    // Braille patterns, quarter circles and squares, sweeping blocks, growing stars, the three dots in one sign; and blanks, which
    // only hold the place of what comes and goes.
    private static bool IsSpinner(char sign) => sign is ' ' or '…' or (>= '\u2800' and <= '\u28ff') or (>= '◐' and <= '◓') or (>= '◜' and <= '◡')
        or (>= '◰' and <= '◷') or (>= '▖' and <= '▟') or (>= '░' and <= '▓') or '█' or (>= '✢' and <= '✿');

    // Signs that are spinners only where a row begins or ends with them, alone: | / - \ and bullets that pulse.
    private static ReadOnlySpan<char> WithoutSpinnerAtEdges(ReadOnlySpan<char> row)
    {
        row = row.TrimStart();
        row = row.Length > 1 && row[1] == ' ' && IsEdgeSpinner(row[0]) ? row[2..] : row;
        return row.Length > 1 && row[^2] == ' ' && IsEdgeSpinner(row[^1]) ? row[..^2] : row;
    }

    private static bool IsEdgeSpinner(char sign) => sign is '|' or '/' or '-' or '\\' or '·' or '•' or '◦' or '*' or '∗' or '●' or '○';

    private static ulong Add(ulong hash, char sign) => (hash ^ sign) * Prime;
}
