using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Ansi;

/// <summary>What SGR sequences have set up for the cells that follow.</summary>
internal record struct SgrState
{
    /// <summary>Text colour.</summary>
    public Color Foreground { get; private set; }

    /// <summary>Background colour.</summary>
    public Color Background { get; private set; }

    /// <summary>Colour of the underline; default follows the text.</summary>
    public Color UnderlineColor { get; private set; }

    /// <summary>Attributes, never the width bits.</summary>
    public CellAttributes Attributes { get; private set; }

    /// <summary>
    /// Applies the parameters of one SGR sequence (what stands between <c>CSI</c> and <c>m</c>), in <c>;</c> and in
    /// <c>:</c> form. What is not understood changes nothing; after a broken colour the rest of the sequence is not trusted.
    /// </summary>
    public void Apply(ReadOnlySpan<byte> parameters)
    {
        if (parameters.IndexOfAnyExceptInRange((byte)'0', (byte)';') >= 0)
        {
            // A private prefix or an intermediate: another sequence, such as modifyOtherKeys, that also ends in m.
            return;
        }

        var reader = new CsiParameters(parameters);
        Span<int> group = stackalloc int[CsiParameters.LongestGroup];
        while (reader.TryReadGroup(group, out var count))
        {
            var code = Math.Max(0, group[0]);
            if (code is 38 or 48 or 58)
            {
                if (!TryReadColor(ref reader, group[..count], out var color))
                {
                    return;
                }

                SetColor(code, color);
            }
            else if (count == 1)
            {
                ApplyCode(code);
            }
            else if (code == 4)
            {
                Underline(group[1]);
            }
        }
    }

    private static bool TryReadColor(ref CsiParameters reader, scoped ReadOnlySpan<int> group, out Color color)
    {
        Span<int> following = stackalloc int[CsiParameters.LongestGroup];
        if (group.Length == 1)
        {
            // 38;5;n and 38;2;r;g;b: the parts are parameters of their own.
            if (!reader.TryReadGroup(following, out var count) || count != 1)
            {
                color = default;
                return false;
            }

            var kind = following[0];
            var wanted = kind == 5 ? 1 : kind == 2 ? 3 : 0;
            Span<int> parts = stackalloc int[3];
            for (var part = 0; part < wanted; part++)
            {
                if (!reader.TryReadGroup(following, out count) || count != 1)
                {
                    color = default;
                    return false;
                }

                parts[part] = following[0];
            }

            return TryMakeColor(kind, parts[..wanted], out color);
        }

        // 38:5:n, 38:2:r:g:b and 38:2:colourspace:r:g:b.
        var values = group[1] == 2 && group.Length >= 6 ? group.Slice(3, 3) : group[2..];
        return TryMakeColor(group[1], values, out color);
    }

    private static bool TryMakeColor(int kind, ReadOnlySpan<int> parts, out Color color)
    {
        color = default;
        foreach (var part in parts)
        {
            if (part > byte.MaxValue)
            {
                return false;
            }
        }

        switch (kind)
        {
            case 5 when parts.Length >= 1:
                color = Color.FromIndex(Part(parts[0]));
                return true;
            case 2 when parts.Length >= 3:
                color = Color.FromRgb(Part(parts[0]), Part(parts[1]), Part(parts[2]));
                return true;
            default:
                return false;
        }
    }

    // A part that was left out counts as 0.
    private static byte Part(int value) => (byte)Math.Max(0, value);

    private void SetColor(int code, Color color)
    {
        switch (code)
        {
            case 38:
                Foreground = color;
                break;
            case 48:
                Background = color;
                break;
            default:
                UnderlineColor = color;
                break;
        }
    }

    private void ApplyCode(int code)
    {
        switch (code)
        {
            case 0:
                this = default;
                break;
            case 4:
                Underline(1);
                break;
            case 21:
                Underline(2);
                break;
            case 24:
                Underline(0);
                break;
            case 1:
                Attributes |= CellAttributes.Bold;
                break;
            case 2:
                Attributes |= CellAttributes.Dim;
                break;
            case 3:
                Attributes |= CellAttributes.Italic;
                break;
            case 5 or 6:
                Attributes |= CellAttributes.Blink;
                break;
            case 7:
                Attributes |= CellAttributes.Reverse;
                break;
            case 8:
                Attributes |= CellAttributes.Hidden;
                break;
            case 9:
                Attributes |= CellAttributes.Strike;
                break;
            case 53:
                Attributes |= CellAttributes.Overline;
                break;
            case 22:
                Attributes &= ~(CellAttributes.Bold | CellAttributes.Dim);
                break;
            case 23:
                Attributes &= ~CellAttributes.Italic;
                break;
            case 25:
                Attributes &= ~CellAttributes.Blink;
                break;
            case 27:
                Attributes &= ~CellAttributes.Reverse;
                break;
            case 28:
                Attributes &= ~CellAttributes.Hidden;
                break;
            case 29:
                Attributes &= ~CellAttributes.Strike;
                break;
            case 55:
                Attributes &= ~CellAttributes.Overline;
                break;
            case >= 30 and <= 37:
                Foreground = Color.FromIndex((byte)(code - 30));
                break;
            case >= 90 and <= 97:
                Foreground = Color.FromIndex((byte)(code - 90 + 8));
                break;
            case >= 40 and <= 47:
                Background = Color.FromIndex((byte)(code - 40));
                break;
            case >= 100 and <= 107:
                Background = Color.FromIndex((byte)(code - 100 + 8));
                break;
            case 39:
                Foreground = Color.Default;
                break;
            case 49:
                Background = Color.Default;
                break;
            case 59:
                UnderlineColor = Color.Default;
                break;
        }
    }

    private void Underline(int style)
    {
        if (style is >= 0 and <= 5)
        {
            Attributes = Attributes & ~CellAttributes.UnderlineMask | (CellAttributes)(style << 8);
        }
    }
}
