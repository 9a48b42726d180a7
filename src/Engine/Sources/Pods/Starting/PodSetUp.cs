using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>
/// What follows the start of a session in a pod, up to the note in the session that it was done. When the way to the pod is lost a step
/// is done again from its beginning as soon as there is a way, because nobody knows how far it came: each is done once at least.
/// </summary>
/// <param name="book">What is known of pods, and where it is noted how the start goes.</param>
/// <param name="store">Tells when something changed.</param>
/// <param name="agent">The agent.</param>
/// <param name="uid">Its pod.</param>
/// <param name="inside">The inside of that.</param>
/// <param name="warn">Takes what failed without stopping the start.</param>
/// <param name="noteCut">Takes what was cut short last, in words.</param>
/// <param name="time">The clock.</param>
internal sealed class PodSetUp(PodBook book, FleetStore store, AgentId agent, string uid, PodInside inside, Action<string> warn, Action<string> noteCut, TimeProvider time)
{
    /// <summary>How long a session has to live to have been started: Gas City's own.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>Does it, and returns when the session lived on and says that it is done.</summary>
    /// <param name="setup">What is declared.</param>
    /// <param name="warnings">All that was warned of so far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">The session ended, or does not take the note.</exception>
    public async Task RunAsync(AgentSetup setup, IReadOnlyCollection<string> warnings, CancellationToken cancellationToken)
    {
        foreach (var number in await PersistAsync("the start", () => inside.KeepOutputAsync(cancellationToken), cancellationToken))
        {
            warn($"pre_start {PlainText.Sanitize(number, 10)} failed; the container's log says more");
        }

        for (var index = 0; index < setup.SessionSetup.Length; index++)
        {
            var line = setup.SessionSetup[index];
            await TryAsync($"session_setup {index + 1}", () => inside.SetUpAsync(line, cancellationToken), cancellationToken);
        }

        if (setup.SessionSetupScript is { } script)
        {
            await TryAsync("session_setup_script", () => inside.SetUpByFileAsync(script, cancellationToken), cancellationToken);
        }

        await LivesOnAsync(Settling, cancellationToken);
        await PersistAsync("the start", () => FinishAsync(string.Join("; ", warnings), cancellationToken), cancellationToken);
    }

    private async Task<bool> FinishAsync(string note, CancellationToken cancellationToken)
    {
        await inside.FinishAsync(note, cancellationToken);
        return true;
    }

    private async Task TryAsync(string what, Func<Task<string?>> runAsync, CancellationToken cancellationToken)
    {
        string? why;
        try
        {
            why = await PersistAsync(what, runAsync, cancellationToken);
        }
        catch (TransportException failure) when (failure.Fault is TransportFault.TimedOut or TransportFault.Denied)
        {
            why = PlainText.Sanitize(failure.Message, 300);
        }

        if (why is not null)
        {
            warn($"{what} failed: {why}");
        }
    }

    // What only takes too long would the next time, too.
    private async Task<T> PersistAsync<T>(string what, Func<Task<T>> runAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await runAsync();
            }
            // Beside a session that lives a program is only missing where none can be run just now.
            catch (TransportException failure) when (failure.Fault is TransportFault.Cut or TransportFault.Unreachable or TransportFault.ProgramMissing)
            {
                noteCut($"its session lives, and {what} was cut short: {failure.Message}");
                await LivesOnAsync(PodStart.UntilTold, cancellationToken);
            }
        }
    }

    private async Task LivesOnAsync(TimeSpan howLong, CancellationToken cancellationToken)
    {
        using var settled = new CancellationTokenSource(howLong, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(settled.Token, cancellationToken);
        try
        {
            await store.UntilAsync(() => book.FindPod(uid)?.Session is not { Dead: false }, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        var printed = await inside.LastOutputAsync(cancellationToken);
        book.SetStart(agent, note => note with { LastOutput = printed });
        throw new TransportException(TransportFault.Gone, "it ended right after it was started");
    }
}
