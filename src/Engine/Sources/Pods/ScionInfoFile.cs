using System.Text;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The file in which an agent of scion reports on itself, read in its own container by one command.</summary>
/// <param name="path">Where it is.</param>
/// <param name="transport">Runs commands there.</param>
/// <param name="time">The clock of the timeout.</param>
/// <param name="warn">Takes one sentence for what in it cannot be used.</param>
internal sealed class ScionInfoFile(string path, IAgentTransport transport, TimeProvider time, Action<string> warn)
{
    private const string LongestFile = "65536";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>What the agent says; null when it says nothing that can be read now, and then its screen has to do.</summary>
    public async Task<ScionAgentInfo?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = new CommandSpec { Program = "head", Arguments = ["-c", LongestFile, path] };
            var result = await new StreamCommandRunner(transport, time).RunAsync(head, null, Timeout, cancellationToken);
            return result.ExitCode == 0 ? ScionAgentInfo.Read(Encoding.UTF8.GetBytes(result.Output), warn) : null;
        }
        catch (TransportException)
        {
            return null;
        }
    }
}
