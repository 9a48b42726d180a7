using System.CommandLine;

namespace AgentDeck.Tui.Cli;

/// <summary>A command of the command line together with examples for its help.</summary>
internal sealed class Verb : Command
{
    /// <summary>Creates a verb.</summary>
    public Verb(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines that can be typed as they stand.</summary>
    public IReadOnlyList<string> Examples { get; }
}
