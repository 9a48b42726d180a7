using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Cli.Json;

namespace AgentDeck.Tui.Cli.Output;

/// <summary>Prints a look at the fleet. People get what needs them first, programs get a stable order.</summary>
internal static class FleetPrinter
{
    /// <summary>Prints <paramref name="agents"/> of <paramref name="fleet"/> to the console's output; does not flush.</summary>
    /// <param name="console">Where to print.</param>
    /// <param name="format">How.</param>
    /// <param name="fleet">The whole fleet.</param>
    /// <param name="agents">Those that passed the filter, in any order.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="color">Whether colours are wanted.</param>
    /// <param name="onOneLine">Whether a JSON document must stand on one line, because more lines follow it.</param>
    public static void Print(
        ICliConsole console,
        OutputFormat format,
        FleetSnapshot fleet,
        IReadOnlyCollection<Agent> agents,
        DateTimeOffset now,
        bool color,
        bool onOneLine)
    {
        switch (format)
        {
            case OutputFormat.Count:
                console.Out.WriteLine(agents.Count);
                break;

            case OutputFormat.Name:
                foreach (var agent in ById(agents))
                {
                    console.Out.WriteLine(PlainText.Sanitize(agent.Id.ToString()));
                }

                break;

            case OutputFormat.Json:
                console.Out.WriteLine(FleetJson.Write(fleet, ById(agents), now, indented: !onOneLine));
                break;

            case OutputFormat.Jsonl:
                foreach (var agent in ById(agents))
                {
                    console.Out.WriteLine(FleetJson.WriteLine(fleet, agent, now));
                }

                break;

            case OutputFormat.Table or OutputFormat.Wide when agents.Count == 0:
                break;

            case OutputFormat.Table or OutputFormat.Wide:
                FleetTable.Print(console, fleet, ByAttention(agents), now, isWide: format == OutputFormat.Wide, color);
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "unknown format");
        }
    }

    private static Agent[] ById(IEnumerable<Agent> agents) => [.. agents.OrderBy(agent => agent.Id.ToString(), StringComparer.Ordinal)];

    private static IReadOnlyList<Agent> ByAttention(IEnumerable<Agent> agents) =>
        [.. agents.OrderBy(agent => Attention.Rank(agent.Status)).ThenBy(agent => agent.Id.ToString(), StringComparer.Ordinal)];
}
