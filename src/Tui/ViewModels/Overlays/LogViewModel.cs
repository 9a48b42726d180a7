using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>The words around a log.</summary>
internal static class LogViewModel
{
    /// <summary>Where the dialog stands: as large as the screen allows, because logs are wide.</summary>
    public static DialogGeometry Place(AppModel model) => DialogGeometry.Place(model.Screen, model.Screen.Width, model.Screen.Height);

    /// <summary>How many lines of the log are in view: the last row of the body says how the log stands.</summary>
    public static int Page(DialogGeometry place) => Math.Max(1, place.Body.Height - 1);

    /// <summary>What stands on the border.</summary>
    public static string Title(AppModel model, LogOverlay log)
    {
        var container = model.Fleet.Agents.GetValueOrDefault(log.Log.Agent)?.Status.Pod?.Container is { Length: > 0 } name ? $" of container {name}" : "";
        var before = log.Log.IsPrevious ? ", before its last restart" : "";
        return PlainText.Sanitize($"{log.Log.Agent} – log{container}{before}");
    }

    /// <summary>How the log stands.</summary>
    public static TextLine Status(LogOverlay log)
    {
        var rows = log.View.Screen!.Rows.Length;
        var count = rows == 1 ? "1 line" : $"{rows} lines";
        var place = log.View.Offset > 0 ? $"{log.View.Offset} below" : "";
        var column = log.Column > 0 ? $"from column {log.Column + 1}" : "";
        var search = log.View is { Search.Length: > 0, MatchRow: null } ? $"'{PlainText.Sanitize(log.View.Search)}' is not in it" : "";
        var state = log.End is { } end ? PlainText.Sanitize(end) : rows == 0 ? "waiting for its first line …" : log.View.Offset > 0 ? "" : "following";
        var role = log.End is null ? ThemeRole.TextDim : ThemeRole.NoticeWarning;
        var facts = string.Join(" · ", new[] { rows > 0 ? count : "", place, column, search }.Where(text => text.Length > 0));
        return new TextLine([new TextRun(facts.Length > 0 && state.Length > 0 ? $"{facts} · " : facts, ThemeRole.TextDim), new TextRun(state, role)]);
    }
}
