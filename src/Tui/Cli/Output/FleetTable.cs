using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.ViewModels;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentDeck.Tui.Cli.Output;

/// <summary>The fleet as columns for people: one line an agent, cut to the terminal's width, in full where it is not a terminal.</summary>
internal static class FleetTable
{
    // Wide enough for every column in full: what is piped is cut by nobody.
    private const int UnboundedWidth = 100_000;

    /// <summary>Prints one line an agent in the given order below a line of headings.</summary>
    public static void Print(ICliConsole console, FleetSnapshot fleet, IReadOnlyList<Agent> agents, DateTimeOffset now, bool isWide, bool color)
    {
        var lines = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new TextOutput(lines, UnboundedWidth),
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        screen.Write(new Cropped(TableOf(fleet, agents, now, isWide), console.Width ?? UnboundedWidth));
        foreach (var line in lines.ToString().TrimEnd('\n').Split('\n'))
        {
            console.Out.WriteLine(line.TrimEnd());
        }
    }

    private static Table TableOf(FleetSnapshot fleet, IReadOnlyList<Agent> agents, DateTimeOffset now, bool isWide)
    {
        var table = new Table { Border = TableBorder.None };
        string[] headings = isWide
            ? ["", "AGENT", "PHASE", "ACTIVITY", "IDLE", "AGE", "RESTARTS", "EXIT", "POD", "NODE", "COMMAND", "LAST LINE"]
            : ["", "AGENT", "PHASE", "ACTIVITY", "IDLE"];
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold)))
            {
                NoWrap = true,
                Padding = new Padding(0, 0, 2, 0),
                Alignment = heading is "IDLE" or "AGE" or "RESTARTS" or "EXIT" ? Justify.Right : Justify.Left,
            });
        }

        foreach (var agent in agents)
        {
            table.AddRow(Row(agent, Freshness.AsOf(fleet, agent, now), isWide));
        }

        return table;
    }

    private static IEnumerable<Text> Row(Agent agent, DateTimeOffset asOf, bool isWide)
    {
        var status = agent.Status;
        var style = new Style(ColorOf(status));
        yield return Cell(StateLook.Glyph(status), style);
        yield return Cell(agent.Id.ToString(), Style.Plain);
        yield return Cell(Words.Of(status.Phase), style);
        yield return Cell(status.Activity == Activity.None ? AgeText.Unknown : Words.Of(status.Activity), style);
        yield return Cell(AgeText.Of(agent.IdleTime(asOf)), Style.Plain);
        if (isWide)
        {
            yield return Cell(AgeText.Of(asOf - (status.StartedAt ?? status.Pod?.CreatedAt)), Style.Plain);
            yield return Cell(agent.Restarts.ToString(CultureInfo.InvariantCulture), Style.Plain);
            yield return Cell(status.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? AgeText.Unknown, Style.Plain);
            yield return Cell(status.Pod is { } pod ? pod.IsContainer ? pod.Name : $"{pod.Namespace}/{pod.Name}" : AgeText.Unknown, Style.Plain);
            yield return Cell(status.Pod?.Node ?? AgeText.Unknown, Style.Plain);
            yield return Cell(status.Command ?? AgeText.Unknown, Style.Plain);
            yield return Cell(status.LastLine ?? "", Style.Plain);
        }
    }

    // Text, not markup: nothing that an agent says is read as markup.
    private static Text Cell(string text, Style style) => new(PlainText.Sanitize(text), style);

    private static Color ColorOf(AgentStatus status) => Attention.Rank(status) switch
    {
        0 => Color.Red,
        1 => Color.Fuchsia,
        2 => Color.Yellow,
        3 or 4 => Color.Olive,
        _ => status.Activity == Activity.Busy ? Color.Green : Color.Default,
    };

    // The library squeezes every column alike, down to single letters; cut lines keep the columns that matter, which stand first.
    private sealed class Cropped(IRenderable content, int width) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => content.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            foreach (var line in Segment.SplitLines(content.Render(options, maxWidth)))
            {
                foreach (var segment in Segment.Truncate(line, width))
                {
                    yield return segment;
                }

                yield return Segment.LineBreak;
            }
        }
    }
}
