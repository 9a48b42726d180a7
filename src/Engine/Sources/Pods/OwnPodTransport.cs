using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Runs commands in the container of one pod and of no other. A kubelet finds a container by the name of its pod: where a pod was deleted by
/// force and another of its name was made, commands come into the old one until that has ended. Which pod it is, a container knows by
/// the file that its <c>/etc/hosts</c> is in truth: the kubelet keeps it in a folder with the pod's uid. Where that cannot be told, it is taken for ours.
/// </summary>
/// <param name="exec">Runs a command in the container of that name.</param>
/// <param name="uid">The pod.</param>
/// <param name="mounts">Where a container lists what is mounted in it.</param>
internal sealed class OwnPodTransport(IAgentTransport exec, string uid, string mounts = "/proc/self/mountinfo") : IAgentTransport
{
    /// <summary>Runs a command, unless it came into the container of another pod; its arguments are the uid, the list of mounts, and the command.</summary>
    internal const string Script = """
        if [ -r "$2" ]; then
          while read -r _ _ _ root point _; do
            if [ "$point" = /etc/hosts ]; then case "$root" in */pods/"$1"/*) ;; */pods/*) exit 79;; esac; fi
          done <"$2"
        fi
        shift 2
        exec "$@"
        """;

    private const int Stranger = 79;

    /// <inheritdoc/>
    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken) => new JudgedStream(
        await exec.OpenAsync(command with { Program = "sh", Arguments = ["-c", Script, "sh", uid, mounts, command.Program, .. command.Arguments] }, cancellationToken),
        static code => code == Stranger ? new TransportException(TransportFault.Unreachable, "the pod of its name that was there before has not ended yet") : null);
}
