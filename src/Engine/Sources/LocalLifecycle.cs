using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>Starts and ends the sessions of a local source.</summary>
/// <param name="book">What is known of its agents.</param>
/// <param name="address">The server.</param>
/// <param name="socketPath">Its socket, see <see cref="SocketPath"/>.</param>
/// <param name="runner">Runs the client that starts a server.</param>
/// <param name="store">Tells when a start was seen.</param>
/// <param name="findClient">The client of the moment, or null while there is none.</param>
/// <param name="refreshAsync">Looks at once at what sessions there are.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalLifecycle(
    SessionBook book,
    TmuxAddress address,
    string socketPath,
    ICommandRunner runner,
    FleetStore store,
    Func<ITmuxClient?> findClient,
    Func<CancellationToken, Task> refreshAsync,
    TimeProvider time)
{
    /// <summary>How long a started session may take to be seen.</summary>
    internal static readonly TimeSpan SeenDeadline = TimeSpan.FromSeconds(10);

    private const int StartTries = 4;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private static readonly Size InitialSize = new(200, 50);

    /// <summary>
    /// Starts a declared agent, or adopts its session when another deck was faster. Where its session lives, and what had to follow
    /// was not done to its end, that is done now, from the beginning.
    /// </summary>
    /// <exception cref="TransportException">It could not be started; the agent then shows why, too.</exception>
    public async Task StartAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (book.Find(agent.Name) is not { Spec: { } spec } before)
        {
            throw new TransportException(TransportFault.Denied, "it is not declared in agents.toml, so there is nothing to start");
        }

        if (before.Session is { Dead: false, SetUp: not SetUpState.Pending })
        {
            return;
        }

        book.SetRequest(agent.Name, PhaseRequest.Start, null);
        try
        {
            await StartAsync(agent, spec, before.Session, cancellationToken);
            book.SetRequest(agent.Name, PhaseRequest.None, null);
        }
        catch (TmuxException failure)
        {
            book.SetRequest(agent.Name, PhaseRequest.None, failure.Message);
            throw TmuxFailures.ToTransport(failure);
        }
        catch (TransportException failure)
        {
            book.SetRequest(agent.Name, PhaseRequest.None, failure.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            book.SetRequest(agent.Name, PhaseRequest.None, null);
            throw;
        }
    }

    /// <summary>Remembers that the agent's end is wanted; in a declared agent's own session, so that other decks know too.</summary>
    /// <exception cref="TmuxException">tmux refused or the link ended.</exception>
    public async Task AnnounceStopAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (book.Find(agent.Name) is { Spec: not null, Session: { } session } && findClient() is { } client)
        {
            await StopMark.SetAsync(client, session.Id, cancellationToken);
        }

        book.SetRequest(agent.Name, PhaseRequest.Stop, null);
    }

    /// <summary>Takes an announced stop back: the agent goes on. Does what it can without a link.</summary>
    public async Task WithdrawStopAsync(AgentId agent)
    {
        book.SetRequest(agent.Name, PhaseRequest.None, null);
        if (book.Find(agent.Name) is { Spec: not null, Session: { } session } && findClient() is { } client)
        {
            try
            {
                await client.ExecuteAsync(StopMark.Clear(session.Id), CancellationToken.None);
            }
            catch (TmuxException)
            {
                // The server is out of reach, and with it the mark.
            }
        }
    }

    /// <summary>
    /// Kills the program of a declared agent, whose pane stays with its last screen; kills the whole session of a discovered one.
    /// </summary>
    /// <exception cref="TmuxException">tmux refused or the link ended.</exception>
    public async Task KillAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (book.Find(agent.Name) is not { Session: { Dead: false } session } track)
        {
            return;
        }

        if (track.Request != PhaseRequest.Stop)
        {
            throw new TmuxException(TmuxFault.Refused, "it was started again meanwhile; the new run was left alone");
        }

        var client = RequireClient();
        if (track.Spec is null || session.PanePid <= 0)
        {
            await TmuxServer.KillSessionAsync(client, session.Id, cancellationToken);
            return;
        }

        // tmux makes the pane's program the leader of a process group, whose members are its children in the foreground.
        var group = session.PanePid.ToString(CultureInfo.InvariantCulture);
        await client.RequireAsync(TmuxCommandLine.Of("run-shell", "-b", $"kill -KILL -{group} || kill -KILL {group}"), cancellationToken);
    }

    private async Task StartAsync(AgentId agent, AgentSpec spec, TmuxSession? before, CancellationToken cancellationToken)
    {
        var setup = await LocalSetup.OpenAsync(spec, runner, cancellationToken);
        var isOurs = before is { Dead: false } || await BringUpAsync(agent, spec, setup, before, cancellationToken);
        if (isOurs && book.Find(agent.Name)?.Session is { SetUp: SetUpState.Pending } session)
        {
            var warnings = await setup.SetUpAsync(socketPath, session.PaneId, cancellationToken);
            var note = Note(session.StartNote.Length > 0 ? [session.StartNote, .. warnings] : warnings);
            await new TmuxOneShot(runner, address).RequireAsync(NoteMark.Set(session.Id, note).Then(SetUpMark.Set(session.Id, isDone: true)), cancellationToken);
            await refreshAsync(cancellationToken);
        }
    }

    // Until its session was seen. False when another deck was faster: what it started is the agent, and it sets it up, too.
    private async Task<bool> BringUpAsync(AgentId agent, AgentSpec spec, LocalSetup setup, TmuxSession? ended, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(setup.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var warnings = await setup.StageAsync(either.Token);
            await setup.PrepareAsync(either.Token);
            var isOurs = await BeginAsync(spec, setup, Note(warnings), ended, either.Token);
            await SeeAsync(agent, ended, either.Token);
            return isOurs;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFault.Cut, $"it did not start within {setup.Timeout.TotalSeconds:0} s{(setup.Step.Length > 0 ? $"; the last step was {setup.Step}" : "")}");
        }
    }

    private static string Note(ImmutableArray<string> warnings) => string.Join("; ", warnings);

    private async Task<bool> BeginAsync(AgentSpec spec, LocalSetup setup, string note, TmuxSession? ended, CancellationToken cancellationToken)
    {
        // tmux would silently take the home directory instead.
        if (!Directory.Exists(spec.Directory))
        {
            throw new TmuxException(TmuxFault.Refused, $"its directory {PlainText.Sanitize(spec.Directory)} does not exist; create it or change dir in agents.toml");
        }

        var start = new TmuxSessionStart(spec.Name, spec.Command, spec.Directory, setup.Variables, InitialSize)
        {
            SpecHash = SpecFingerprint.Of(spec),
            Note = note,
            IsToBeSetUp = setup.HasSteps,
        };
        if (ended is not null && await RespawnAsync(ended, start, cancellationToken) is { } isOurs)
        {
            return isOurs;
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                await TmuxServer.StartAsync(runner, address, start, cancellationToken);
                return true;
            }
            catch (TmuxException failure) when (failure.Fault == TmuxFault.DuplicateSession)
            {
                return false;
            }
            catch (TmuxException failure) when (failure.Fault == TmuxFault.ServerGone && tries < StartTries)
            {
                // The server was just ending.
                await Task.Delay(BetweenTries, time, cancellationToken);
            }
        }
    }

    // Null when there is nothing to run it in any more.
    private async Task<bool?> RespawnAsync(TmuxSession ended, TmuxSessionStart start, CancellationToken cancellationToken)
    {
        try
        {
            await TmuxServer.RespawnAsync(RequireClient(), ended.Id, ended.PaneId, start, cancellationToken);
            return true;
        }
        catch (TmuxException failure) when (failure.Fault == TmuxFault.StillActive)
        {
            return false;
        }
        catch (TmuxException failure) when (failure.Fault == TmuxFault.TargetGone)
        {
            return null;
        }
    }

    private ITmuxClient RequireClient() =>
        findClient() ?? throw new TmuxException(TmuxFault.Cut, $"tmux on {address}: there is no link now; it is being opened again");

    // What counts is the session seen by the source, not the success of the command.
    private async Task SeeAsync(AgentId agent, TmuxSession? before, CancellationToken cancellationToken)
    {
        using var updates = store.Subscribe();
        await refreshAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(SeenDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (IsSeen())
            {
                return;
            }

            await foreach (var _ in updates.ReadAllAsync(either.Token))
            {
                if (IsSeen())
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TmuxException(TmuxFault.Cut, $"tmux on {address}: {PlainText.Sanitize(agent.Name)} was started, but not seen within {SeenDeadline.TotalSeconds:0} s");
        }

        bool IsSeen() => book.Find(agent.Name)?.Session is { } session && (session.Id != before?.Id || session.PanePid != before.PanePid);
    }
}
