using AgentDeck.Tui.Terminal.Ansi;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>Reads mouse reports of mode 1006: <c>CSI &lt; buttons ; column ; row M</c>, or <c>m</c> for a release.</summary>
internal static class SgrMouse
{
    private const int Motion = 32;
    private const int Wheel = 64;
    private const int LargestCoordinate = 0x7fff;

    /// <summary>The event of a report without its prefix; null for what is not reported on: other buttons, plain motion, broken ones.</summary>
    public static MouseUsed? Read(ReadOnlySpan<byte> parameters, bool released)
    {
        var reader = new CsiParameters(parameters);
        Span<int> group = stackalloc int[CsiParameters.LongestGroup];
        Span<int> numbers = stackalloc int[3];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (!reader.TryReadGroup(group, out _))
            {
                return null;
            }

            numbers[index] = group[0];
        }

        var (buttons, column, row) = (numbers[0], numbers[1], numbers[2]);
        if (buttons < 0 || column is < 1 or > LargestCoordinate || row is < 1 or > LargestCoordinate || Action(buttons, released) is not { } action)
        {
            return null;
        }

        // Shift, Alt and Control are bits 4, 8 and 16: in the order of KeyModifiers.
        return new MouseUsed(action, new Position(column - 1, row - 1), (KeyModifiers)(buttons >> 2 & 7));
    }

    private static MouseAction? Action(int buttons, bool released) => (buttons & ~0x1c) switch
    {
        0 => released ? MouseAction.Release : MouseAction.Press,
        Motion when !released => MouseAction.Drag,
        Wheel when !released => MouseAction.WheelUp,
        Wheel + 1 when !released => MouseAction.WheelDown,
        _ => null,
    };
}
