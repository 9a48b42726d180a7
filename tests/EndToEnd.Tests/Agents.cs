namespace AgentDeck.EndToEnd.Tests;

/// <summary>Small programs that behave like agents, in plain shell.</summary>
internal static class Agents
{
    /// <summary>Repeats every line that it is told, and says when it is interrupted.</summary>
    public const string Parrot = "trap 'echo INTERRUPTED' INT; echo 'parrot ready'; while :; do if IFS= read -r line; then echo \"heard: <$line>\"; fi; done";

    /// <summary>Prints a line about ten times a second.</summary>
    public const string Chatter = "n=0; while :; do n=$((n+1)); echo \"tick $n\"; sleep 0.1; done";

    /// <summary>Prints one line and is quiet.</summary>
    public const string Quiet = "echo 'all quiet'; sleep 1000";
}
