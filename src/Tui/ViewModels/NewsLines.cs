using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels;

/// <summary>What stands above the footer: a problem of the configuration as long as there is one, then the news.</summary>
internal static class NewsLines
{
    /// <summary>How many lines there are.</summary>
    public static int Count(AppModel model) => model.Notices.Length + (Worst(model) is null ? 0 : 1);

    /// <summary>The lines with the role each is drawn in; texts are plain.</summary>
    public static ImmutableArray<(string Text, ThemeRole Role)> Of(AppModel model)
    {
        var lines = ImmutableArray.CreateBuilder<(string, ThemeRole)>();
        if (Worst(model) is { } problem)
        {
            var more = model.Fleet.Problems.Length + model.KeyProblems.Length - 1;
            var others = more > 0 ? $" (and {more} more: agentdeck config check)" : "";
            var kept = problem.IsWarning || !model.Fleet.Problems.Contains(problem) ? "" : "; the last good fleet stays";
            lines.Add(($"{GlyphOf(problem.IsWarning)} {PlainText.Sanitize(problem.ToString())}{kept}{others}", problem.IsWarning ? ThemeRole.NoticeWarning : ThemeRole.NoticeError));
        }

        foreach (var notice in model.Notices)
        {
            lines.Add(notice.Kind switch
            {
                NoticeKind.Info => ($"· {notice.Text}", ThemeRole.NoticeInfo),
                NoticeKind.Warning => ($"{GlyphOf(isWarning: true)} {notice.Text}", ThemeRole.NoticeWarning),
                _ => ($"{GlyphOf(isWarning: false)} {notice.Text}", ThemeRole.NoticeError),
            });
        }

        return lines.ToImmutable();
    }

    private static ConfigurationProblem? Worst(AppModel model)
    {
        ConfigurationProblem? worst = null;
        foreach (var problem in model.Fleet.Problems)
        {
            worst = worst is null || (worst.IsWarning && !problem.IsWarning) ? problem : worst;
        }

        foreach (var problem in model.KeyProblems)
        {
            worst = worst is null || (worst.IsWarning && !problem.IsWarning) ? problem : worst;
        }

        return worst;
    }

    private static string GlyphOf(bool isWarning) => isWarning ? "▲" : "✖";
}
