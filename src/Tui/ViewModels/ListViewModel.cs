using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.ViewModels;

/// <summary>The list: title, columns, and only the rows in view.</summary>
/// <param name="Title">On the left of the upper border.</param>
/// <param name="Summary">On the right of the upper border.</param>
/// <param name="Columns">The columns with their widths.</param>
/// <param name="Rows">The rows in view.</param>
/// <param name="Empty">What to say and what to do next when there is no row.</param>
internal sealed record ListViewModel(
    string Title,
    string Summary,
    ImmutableArray<(ListColumn Column, int Width)> Columns,
    ImmutableArray<ListRow> Rows,
    ImmutableArray<string> Empty)
{
    /// <summary>The title before a filter.</summary>
    public const string FilterTitle = " Agents /";

    /// <summary>Makes the list as it stands in the layout of the model.</summary>
    public static ListViewModel Build(AppModel model)
    {
        var width = Math.Max(0, model.Layout.List.Width - 3);
        var columns = ListColumns.Of(model, width);
        var rows = ImmutableArray.CreateBuilder<ListRow>();
        for (var index = model.List.Offset; index < model.Shown.Length && rows.Count < model.Layout.ListRows; index++)
        {
            rows.Add(Row(model, model.Fleet.Agents[model.Shown[index]], columns));
        }

        var isFiltered = model.List.Filter.Length > 0 || model.List.IsFiltering;
        var count = isFiltered ? $"{model.Shown.Length} of {model.Fleet.Agents.Count}" : $"{model.Shown.Length}";
        return new ListViewModel(
            isFiltered ? $"{FilterTitle}{PlainText.Sanitize(model.List.Filter)}" : " Agents ",
            $" {AgentOrder.WordOf(model.List.Sort)} ▾ ─ {count} ",
            columns,
            rows.ToImmutable(),
            rows.Count == 0 ? [.. WhatNext(model).SelectMany(text => TextWrap.Wrap(text, width))] : []);
    }

    private static ListRow Row(AppModel model, Agent agent, ImmutableArray<(ListColumn Column, int Width)> columns)
    {
        var source = model.Fleet.SourceOf(agent.Id);
        var isOld = StateLook.IsOld(agent, source);
        var isMarked = model.List.Marked.Contains(agent.Id);
        var isBusy = model.InFlight.Values.Any(run => run.Agent == agent.Id);
        var cells = ImmutableArray.CreateBuilder<TextRun>(columns.Length);
        foreach (var (column, width) in columns)
        {
            var (text, role) = Cell(model, agent, source, isOld, column);
            var cut = TextMeasure.Cut(text, width);
            cells.Add(new TextRun(ListColumns.IsNumber(column) ? new string(' ', Math.Max(0, width - TextMeasure.Width(cut))) + cut : cut, role));
        }

        return new ListRow(
            agent.Id,
            new TextRun(StateLook.Glyph(agent.Status), isOld ? ThemeRole.Stale : StateLook.Role(agent.Status)),
            isBusy ? "…" : isMarked ? "*" : " ",
            cells.MoveToImmutable())
        {
            IsSelected = model.List.Selected == agent.Id,
            IsMarked = isMarked,
        };
    }

    private static (string Text, ThemeRole Role) Cell(AppModel model, Agent agent, SourceStatus? source, bool isOld, ListColumn column)
    {
        var status = agent.Status;
        var plain = isOld ? ThemeRole.Stale : ThemeRole.Text;
        var dim = isOld ? ThemeRole.Stale : ThemeRole.TextDim;
        return column switch
        {
            ListColumn.Agent => (PlainText.Sanitize(agent.Id.ToString()), plain),
            ListColumn.Phase when status.Phase == AgentPhase.Running && StateLook.IsDraining(status) => ("draining", isOld ? ThemeRole.Stale : ThemeRole.PhaseMoving),
            ListColumn.Phase => (Words.Of(status.Phase), isOld ? ThemeRole.Stale : StateLook.Role(status.Phase)),
            ListColumn.Activity when isOld => (StateLook.AgeOf(agent, source, model.Now), ThemeRole.LinkStale),
            ListColumn.Activity when agent.Upkeep.Quarantine is { } held => ($"held {AgeText.Of(held.Until - model.Now)}", ThemeRole.NoticeWarning),
            ListColumn.Activity => (status.Activity == Activity.None ? AgeText.Unknown : Words.Of(status.Activity), StateLook.Role(status.Activity)),
            ListColumn.Idle => (AgeText.Of(agent.IdleTime(Freshness.AsOf(model.Fleet, agent, model.Now))), plain),
            ListColumn.Age => (AgeText.Of(model.Now - (status.StartedAt ?? status.Pod?.CreatedAt)), dim),
            ListColumn.Restarts => ($"{agent.Restarts}", dim),
            ListColumn.Source => (PlainText.Sanitize(agent.Id.Source), dim),
            ListColumn.Pod => (PlainText.Sanitize(status.Pod?.Name ?? AgeText.Unknown), dim),
            ListColumn.Node => (PlainText.Sanitize(status.Pod?.Node ?? AgeText.Unknown), dim),
            _ => (PlainText.Sanitize((status.LastLine ?? status.Message).Trim()), dim),
        };
    }

    private static ImmutableArray<string> WhatNext(AppModel model)
    {
        if (!model.Fleet.Agents.IsEmpty)
        {
            var problem = AgentFilter.Parse(model.List.Filter).Problem;
            return ["no agent passes the filter", problem ?? "Esc drops it"];
        }

        if (model.Fleet.Sources.FirstOrDefault(source => source.Error is not null) is { } lost)
        {
            return [$"{PlainText.Sanitize(lost.Name)} is {Words.Of(lost.Link)}", PlainText.Sanitize(lost.Error!)];
        }

        return model.Fleet.Sources.Any(source => source.Link == SourceLink.Connecting)
            ? ["looking for agents …"]
            : model.Fleet.Sources.All(source => source.Kind == "kubernetes") && !model.Fleet.Sources.IsEmpty
            ? ["no agents yet", "no pod carries the labels that the sources in agents.toml look for; agentdeck doctor says which, and where"]
            : ["no agents yet", $"declare one in agents.toml, or start a session in tmux; {model.Keys.LabelOf(CommandId.Palette) ?? "the palette"} start starts a declared one"];
    }
}
