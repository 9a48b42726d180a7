using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels;

/// <summary>What stands on the upper border of a pane.</summary>
/// <param name="Left">The agent, and the search that is typed.</param>
/// <param name="Right">State, idle time, command and size; what does not fit is left out whole.</param>
/// <param name="Border">How the border is drawn.</param>
/// <param name="IsOld">Whether its source is lost, so that all of it is dimmed.</param>
internal sealed record PaneTitle(string Left, string Right, ThemeRole Border, bool IsOld)
{
    private const int NarrowestName = 8;

    /// <summary>Makes the title of an agent's pane for a border of so many cells.</summary>
    public static PaneTitle Build(AppModel model, AgentId id, int width)
    {
        var isFocused = model.Wall.Focused == id;
        var history = isFocused ? model.Wall.History : null;
        var isPinned = model.Wall.Pinned.Contains(id);
        var name = PlainText.Sanitize(id.ToString());
        var left = history is { IsSearching: true } or { Search.Length: > 0 } ? $"{name} /{PlainText.Sanitize(history.Search)}" : name;
        var border = isFocused && model.Wall.IsTyping ? ThemeRole.BorderTyping : isFocused ? ThemeRole.BorderFocused : isPinned ? ThemeRole.BorderPinned : ThemeRole.Border;
        if (!model.Fleet.Agents.TryGetValue(id, out var agent))
        {
            return new PaneTitle(Spaced(left, width), "", border, IsOld: true);
        }

        var source = model.Fleet.SourceOf(id);
        var parts = Parts(model, agent, source, isFocused && model.Wall.IsTyping, history, isPinned).ToArray();

        // The first part says what matters most, so the name gives way to it.
        left = Spaced(left, Math.Clamp(width - TextMeasure.Width(parts[0]) - 4, Math.Min(NarrowestName, width), width));
        return new PaneTitle(left, Fit(parts, width - TextMeasure.Width(left) - 2), border, StateLook.IsOld(agent, source));
    }

    private static IEnumerable<string> Parts(AppModel model, Agent agent, SourceStatus? source, bool isTyping, HistoryView? history, bool isPinned)
    {
        if (isTyping)
        {
            yield return $"typing – {model.Keys.LabelOf(CommandId.EndTyping) ?? "Ctrl-]"} ends";
        }

        if (history is not null)
        {
            yield return history.Screen is null ? "reading history …" : history.Search.Length > 0 && history.MatchRow is null ? "no match" : $"history −{history.Offset}";
        }

        if (isPinned)
        {
            yield return "pinned";
        }

        if (StateLook.IsOld(agent, source))
        {
            yield return StateLook.AgeOf(agent, source, model.Now);
        }

        var screen = model.Panes.GetValueOrDefault(agent.Id);
        yield return agent.Status.Phase != AgentPhase.Running ? Words.Of(agent.Status.Phase)
            : agent.Status.Activity != Activity.None ? Words.Of(agent.Status.Activity) : "running";
        if (screen?.Kind == PaneContentKind.Log || agent.Status.IsLogOnly)
        {
            yield return agent.Status.IsBarred ? "log, exec is forbidden" : "log, no tmux there";
        }

        if (StateLook.IsDraining(agent.Status))
        {
            yield return "draining";
        }

        if (agent.Status.ExitCode is { } code)
        {
            yield return $"exit {code}";
        }

        if (agent.IdleTime(Freshness.AsOf(model.Fleet, agent, model.Now)) is { } idle)
        {
            yield return AgeText.Of(idle);
        }

        if ((screen?.Metadata.Command ?? agent.Status.Command) is { Length: > 0 } command)
        {
            yield return PlainText.Sanitize(command, 24);
        }

        if (screen is { Kind: PaneContentKind.Screen })
        {
            yield return screen.Metadata.Size.ToString();
        }
    }

    private static string Spaced(string text, int width) => width < 2 ? TextMeasure.Cut(text, width) : $" {TextMeasure.Cut(text, width - 2)} ";

    private static string Fit(IEnumerable<string> parts, int width)
    {
        var text = "";
        foreach (var part in parts)
        {
            var longer = text.Length == 0 ? part : $"{text} · {part}";
            if (TextMeasure.Width(longer) + 2 > width)
            {
                break;
            }

            text = longer;
        }

        return text.Length == 0 ? "" : $" {text} ";
    }
}
