using System.Collections.Immutable;

namespace AgentDeck.Engine.Detection;

/// <summary>Patterns of which all, any and none must be found.</summary>
/// <param name="All">Each must be found.</param>
/// <param name="Any">One of them must be found, if there are any.</param>
/// <param name="None">None may be found.</param>
internal sealed record RulePatterns(ImmutableArray<RulePattern> All, ImmutableArray<RulePattern> Any, ImmutableArray<RulePattern> None)
{
    /// <summary>No condition.</summary>
    public static readonly RulePatterns Nothing = new([], [], []);

    /// <summary>Whether something must be found.</summary>
    public bool AsksForSomething => !All.IsEmpty || !Any.IsEmpty;

    /// <summary>Whether the conditions hold.</summary>
    /// <param name="text">Lines joined by LF.</param>
    /// <param name="first">Where the first that was found stands; empty when nothing had to be found.</param>
    public bool Hold(ReadOnlySpan<char> text, out Range first)
    {
        first = default;
        var isFirst = true;
        foreach (var pattern in All)
        {
            if (!pattern.Find(text, out var at, out var length))
            {
                return false;
            }

            if (isFirst)
            {
                (first, isFirst) = (at..(at + length), false);
            }
        }

        if (!Any.IsEmpty)
        {
            if (!FindAny(text, out var found))
            {
                return false;
            }

            first = isFirst ? found : first;
        }

        foreach (var pattern in None)
        {
            if (pattern.Find(text, out _, out _))
            {
                return false;
            }
        }

        return true;
    }

    private bool FindAny(ReadOnlySpan<char> text, out Range found)
    {
        foreach (var pattern in Any)
        {
            if (pattern.Find(text, out var at, out var length))
            {
                found = at..(at + length);
                return true;
            }
        }

        found = default;
        return false;
    }
}
