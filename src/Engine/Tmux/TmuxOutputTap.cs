namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Tells which panes of a link's session print, at the cost of one burst each: the first output of a pane pauses it for this
/// client, which drops further output in the server, until somebody continues it. Safe to call from any thread.
/// </summary>
/// <remarks>
/// The client flag <c>no-output</c> will not do for this: tmux 3.3a forgets what it has queued whenever the flag is set or
/// lifted, and then waits for it for ever. So it is lifted once a link, before there is any output.
/// </remarks>
internal sealed class TmuxOutputTap(TmuxLink link)
{
    private static readonly TmuxCommandLine Listen = TmuxCommandLine.Of("refresh-client", "-f", "!no-output");

    private readonly Lock _gate = new();
    private readonly List<Listener> _listeners = [];
    private Task? _open;

    /// <summary>The link.</summary>
    public TmuxLink Link => link;

    /// <summary>Begins to tell; the first call lifts <c>no-output</c> for the rest of the link's life.</summary>
    /// <param name="paneId">The pane, for example <c>%3</c>.</param>
    /// <param name="printed">Told when it printed, or may show something else; must not throw.</param>
    /// <param name="ended">Told when the link ended.</param>
    /// <returns>Disposing ends the telling.</returns>
    /// <exception cref="TmuxException">The link ended.</exception>
    public async Task<IDisposable> ListenAsync(string paneId, Action printed, Action ended)
    {
        var listener = new Listener(this, paneId, printed, ended);
        Task open;
        lock (_gate)
        {
            _listeners.Add(listener);
            open = _open ??= OpenAsync();
        }

        try
        {
            await open;
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        if (link.Completion.IsCompleted)
        {
            ended();
        }

        return listener;
    }

    /// <summary>Takes what the link said: a resize and copy mode change a picture without output.</summary>
    public void Note(TmuxNotification notification)
    {
        if (notification is TmuxNotification.LayoutChanged or TmuxNotification.PaneModeChanged)
        {
            Tell(_ => true, listener => listener.Printed());
        }
    }

    private async Task OpenAsync()
    {
        _ = PauseAsync();
        await link.RequireAsync(Listen, CancellationToken.None);
    }

    private async Task PauseAsync()
    {
        try
        {
            await foreach (var output in link.ReadOutputAsync(CancellationToken.None))
            {
                await link.ExecuteAsync(TmuxCommandLine.Of("refresh-client", "-A", $"{output.PaneId}:pause"), CancellationToken.None);
                Tell(listener => listener.PaneId == output.PaneId, listener => listener.Printed());
            }
        }
        catch (TmuxException)
        {
            // The link ended, which its owner learns from the link.
        }

        Tell(_ => true, listener => listener.Ended());
    }

    private void Tell(Func<Listener, bool> which, Action<Listener> tell)
    {
        List<Listener> told;
        lock (_gate)
        {
            told = [.. _listeners.Where(which)];
        }

        told.ForEach(tell);
    }

    private sealed class Listener(TmuxOutputTap tap, string paneId, Action printed, Action ended) : IDisposable
    {
        public string PaneId => paneId;

        public Action Printed => printed;

        public Action Ended => ended;

        public void Dispose()
        {
            lock (tap._gate)
            {
                tap._listeners.Remove(this);
            }
        }
    }
}
