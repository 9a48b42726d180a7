using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What a person gets in a container without tmux.</summary>
internal static class PodShell
{
    /// <summary>A login on a terminal: <c>bash</c>, or <c>sh</c> where there is none.</summary>
    public static CommandSpec Command(Size size) => new()
    {
        Program = "sh",
        Arguments = ["-c", "command -v bash >/dev/null 2>&1 && exec bash; exec sh"],
        Terminal = size,
    };
}
