using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tmux;

/// <summary>A session to start.</summary>
/// <param name="Name">Its name; tmux keeps it with <c>:</c> and <c>.</c> replaced by <c>_</c>.</param>
/// <param name="Command">A shell command line, run by <c>sh -c</c>.</param>
/// <param name="Directory">Absolute working directory on the machine of the server.</param>
/// <param name="Environment">Additional variables. Values may be secrets.</param>
/// <param name="Size">The size of its window until somebody attaches.</param>
internal sealed record TmuxSessionStart(
    string Name, string Command, string Directory, ImmutableDictionary<string, string> Environment, Size Size)
{
    /// <summary>The hash of the declaration that it is started from, see <see cref="SpecMark"/>.</summary>
    public string SpecHash { get; init; } = "";

    /// <summary>What is known at once to have gone wrong around its start, see <see cref="NoteMark"/>.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether something has to follow, which its starter notes when it is done, see <see cref="SetUpMark"/>.</summary>
    public bool IsToBeSetUp { get; init; }
}
