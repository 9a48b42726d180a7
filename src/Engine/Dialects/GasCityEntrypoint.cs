using System.Collections.Immutable;
using System.Text;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// The program of an agent's container: one line for <c>sh -c</c> that waits for its work space, runs what comes before the agent, starts
/// tmux and sleeps. In the order of Gas City's own, so that its tools find what they look for. Pure.
/// </summary>
internal static class GasCityEntrypoint
{
    /// <summary>The sign for the container <c>stage</c> that all files are copied.</summary>
    public const string StagedSign = "/workspace/.gc-ready";

    /// <summary>The sign for the agent's container that its work space is ready.</summary>
    public const string ReadySign = "/workspace/.gc-workspace-ready";

    /// <summary>Where the numbers of those lines stand that ran before the agent and failed, one a line. Gas City knows nothing of it.</summary>
    public const string FailedPreStart = "/tmp/agentdeck-pre-start-failed";

    /// <summary>The tmux session of the agent.</summary>
    public const string Session = "main";

    private const string DefaultCommand = "/bin/bash";

    /// <summary>What the init container runs: it waits until all files are copied.</summary>
    public const string Stage = $"while [ ! -f {StagedSign} ]; do sleep 0.5; done";

    /// <summary>The program.</summary>
    /// <param name="command">The agent's shell line; empty for a shell.</param>
    /// <param name="preStart">Shell lines that run before it; one that fails does not stop the others.</param>
    /// <param name="directory">The working directory in the pod.</param>
    /// <param name="user">The user that it runs as and that is created where there is none (<c>LINUX_USERNAME</c>); null for the container's own.</param>
    /// <param name="prebaked">Whether there is no work space to wait for.</param>
    public static string Of(string command, ImmutableArray<string> preStart, string directory, string? user, bool prebaked)
    {
        var script = new StringBuilder();
        if (user is not null)
        {
            if (UserName.Checked(user) is null)
            {
                throw new ArgumentException("not the name of a user", nameof(user));
            }

            script.Append($"id {user} >/dev/null 2>&1 || useradd -m -s /bin/bash {user}; ")
                .Append($"mkdir -p /etc/sudoers.d && echo '{user} ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/{user}; ")
                .Append($"mkdir -p {Quote(directory)} && chown {user} {Quote(directory)}; export HOME=/home/{user}; ");
        }

        script.Append("mkdir -p $HOME/.claude; cp -rL /tmp/claude-secret/. $HOME/.claude/ 2>/dev/null; ");
        if (user is not null)
        {
            // Root's copies would be closed to the agent.
            script.Append($"chown -R {user} $HOME/.claude; ");
        }

        script.Append("git config --global --add safe.directory '*' 2>/dev/null; ");
        if (!prebaked)
        {
            script.Append($"while [ ! -f {ReadySign} ]; do sleep 0.5; done; ");
        }

        for (var index = 0; index < preStart.Length; index++)
        {
            script.Append($"echo {Encode(preStart[index])} | base64 -d | sh || echo {index + 1} >> {FailedPreStart}; ");
        }

        var start = $"CMD=$(echo {Encode(command.Length == 0 ? DefaultCommand : command)} | base64 -d) && tmux new-session -d -s {Session} \"$CMD\" && sleep infinity";
        return script.Append(user is null ? start : $"su - {user} -c {Quote($"cd {Quote(directory)} && {start}")}").ToString();
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
