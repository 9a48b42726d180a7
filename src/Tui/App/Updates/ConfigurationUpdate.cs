using AgentDeck.Engine.Configuration;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Follows a configuration that was read again.</summary>
internal static class ConfigurationUpdate
{
    /// <summary>Takes it over. What the operator chose in this session stays until the file says something else about that very thing.</summary>
    public static Transition Apply(AppModel model, DeckConfiguration configuration)
    {
        var (before, now) = (model.Settings, configuration.Deck);
        var (keys, problems) = KeyMap.Build(configuration.File ?? "agents.toml", configuration.Keys);
        var templates = configuration.Nudges;
        var next = model with
        {
            Settings = now,
            Keys = keys,
            KeyProblems = problems,
            NudgeTemplates = templates,
            DetachKey = KeyText.TryParse(now.DetachKey, out var detachKey, out _) ? detachKey : model.DetachKey,
            Mouse = now.Mouse == before.Mouse ? model.Mouse : now.Mouse,
            Wall = now.Panes == before.Panes ? model.Wall : model.Wall with { Panes = now.Panes },
            // The engine was told at the start whether it may write: an edit can only take that away.
            ReadOnly = model.ReadOnly || now.ReadOnly,
            Overlay = model.Overlay is NudgeOverlay { Template: { } picked } nudge
                ? nudge with { Template = templates.IsEmpty ? null : Math.Min(picked, templates.Length - 1) }
                : model.Overlay,
        };
        return now.Theme == before.Theme ? next : new Transition(next, [new LoadTheme(now.Theme, IsPreview: false)]);
    }
}
