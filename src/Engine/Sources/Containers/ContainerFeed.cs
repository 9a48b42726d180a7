using System.Collections.Immutable;
using System.Text;
using System.Threading.Channels;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>Lists containers once and then looks at those of which the runtime tells that something happened to them.</summary>
/// <param name="cli">The runtime.</param>
/// <param name="here">Runs its program.</param>
/// <param name="selection">Which containers.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerFeed(ContainerCli cli, IAgentTransport here, ContainerSelection selection, TimeProvider time)
{
    // What happens between the start of the events and the list is told by both; a clock that is a little ahead must hide none of it.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <summary>Tells all containers, and then what changes, until it fails or is cancelled.</summary>
    /// <param name="follow">Whether to go on after the list.</param>
    /// <param name="listed">Takes all containers of now.</param>
    /// <param name="changed">Takes some that changed, or may have.</param>
    /// <param name="removed">Takes the id of one that is gone, by the runtime's word.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TransportException">The runtime is not there, or its events ended.</exception>
    public async Task RunAsync(
        bool follow, Action<ImmutableArray<ContainerInfo>> listed, Action<ImmutableArray<ContainerInfo>> changed, Action<string> removed, CancellationToken cancellationToken)
    {
        if (!follow)
        {
            listed(await ListAsync(cancellationToken));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        // Before the list, so that nothing happens unseen between them.
        await using var events = await here.OpenAsync(cli.Events(selection, time.GetUtcNow() - Overlap), cancellationToken);
        var news = Channel.CreateUnbounded<ContainerEvent>();
        var reading = ReadAsync(events, news.Writer, cancellationToken);
        try
        {
            listed(await ListAsync(cancellationToken));
            while (await news.Reader.WaitToReadAsync(cancellationToken))
            {
                await TellAsync(news.Reader, changed, removed, cancellationToken);
            }
        }
        finally
        {
            await events.DisposeAsync();
            await reading;
        }
    }

    private async Task<ImmutableArray<ContainerInfo>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await cli.InspectAsync(await cli.ListAsync(selection, cancellationToken), cancellationToken)).Where(selection.Has)];

    // However much happened to a container meanwhile, it is looked at once.
    private async Task TellAsync(ChannelReader<ContainerEvent> news, Action<ImmutableArray<ContainerInfo>> changed, Action<string> removed, CancellationToken cancellationToken)
    {
        var touched = new HashSet<string>();
        while (news.TryRead(out var happened))
        {
            if (happened.IsRemoved)
            {
                touched.Remove(happened.Id);
                removed(happened.Id);
            }
            else
            {
                touched.Add(happened.Id);
            }
        }

        if (touched.Count > 0)
        {
            var found = await cli.InspectAsync(touched, cancellationToken);
            foreach (var renamed in found.Where(container => !selection.Has(container)))
            {
                removed(renamed.Id);
            }

            changed([.. found.Where(selection.Has)]);
        }
    }

    // Ends by completing what it tells, with the reason.
    private static async Task ReadAsync(ICommandStream events, ChannelWriter<ContainerEvent> news, CancellationToken cancellationToken)
    {
        try
        {
            using var error = new StreamReader(events.Error, Encoding.UTF8);
            using var lines = new StreamReader(events.Output, Encoding.UTF8);
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                if (ContainerEvent.Read(line) is { } happened)
                {
                    await news.WriteAsync(happened, cancellationToken);
                }
            }

            var said = ContainerCli.Said(await error.ReadToEndAsync(cancellationToken));
            news.Complete(new TransportException(TransportFault.Cut, said.Length > 0 ? said : "the container runtime tells no more events"));
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            news.TryComplete(new TransportException(TransportFault.Cut, "the container runtime tells no more events", failure));
        }
    }
}
