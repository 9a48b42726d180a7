using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Writes a message to agents and sends it.</summary>
internal static class NudgeOverlayUpdate
{
    private const int MostHistory = 100;

    private static readonly TextInputRules Rules = new(IsMultiline: true, Longest: 100_000);

    /// <summary>Opens the editor for <paramref name="targets"/> (at least one) with what was written and not sent the last time.</summary>
    public static Transition Open(AppModel model, ImmutableArray<AgentId> targets) =>
        model with { Overlay = new NudgeOverlay(targets, TextInputState.Of(model.NudgeDraft)) };

    /// <summary>What a key or paste does. A click outside does not close the editor: nobody should lose a text by missing a button.</summary>
    public static Transition Apply(AppModel model, NudgeOverlay nudge, TerminalEvent input)
    {
        if (nudge.Template is { } template)
        {
            return ChooseTemplate(model, nudge, template, input);
        }

        if (DialogKeys.Closes(input))
        {
            return model with { Overlay = null, NudgeDraft = nudge.Input.Text };
        }

        if (DialogKeys.Is(input, Key.Enter))
        {
            return Send(model, nudge, isForced: false);
        }

        if (DialogKeys.IsControl(input, 'f') && nudge.IsWarned)
        {
            return Send(model, nudge, isForced: true);
        }

        if (DialogKeys.IsControl(input, 't') || DialogKeys.Is(input, Key.Tab))
        {
            return model.NudgeTemplates.IsEmpty
                ? model with { Overlay = nudge with { Problem = "there are no templates: add [[nudge]] with title and text to agents.toml" } }
                : model with { Overlay = nudge with { Template = 0, Problem = null } };
        }

        if (DialogKeys.Is(input, Key.Up) && IsInFirstLine(nudge.Input))
        {
            return Recall(model, nudge, (nudge.HistoryIndex ?? -1) + 1);
        }

        if (DialogKeys.Is(input, Key.Down) && IsInLastLine(nudge.Input) && nudge.HistoryIndex is { } index)
        {
            return Recall(model, nudge, index - 1);
        }

        return Typed(nudge.Input, input) is { } typed ? Edited(model, nudge, typed) : model;
    }

    private static TextInputState? Typed(TextInputState text, TerminalEvent input) => input switch
    {
        KeyPressed { Chord: { Key: Key.Enter, Modifiers: KeyModifiers.Shift } } => TextInputEditor.Paste(text, "\n", Rules),
        TextPasted paste => TextInputEditor.Paste(text, paste.Text, Rules),
        KeyPressed key => TextInputEditor.Apply(text, key.Chord, Rules),
        _ => null,
    };

    private static AppModel Edited(AppModel model, NudgeOverlay nudge, TextInputState input) => model with
    {
        Overlay = nudge with { Input = input, IsWarned = nudge.IsWarned && input.Text == nudge.Input.Text, Problem = null },
    };

    private static Transition Send(AppModel model, NudgeOverlay nudge, bool isForced)
    {
        var text = nudge.Input.Text.TrimEnd('\n', ' ');
        if (text.Length == 0)
        {
            return model with { Overlay = nudge with { Problem = "there is nothing to send: write a message, or leave with Esc" } };
        }

        var command = new SessionCommand.Nudge(text, isForced);
        var (able, refused) = TargetSplit.Of(model, nudge.Targets, command);
        var mayGoOn = nudge.IsWarned || isForced;
        if (able.IsEmpty || (!refused.IsEmpty && !mayGoOn))
        {
            return model with { Overlay = nudge with { IsWarned = true, Problem = null } };
        }

        var remembered = model with
        {
            NudgeHistory = [.. model.NudgeHistory.Remove(text).Add(text).TakeLast(MostHistory)],
            NudgeDraft = "",
        };
        return ResultsOverlayUpdate.Run(remembered, command, able, refused);
    }

    private static AppModel Recall(AppModel model, NudgeOverlay nudge, int index)
    {
        if (index >= model.NudgeHistory.Length)
        {
            return model;
        }

        var draft = nudge.HistoryIndex is null ? nudge.Input : nudge.Draft;
        var recalled = index < 0 ? draft : TextInputState.Of(model.NudgeHistory[^(index + 1)]);
        return model with
        {
            Overlay = nudge with { Input = recalled, Draft = draft, HistoryIndex = index < 0 ? null : index, IsWarned = false, Problem = null },
        };
    }

    private static Transition ChooseTemplate(AppModel model, NudgeOverlay nudge, int template, TerminalEvent input)
    {
        if (DialogKeys.Closes(input) || DialogKeys.IsControl(input, 't') || DialogKeys.Is(input, Key.Tab))
        {
            return model with { Overlay = nudge with { Template = null } };
        }

        var last = model.NudgeTemplates.Length - 1;
        var view = NudgeViewModel.Build(model, nudge);
        var clicked = DialogKeys.ClickedRow(input, view.Below) is { } row ? row + view.NotesOffset : (int?)null;
        if (DialogKeys.Is(input, Key.Enter) || clicked <= last)
        {
            var chosen = model.NudgeTemplates[Math.Clamp(clicked ?? template, 0, last)];
            return Edited(model, nudge with { Template = null }, TextInputEditor.Paste(nudge.Input, chosen.Text.ReplaceLineEndings("\n").TrimEnd('\n'), Rules));
        }

        return ListKeys.Move(template, last, view.Below.Height, input, letters: true) is { } next
            ? model with { Overlay = nudge with { Template = next } }
            : model;
    }

    private static bool IsInFirstLine(TextInputState input) => input.Text.AsSpan(0, input.Cursor).IndexOf('\n') < 0;

    private static bool IsInLastLine(TextInputState input) => input.Text.AsSpan(input.Cursor).IndexOf('\n') < 0;
}
