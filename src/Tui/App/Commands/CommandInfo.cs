using System.Collections.Immutable;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Commands;

/// <summary>Everything about one command; footer, help, palette, key map and documentation are made from it.</summary>
/// <param name="Id">Which command.</param>
/// <param name="Name">Its id in <c>[keys]</c>: lower case with hyphens.</param>
/// <param name="Title">What it does, in a few words.</param>
/// <param name="Help">One sentence or two more.</param>
/// <param name="Section">The heading under which help lists it.</param>
/// <param name="Context">Where its keys mean it.</param>
/// <param name="Keys">The default keys; the first is the one that is shown where there is room for one.</param>
internal sealed record CommandInfo(
    CommandId Id,
    string Name,
    string Title,
    string Help,
    CommandSection Section,
    KeyContext Context,
    ImmutableArray<KeyChord> Keys)
{
    /// <summary>Whether it changes an agent: such commands do not exist with <c>--read-only</c>.</summary>
    public bool Writes { get; init; }

    /// <summary>The word beside its key in the footer, or null when the footer never shows it.</summary>
    public string? Hint { get; init; }

    /// <summary>Why it cannot be done now, in words for the operator; null when it can. Pure.</summary>
    public Func<AppModel, string?> WhyNot { get; init; } = static _ => null;
}
