using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Tmux;

/// <summary>A real server with one session and a link to it.</summary>
internal sealed class LinkedTmux : IAsyncDisposable
{
    private LinkedTmux(TmuxFixture server, string paneId, TmuxLink link)
    {
        Server = server;
        PaneId = paneId;
        Link = link;
    }

    public TmuxFixture Server { get; }

    public string PaneId { get; }

    public TmuxLink Link { get; }

    public LocalCommandRunner Runner { get; } = new(TimeProvider.System);

    public static async Task<LinkedTmux> StartAsync(string shellCommand, string name = "agent", int columns = 80, int rows = 24)
    {
        var server = new TmuxFixture();
        try
        {
            var pane = await server.StartAsync(name, shellCommand, columns, rows);
            return new LinkedTmux(server, pane, await OpenAsync(server));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static Task<TmuxLink> OpenAsync(TmuxFixture server, string? target = null) =>
        TmuxLink.OpenAsync(new LocalTransport(TimeProvider.System), Address(server), target, TimeProvider.System, CancellationToken.None);

    public static TmuxAddress Address(TmuxFixture server) => new(server.Socket) { Turns = new LocalTurns(server.Socket, TimeProvider.System) };

    /// <summary>Waits until the program of a pane ended and its exit code is known.</summary>
    public Task WaitForEndAsync(string paneId) =>
        Server.WaitAsync(
            async () =>
            {
                var pane = (await TmuxSessionList.ReadAsync(Link, CancellationToken.None)).Single(session => session.PaneId == paneId);
                if (pane is { Dead: true, DeadStatus: null })
                {
                    await TmuxServer.CollectExitCodesAsync(Runner, Address(Server), CancellationToken.None);
                }

                return pane;
            },
            pane => pane.DeadStatus is not null,
            $"the end of {paneId}");

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await Server.DisposeAsync();
    }
}
