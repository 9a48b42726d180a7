namespace AgentDeck.Engine.Configuration;

/// <summary>One line of <c>[keys]</c>.</summary>
/// <param name="Command">The command's id.</param>
/// <param name="Key">The key as text, for example <c>ctrl+x</c>; empty to unbind.</param>
/// <param name="Line">1-based line in the file.</param>
/// <param name="Column">1-based column in the file.</param>
public sealed record KeyBindingSpec(string Command, string Key, int Line, int Column);
