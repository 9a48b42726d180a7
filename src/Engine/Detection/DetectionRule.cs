using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>One rule that reads an activity off a screen, as a file declares it.</summary>
internal sealed record DetectionRule
{
    private const int LongestWhy = 200;

    /// <summary>Its name, unique.</summary>
    public required string Id { get; init; }

    /// <summary>The file that declares it, for people.</summary>
    public required string Origin { get; init; }

    /// <summary>What the agent does when the rule matches.</summary>
    public required Activity Activity { get; init; }

    /// <summary>Of several rules that match the highest decides: 0 to 1000.</summary>
    public int Priority { get; init; } = 500;

    /// <summary>Where it looks.</summary>
    public ScreenRegion Region { get; init; }

    /// <summary>How many lines or rows it looks at.</summary>
    public int Lines { get; init; } = 8;

    /// <summary>When it holds.</summary>
    public RuleTime When { get; init; }

    /// <summary>Texts to be found; looked for before <see cref="Regex"/>, because that costs next to nothing.</summary>
    public RulePatterns Text { get; init; } = RulePatterns.Nothing;

    /// <summary>Regular expressions to be found; the first that is found tells why.</summary>
    public RulePatterns Regex { get; init; } = RulePatterns.Nothing;

    /// <summary>The commands (<c>pane_current_command</c>) for which alone it holds; empty for all.</summary>
    public ImmutableArray<string> Commands { get; init; } = [];

    /// <summary>Commands for which it does not hold.</summary>
    public ImmutableArray<string> ExceptCommands { get; init; } = [];

    /// <summary>The line that matched, plain and short; empty when what matched has no text; null when the rule does not match.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="command">The command in the pane; null when it is not known, and then no rule is kept away by it.</param>
    public string? Match(AgentScreen screen, string? command)
    {
        if (command is not null && ((!Commands.IsEmpty && !Commands.Contains(command)) || ExceptCommands.Contains(command)))
        {
            return null;
        }

        if (!screen.TryGet(Region, Lines, out var text) || !Text.Hold(text, out var found) || !Regex.Hold(text, out var matched))
        {
            return null;
        }

        return LineAt(text, Regex.AsksForSomething ? matched : found);
    }

    // The first line of what matched that has more than frames, whole.
    private static string LineAt(ReadOnlySpan<char> text, Range range)
    {
        var start = text[..range.Start.GetOffset(text.Length)].LastIndexOf('\n') + 1;
        var end = range.End.GetOffset(text.Length);
        var tail = text[end..].IndexOf('\n');
        foreach (var line in text[start..(tail < 0 ? text.Length : end + tail)].EnumerateLines())
        {
            var telling = line.Trim(" │┃║|─━╭╮╰╯┌┐└┘");
            if (!telling.IsEmpty)
            {
                return telling.Length > LongestWhy ? $"{telling[..(LongestWhy - 1)]}…" : telling.ToString();
            }
        }

        return "";
    }
}
