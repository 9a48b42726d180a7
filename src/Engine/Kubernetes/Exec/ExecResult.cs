using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes.Http;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes.Exec;

/// <summary>Judges how a command in a container ended. Pure.</summary>
internal static class ExecResult
{
    /// <summary>The exit code that the server reported.</summary>
    /// <param name="status">The last message of the status channel; null when none came.</param>
    /// <param name="spoke">Whether the command printed anything.</param>
    /// <param name="command">The program, for the message.</param>
    /// <param name="container">Where, for the message.</param>
    /// <exception cref="TransportException">
    /// Nothing was reported: the stream was cut. Or the command could not be started; a failure without an exit code before any
    /// output means that, and there is no more precise sign of it.
    /// </exception>
    public static int ExitCode(ApiStatus? status, bool spoke, string command, PodContainer container) => status switch
    {
        { Status: "Success" } => 0,
        { ExitCode: { } code } => code,
        { Status: "Failure" } when !spoke => throw new TransportException(
            TransportFault.ProgramMissing, $"{PlainText.Sanitize(command)} could not be run in {container}: {PlainText.Sanitize(status.Message, 300)}"),
        _ => throw new TransportException(TransportFault.Cut, $"the stream to {container} was cut"),
    };
}
