using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>The containers of a runtime.</summary>
/// <param name="cli">The runtime.</param>
/// <param name="here">Runs its program.</param>
/// <param name="dialect">How its containers are marked.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerPlace(ContainerCli cli, IAgentTransport here, IDialect dialect, TimeProvider time) : IContainerPlace
{
    private readonly ImmutableArray<string> _variables = dialect is GasCityContainerDialect ? [$"TMUX_TMPDIR={GasCityContainerDialect.SocketDirectory}"] : [];

    /// <inheritdoc/>
    public IAgentTransport TransportTo(PodTrack track) => new ContainerTransport(new ContainerExec(cli, here, track.Pod.Uid, track.Reading.User, _variables), command => command, time);

    /// <inheritdoc/>
    public async Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken) =>
        new CommandOutput(await here.OpenAsync(cli.Logs(container.Pod, request), cancellationToken));

    /// <inheritdoc/>
    public async Task RequireAsync(Pod pod, CancellationToken cancellationToken)
    {
        if ((await cli.InspectAsync([pod.Uid], cancellationToken)).IsEmpty)
        {
            throw new TransportException(TransportFault.Gone, $"the container {pod.Name} is gone");
        }
    }
}
