using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Runs operations that a dialog confirmed and tells what they came to.</summary>
internal static class ResultsOverlayUpdate
{
    /// <summary>
    /// Starts <paramref name="command"/> for every target and closes the open dialog. The outcome of one is left to the notices;
    /// that of several, or of one beside <paramref name="refused"/> ones, is told agent by agent in a dialog.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="command">What to do.</param>
    /// <param name="targets">To whom.</param>
    /// <param name="refused">Agents left out, each with the reason in words.</param>
    public static Transition Run(AppModel model, SessionCommand command, ImmutableArray<AgentId> targets, ImmutableArray<(AgentId Agent, string WhyNot)> refused)
    {
        var runs = targets.Select((agent, index) => new RunCommand(model.NextOperationId + index, agent, command)).ToImmutableArray();
        var rows = runs.Select(run => new ResultRow(run.OperationId, run.Agent, null))
            .Concat(refused.Select(left => new ResultRow(0, left.Agent, new OperationResult(OperationOutcome.Refused, left.WhyNot))))
            .ToImmutableArray();
        var started = model with
        {
            NextOperationId = model.NextOperationId + runs.Length,
            InFlight = model.InFlight.AddRange(runs.Select(run => KeyValuePair.Create(run.OperationId, run))),
            Overlay = rows.Length > 1 ? new ResultsOverlay(command, rows, 0) : null,
        };
        return new Transition(started, [.. runs]);
    }

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, ResultsOverlay results, TerminalEvent input)
    {
        var place = ResultsViewModel.Place(model, results);
        if (DialogKeys.ClosesReader(input, place) || DialogKeys.Is(input, Key.Enter))
        {
            return model with { Overlay = null };
        }

        return ListKeys.Move(results.Offset, results.Rows.Length - place.Body.Height, place.Body.Height, input, letters: true) is { } offset
            ? model with { Overlay = results with { Offset = offset } }
            : model;
    }

    /// <summary>Fills in what an operation came to.</summary>
    public static Transition Notice(AppModel model, ResultsOverlay results, AppMessage message)
    {
        if (message is not OperationDone done || !Tells(results, done.OperationId))
        {
            return model;
        }

        var rows = results.Rows.Select(row => row.OperationId == done.OperationId ? row with { Result = done.Result } : row);
        return model with { Overlay = results with { Rows = [.. rows] } };
    }

    /// <summary>Whether the dialog tells the outcome of an operation, so that a notice would say it twice.</summary>
    public static bool Tells(ResultsOverlay results, long operationId) => results.Rows.Any(row => row.OperationId == operationId);
}
