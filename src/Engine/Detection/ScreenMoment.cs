namespace AgentDeck.Engine.Detection;

/// <summary>How a screen behaves at the moment of a look.</summary>
/// <param name="IsSettled">Whether nothing on it changes but spinners and clocks.</param>
/// <param name="HasOutput">Whether output comes, be it only that of a spinner.</param>
internal readonly record struct ScreenMoment(bool IsSettled, bool HasOutput)
{
    /// <summary>No output comes.</summary>
    public static readonly ScreenMoment Quiet = new(IsSettled: true, HasOutput: false);

    /// <summary>Output comes and changes the screen.</summary>
    public static readonly ScreenMoment Moving = new(IsSettled: false, HasOutput: true);

    /// <summary>Whether rules of that kind hold.</summary>
    public bool Allows(RuleTime time) => time switch
    {
        RuleTime.Quiet => IsSettled,
        RuleTime.Output => HasOutput,
        _ => true,
    };
}
