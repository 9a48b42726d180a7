using System.Text;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tmux;

/// <summary>What went wrong around the start of a session without stopping it, kept as an option of the session itself: every deck can tell it.</summary>
internal static class NoteMark
{
    /// <summary>A format that is the note, see <see cref="Read"/>. A program in the session may have written anything there.</summary>
    public const string Format = "#{s/[^0-9a-f]//:" + Option + "}";

    /// <summary>The option.</summary>
    public const string Option = "@agentdeck_note";

    private const int MostCharacters = 1000;

    /// <summary>A command that notes something, or nothing where the note is empty.</summary>
    /// <param name="target">The session; null for the one that the command before it started.</param>
    /// <param name="note">One sentence without secrets.</param>
    public static TmuxCommandLine Set(string? target, string note) => TmuxCommandLine.Of(
        "set-option", [.. target is null ? [] : new[] { "-t", target }, Option, Write(note)]);

    /// <summary>A note as the option holds it: hexadecimal digits.</summary>
    public static string Write(string note) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(PlainText.Sanitize(note, MostCharacters)));

    /// <summary>The note as tmux printed it; empty when there is none.</summary>
    public static string Read(string printed) =>
        printed.Length % 2 == 0 ? PlainText.Sanitize(Encoding.UTF8.GetString(Convert.FromHexString(printed)), MostCharacters) : "";
}
