namespace AgentDeck.Engine.Configuration;

/// <summary>One key of one line of <c>[keys]</c>; a command with several keys has one of these each, in order.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Key">The key as text, for example <c>ctrl+x</c>; empty to unbind.</param>
/// <param name="Line">1-based line in the file.</param>
/// <param name="Column">1-based column in the file.</param>
public sealed record KeyBindingSpec(string Command, string Key, int Line, int Column);
