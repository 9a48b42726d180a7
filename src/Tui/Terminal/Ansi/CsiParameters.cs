namespace AgentDeck.Tui.Terminal.Ansi;

/// <summary>Reads the parameters of a CSI sequence: groups between semicolons, each of one or more numbers between colons.</summary>
internal ref struct CsiParameters(ReadOnlySpan<byte> text)
{
    /// <summary>How many numbers of a group are kept; the longest known has six.</summary>
    public const int LongestGroup = 8;

    private const int LargestNumber = 99_999;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private bool _ended;

    /// <summary>Reads the next group. A number that was left out is −1. There is always one group: nothing means 0.</summary>
    public bool TryReadGroup(scoped Span<int> numbers, out int count)
    {
        count = 0;
        if (_ended)
        {
            return false;
        }

        var number = -1;
        for (; _at < _text.Length && _text[_at] != ';'; _at++)
        {
            if (_text[_at] == ':')
            {
                Keep(numbers, ref count, number);
                number = -1;
            }
            else
            {
                number = Math.Min(Math.Max(0, number) * 10 + _text[_at] - '0', LargestNumber);
            }
        }

        Keep(numbers, ref count, number);
        _ended = _at >= _text.Length;
        _at++;
        return true;
    }

    private static void Keep(scoped Span<int> numbers, ref int count, int number)
    {
        if (count < numbers.Length)
        {
            numbers[count++] = number;
        }
    }
}
