using System.Collections.Immutable;
using System.Threading.Channels;
using AgentDeck.Engine.Panes;
using AgentDeck.Tui.App.Attach;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Running;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App;

/// <summary>
/// The deck's loop: one task that owns the model, takes messages from one inbox, and draws at most 60 times a second and
/// only what changed. Everything that waits runs elsewhere and reports through the inbox.
/// </summary>
internal sealed class DeckApp
{
    private const int InboxSize = 256;

    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(16);

    private readonly DeckServices _services;
    private readonly Painter _painter;
    private readonly AttachRunner _attach;
    private readonly Channel<AppMessage> _inbox = Channel.CreateBounded<AppMessage>(new BoundedChannelOptions(InboxSize) { SingleReader = true });
    private readonly CellTables _tables;
    private AppModel _model;
    private AppModel? _painted;
    private EffectRunner? _effects;
    private bool _isAway;
    private bool _isPictureWanted;
    private int? _exitCode;

    /// <summary>Creates a deck that starts from <paramref name="model"/>; its fleet is read from the store when it runs.</summary>
    public DeckApp(DeckServices services, AppModel model)
    {
        (_services, _model, _tables) = (services, model, model.Tables);
        _painter = new Painter(services.Host, model.Tables);
        _attach = new AttachRunner(services.Host, services.Operations, services.Store, services.Time);
    }

    /// <summary>Runs until the operator leaves, the terminal goes away, or it is cancelled. To be called once.</summary>
    public async Task<DeckExit> RunAsync(CancellationToken cancellationToken)
    {
        using var subscription = _services.Store.Subscribe();
        await using var effects = new EffectRunner(_services, _model.Tables, _inbox.Writer);
        _effects = effects;
        Take(AppUpdate.Start(_model with
        {
            Fleet = subscription.Initial,
            Events = _services.Store.PastEvents.AddRange(_services.Store.RecentEvents),
            Screen = _services.Host.Size,
            Now = Heartbeat.Second(_services.Time.GetUtcNow()),
        }));
        effects.Start("reading the terminal", PumpTerminalAsync);
        effects.Start("following the fleet", async token =>
        {
            await foreach (var update in subscription.ReadAllAsync(token))
            {
                await _inbox.Writer.WriteAsync(new FleetChanged(update), token);
                await Task.Delay(FleetPace.After(update.Snapshot.Agents.Count), _services.Time, token);
            }
        });
        effects.Start("following panes", PumpPanesAsync);
        if (_services.Reloads is { } reloads)
        {
            effects.Start("following agents.toml", async token =>
            {
                await foreach (var configuration in reloads.WithCancellation(token))
                {
                    await _inbox.Writer.WriteAsync(new ConfigurationChanged(configuration), token);
                }
            });
        }

        await LoopAsync(cancellationToken);
        return new DeckExit(_exitCode ?? 0, Farewell.Of(_model.Fleet, _services.Program));
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        await using var alarm = _services.Time.CreateTimer(static inbox => ((ChannelWriter<AppMessage>)inbox!).TryWrite(new Woken()), _inbox.Writer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var lastFrame = long.MinValue;
        while (_exitCode is null)
        {
            var sinceFrame = lastFrame == long.MinValue ? FrameTime : _services.Time.GetElapsedTime(lastFrame);
            if (!_isAway && !ReferenceEquals(_model, _painted) && sinceFrame >= FrameTime)
            {
                lastFrame = _services.Time.GetTimestamp();
                sinceFrame = TimeSpan.Zero;
                _painted = _model;
                await _painter.PaintAsync(_model, cancellationToken);
                if (_isPictureWanted)
                {
                    _isPictureWanted = false;
                    _effects!.Save(_painter.Copy());
                }
            }

            // Without a change there is nothing to wake up for but the next second or minute on screen.
            var due = ReferenceEquals(_model, _painted) || _isAway ? Heartbeat.NextIn(_model, _services.Time.GetUtcNow()) : FrameTime - sinceFrame;
            alarm.Change(due is { } wait && !_isAway ? wait : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (!await _inbox.Reader.WaitToReadAsync(cancellationToken))
            {
                return;
            }

            Tick();
            for (var taken = 0; taken < InboxSize && _exitCode is null && _inbox.Reader.TryRead(out var message); taken++)
            {
                Handle(message);
            }
        }
    }

    private void Tick()
    {
        var second = Heartbeat.Second(_services.Time.GetUtcNow());
        if (second != _model.Now)
        {
            Take(AppUpdate.Apply(_model, new Ticked(second)));
        }
    }

    private void Handle(AppMessage message)
    {
        switch (message)
        {
            case Woken:
                return;
            case AttachEnded:
                Return();
                break;
            case TerminalInput { Event: TerminalResumed } when !_isAway:
                Return();
                break;
        }

        Take(AppUpdate.Apply(_model, message));
    }

    private void Return()
    {
        (_isAway, _painted) = (false, null);
        _painter.Forget();
        Take(AppUpdate.Apply(_model, new TerminalInput(new Resized(_services.Host.Size), _model.Now)));
    }

    private void Take(Transition transition)
    {
        _model = transition.Model;
        foreach (var effect in transition.Effects)
        {
            Perform(effect);
        }
    }

    private void Perform(AppEffect effect)
    {
        switch (effect)
        {
            case QuitApp quit:
                _exitCode = quit.ExitCode;
                break;
            case SaveScreenshot:
                // The next frame, which no longer shows the palette in which it was chosen.
                (_isPictureWanted, _painted) = (true, null);
                break;
            case SuspendApp:
                _effects!.Start("suspending", token => _services.Host.SuspendAsync(token).AsTask());
                break;
            case AttachTerminal attach:
                _isAway = true;
                _effects!.Start($"attaching to {attach.Agent}", token => AttachAsync(attach, token));
                break;
            default:
                _effects!.Run(effect);
                break;
        }
    }

    // Whatever happens, the deck comes back.
    private async Task AttachAsync(AttachTerminal attach, CancellationToken cancellationToken)
    {
        var ended = new AttachEnded(attach.Agent, null);
        try
        {
            ended = await _attach.RunAsync(attach.Agent, attach.DetachKey, cancellationToken);
        }
        finally
        {
            await _inbox.Writer.WriteAsync(ended, cancellationToken);
        }
    }

    private async Task PumpTerminalAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in _services.Host.Events.ReadAllAsync(cancellationToken))
            {
                await _inbox.Writer.WriteAsync(new TerminalInput(happened, _services.Time.GetUtcNow()), cancellationToken);
            }
        }
        finally
        {
            // A deck that hears nothing any more must end, however that came.
            await _inbox.Writer.WriteAsync(new TerminalInput(new TerminalClosed("the terminal ended"), _services.Time.GetUtcNow()), cancellationToken);
        }
    }

    // At most once a frame: what changes faster than it can be seen is not even parsed. The feed merges meanwhile.
    private async Task PumpPanesAsync(CancellationToken cancellationToken)
    {
        await foreach (var changed in _services.Panes.ReadChangesAsync(cancellationToken))
        {
            var screens = changed.Select(_services.Panes.Latest).OfType<PaneCapture>()
                .Select(capture => PaneScreens.Parse(capture, _tables)).ToImmutableArray();
            if (!screens.IsEmpty)
            {
                await _inbox.Writer.WriteAsync(new PanesChanged(screens), cancellationToken);
            }

            await Task.Delay(FrameTime, _services.Time, cancellationToken);
        }
    }
}
