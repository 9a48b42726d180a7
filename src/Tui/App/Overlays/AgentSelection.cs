using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Updates;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Leads from a dialog to an agent in the list.</summary>
internal static class AgentSelection
{
    /// <summary>Closes the dialog and selects the agent; a filter that hides it is cleared, and a notice says so.</summary>
    public static AppModel GoTo(AppModel model, AgentId agent)
    {
        if (!model.Fleet.Agents.ContainsKey(agent))
        {
            return Notices.Add(model, NoticeKind.Warning, $"{PlainText.Sanitize(agent.ToString())} is gone");
        }

        var isHidden = model.List.Filter.Length > 0 && !model.Shown.Contains(agent);
        var there = model with
        {
            Overlay = null,
            List = model.List with { Selected = agent, Filter = isHidden ? "" : model.List.Filter },
        };
        there = WallUpdate.Focus(there, model.Wall.IsZoomed ? agent : null);
        return isHidden ? Notices.Add(there, NoticeKind.Info, $"filter cleared: it hid {PlainText.Sanitize(agent.ToString())}") : there;
    }
}
