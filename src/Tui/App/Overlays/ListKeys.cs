using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>The keys and the wheel that move through rows, the same in every dialog.</summary>
internal static class ListKeys
{
    private const int WheelRows = 3;

    /// <summary>
    /// Where <paramref name="input"/> moves to: a selection, or the first row shown. Null when it does not move.
    /// </summary>
    /// <param name="current">The place now; one outside 0…<paramref name="last"/> counts as the nearest inside.</param>
    /// <param name="last">The last place; negative when there is none.</param>
    /// <param name="page">How many rows PgUp and PgDn move.</param>
    /// <param name="input">What the operator did.</param>
    /// <param name="letters">Whether <c>j k g G</c> move too, which they must not while text is typed.</param>
    public static int? Move(int current, int last, int page, TerminalEvent input, bool letters)
    {
        var step = input switch
        {
            KeyPressed key => Step(key.Chord, Math.Max(1, page), letters),
            MouseUsed { Action: MouseAction.WheelUp } => -WheelRows,
            MouseUsed { Action: MouseAction.WheelDown } => WheelRows,
            _ => null,
        };
        if (step is not { } by)
        {
            return null;
        }

        var end = Math.Max(0, last);
        return (int)Math.Clamp(Math.Clamp(current, 0, end) + (long)by, 0, end);
    }

    private static int? Step(KeyChord chord, int page, bool letters) => chord switch
    {
        { Modifiers: not KeyModifiers.None } => null,
        { Key: Key.Up } => -1,
        { Key: Key.Down } => 1,
        { Key: Key.PageUp } => -page,
        { Key: Key.PageDown } => page,
        { Key: Key.Home } => int.MinValue,
        { Key: Key.End } => int.MaxValue,
        { Key: Key.Character } when letters => chord.Rune.Value switch
        {
            'k' => -1,
            'j' => 1,
            'g' => int.MinValue,
            'G' => int.MaxValue,
            _ => null,
        },
        _ => null,
    };
}
