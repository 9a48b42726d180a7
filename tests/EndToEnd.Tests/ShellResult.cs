namespace AgentDeck.EndToEnd.Tests;

/// <summary>How a program ended and what it printed.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
