using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.App.Updates;

namespace AgentDeck.Tui.App;

/// <summary>Decides what every message means. Pure: no clock, no I/O; what is to be done outside comes back as effects.</summary>
internal static class AppUpdate
{
    /// <summary>The model from now on and what to do.</summary>
    public static Transition Apply(AppModel model, AppMessage message)
    {
        Transition next = message switch
        {
            TerminalInput input => InputUpdate.Apply(model, input.Event, input.At),
            FleetChanged changed => FleetUpdates.Apply(model, changed.Update),
            PanesChanged changed => model with { Panes = model.Panes.SetItems(changed.Screens.Select(screen => KeyValuePair.Create(screen.Agent, screen))) },
            Ticked ticked => Notices.Expire(model with { Now = ticked.Now }),
            HistoryLoaded loaded => HistoryUpdate.Loaded(model, loaded.Screen),
            OperationDone done => OperationUpdate.Done(model, done),
            NoticeRaised raised => Notices.Add(model, raised.Kind, PlainText.Sanitize(raised.Text)),
            TypingFailed failed => TypingUpdate.Failed(model, failed.Agent, PlainText.Sanitize(failed.Reason)),
            AttachEnded { Notice: { } why } ended => Notices.Add(model, NoticeKind.Warning, PlainText.Sanitize($"{ended.Agent}: {why}")),
            ThemeChosen chosen => ThemeOverlayUpdate.Loaded(model, chosen),
            ConfigurationChanged changed => ConfigurationUpdate.Apply(model, changed.Configuration),
            AttachEnded or ProcessesListed or LogRead => model,
            _ => throw new ArgumentOutOfRangeException(nameof(message), message, "unknown message"),
        };

        if (message is not TerminalInput && model.Overlay is not null)
        {
            next = next.Then(taken => OverlayUpdate.Notice(taken, message));
        }

        return DeckSettle.Apply(model, next);
    }

    /// <summary>The first model, laid out and with the panes it wants to watch.</summary>
    public static Transition Start(AppModel model)
    {
        var settled = DeckSettle.Apply(model with { Fleet = FleetSnapshot.Empty }, model);
        return settled;
    }
}
