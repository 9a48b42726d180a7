using System.Collections.Immutable;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.ViewModels;

/// <summary>Which columns the list has, and how wide each is. More room means more columns.</summary>
internal static class ListColumns
{
    /// <summary>The cells before the first column: the state's glyph and a flag.</summary>
    public const int Lead = 2;

    private const int NarrowestName = 10;
    private const int WidestName = 32;
    private const int NarrowestLastLine = 16;
    private const int RoomyLastLine = 48;

    /// <summary>The columns from left to right for so many cells, with one cell between them.</summary>
    public static ImmutableArray<(ListColumn Column, int Width)> Of(AppModel model, int width)
    {
        List<(ListColumn Column, int Width)> columns = [(ListColumn.Phase, 9), (ListColumn.Activity, 9), (ListColumn.Idle, 4)];
        while (columns.Count > 0 && Free(columns, width) < NarrowestName)
        {
            columns.RemoveAt(columns.FindIndex(column => column.Column == (columns.Count == 3 ? ListColumn.Phase : columns[^1].Column)));
        }

        var free = Free(columns, width);
        var name = Math.Min(free, Math.Clamp(LongestName(model), 16, WidestName));
        free -= name;
        var hasPods = model.Fleet.Agents.Values.Any(agent => agent.Status.Pod is not null);
        Take(columns, ref free, ListColumn.Age, 4, 0);
        Take(columns, ref free, ListColumn.Source, 10, RoomyLastLine);
        Take(columns, ref free, ListColumn.Restarts, 4, RoomyLastLine);
        if (hasPods)
        {
            Take(columns, ref free, ListColumn.Pod, 24, NarrowestLastLine);
            Take(columns, ref free, ListColumn.Node, 14, NarrowestLastLine);
        }

        if (free > NarrowestLastLine)
        {
            columns.Add((ListColumn.LastLine, free - 1));
            free = 0;
        }

        return [(ListColumn.Agent, name + free), .. columns];
    }

    /// <summary>The heading of a column.</summary>
    public static string HeadingOf(ListColumn column) => column switch
    {
        ListColumn.Agent => "AGENT",
        ListColumn.Phase => "PHASE",
        ListColumn.Activity => "ACTIVITY",
        ListColumn.Idle => "IDLE",
        ListColumn.Age => "AGE",
        ListColumn.Restarts => "RST",
        ListColumn.Source => "SOURCE",
        ListColumn.Pod => "POD",
        ListColumn.Node => "NODE",
        _ => "LAST LINE",
    };

    /// <summary>Whether a column holds numbers, which stand at its right edge.</summary>
    public static bool IsNumber(ListColumn column) => column is ListColumn.Idle or ListColumn.Age or ListColumn.Restarts;

    private static int Free(List<(ListColumn Column, int Width)> columns, int width) => width - Lead - columns.Sum(column => column.Width + 1);

    private static void Take(List<(ListColumn Column, int Width)> columns, ref int free, ListColumn column, int width, int leave)
    {
        if (free - width - 1 >= leave)
        {
            columns.Add((column, width));
            free -= width + 1;
        }
    }

    private static int LongestName(AppModel model)
    {
        var longest = 0;
        foreach (var id in model.Shown)
        {
            longest = Math.Max(longest, TextMeasure.Width(id.Source) + 1 + TextMeasure.Width(id.Name));
        }

        return longest;
    }
}
