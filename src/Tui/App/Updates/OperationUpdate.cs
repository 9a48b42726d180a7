using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Commands that the engine carries out, and what they came to.</summary>
internal static class OperationUpdate
{
    /// <summary>Does it at once for one target; asks first for several.</summary>
    public static Transition RunOrAsk(AppModel model, SessionCommand command)
    {
        var targets = Targets(model);
        return targets.Length == 1 ? ResultsOverlayUpdate.Run(model, command, targets, []) : ConfirmOverlayUpdate.Open(model, command, targets);
    }

    /// <summary>Asks first.</summary>
    public static Transition Ask(AppModel model, SessionCommand command) => ConfirmOverlayUpdate.Open(model, command, Targets(model));

    /// <summary>Takes in what an operation came to, and tells it unless a dialog does.</summary>
    public static AppModel Done(AppModel model, OperationDone done)
    {
        var next = model with { InFlight = model.InFlight.Remove(done.OperationId) };
        if (OverlayUpdate.Tells(model, done.OperationId))
        {
            return next;
        }

        var kind = done.Result.Outcome switch
        {
            OperationOutcome.Succeeded => NoticeKind.Info,
            OperationOutcome.Failed => NoticeKind.Error,
            _ => NoticeKind.Warning,
        };
        var what = $"{CommandText.Verb(done.Command)} {done.Agent}";
        return Notices.Add(next, kind, PlainText.Sanitize(done.Result.Message.Length == 0 ? what : $"{what}: {done.Result.Message}"));
    }

    private static ImmutableArray<AgentId> Targets(AppModel model) => [.. CommandTargets.Of(model).Select(agent => agent.Id)];
}
