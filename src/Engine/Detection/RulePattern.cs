using System.Buffers;
using System.Text.RegularExpressions;

namespace AgentDeck.Engine.Detection;

/// <summary>A text or a regular expression that is looked for in a region of a screen.</summary>
internal sealed class RulePattern
{
    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.CultureInvariant;

    // Only for what the engine without backtracking cannot do; that one needs no limit, because its time is linear.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(50);

    private readonly Lazy<Regex>? _regex;

    // With IndexOf in any case a judgement takes 37 times as long.
    private readonly SearchValues<string>? _text;

    private RulePattern(string source, Lazy<Regex>? regex, SearchValues<string>? text) => (Source, _regex, _text) = (source, regex, text);

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>Whether it is a regular expression.</summary>
    public bool IsRegex => _regex is not null;

    /// <summary>The regular expression; made when it is first used.</summary>
    /// <exception cref="InvalidOperationException">It is a text.</exception>
    /// <exception cref="RegexParseException">It is wrong.</exception>
    public Regex Regex => _regex?.Value ?? throw new InvalidOperationException("a text has no regular expression");

    /// <summary>Text to be found in upper or lower case.</summary>
    public static RulePattern OfText(string text) => new(text, null, SearchValues.Create([text], StringComparison.OrdinalIgnoreCase));

    /// <summary>A regular expression in which <c>^</c> and <c>$</c> mean a line. It is not looked at before it is used.</summary>
    public static RulePattern OfRegex(string pattern) => new(pattern, new Lazy<Regex>(() => Create(pattern)), null);

    /// <summary>Finds the first place.</summary>
    /// <param name="text">Lines joined by LF.</param>
    /// <param name="at">Where the match begins.</param>
    /// <param name="length">How long it is.</param>
    public bool Find(ReadOnlySpan<char> text, out int at, out int length)
    {
        if (_regex is null)
        {
            (at, length) = (text.IndexOfAny(_text!), Source.Length);
            return at >= 0;
        }

        (at, length) = (0, 0);
        try
        {
            foreach (var match in _regex.Value.EnumerateMatches(text))
            {
                (at, length) = (match.Index, match.Length);
                return true;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // A screen that is too costly to read says nothing.
        }

        return false;
    }

    private static Regex Create(string pattern)
    {
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, TimeLimit);
        }
    }
}
