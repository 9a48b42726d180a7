namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Whether everything was done that had to follow the start of a session, kept as an option of the session itself: whoever finds it
/// unfinished, because its starter is gone, can go on with it.
/// </summary>
internal static class SetUpMark
{
    /// <summary>A format that is the mark, see <see cref="Read"/>: letters only, whatever a program in the session wrote there.</summary>
    public const string Format = "#{s/[^a-z]//:" + Option + "}";

    /// <summary>The option.</summary>
    public const string Option = "@agentdeck_setup";

    /// <summary>The value when everything was done.</summary>
    public const string Done = "done";

    private const string Pending = "pending";

    /// <summary>A command that marks a session.</summary>
    /// <param name="target">The session; null for the one that the command before it started.</param>
    /// <param name="isDone">Whether everything was done.</param>
    public static TmuxCommandLine Set(string? target, bool isDone) =>
        TmuxCommandLine.Of("set-option", [.. target is null ? [] : new[] { "-t", target }, Option, isDone ? Done : Pending]);

    /// <summary>The mark as tmux printed it.</summary>
    public static SetUpState Read(string printed) => printed switch { Done => SetUpState.Done, Pending => SetUpState.Pending, _ => SetUpState.None };
}
