using System.CommandLine;

namespace AgentDeck.Tui.Cli;

/// <summary>Names one agent; completion scripts recognise it by its type.</summary>
internal sealed class AgentArgument : Argument<string>
{
    /// <summary>Creates the argument.</summary>
    public AgentArgument()
        : base("ID") => Description = "The agent: its id (gc/mayor) or a part of it that only one agent has";
}
