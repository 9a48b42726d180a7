namespace AgentDeck.Engine.Tmux;

/// <summary>The hash of the declaration that a session was started from, kept as an option of the session itself: it outlives every deck.</summary>
internal static class SpecMark
{
    /// <summary>A format that is the hash, or empty. A program in the session may have written anything there.</summary>
    public const string Format = "#{s/[^0-9a-f]//:" + Option + "}";

    private const string Option = "@agentdeck_spec";

    /// <summary>A command that marks a session.</summary>
    /// <param name="target">The session; null for the one that the command before it started.</param>
    /// <param name="hash">The hash.</param>
    public static TmuxCommandLine Set(string? target, string hash) => TmuxCommandLine.Of("set-option", [.. target is null ? [] : new[] { "-t", target }, Option, hash]);
}
