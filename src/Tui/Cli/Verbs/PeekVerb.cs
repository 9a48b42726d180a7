using System.CommandLine;
using System.Globalization;
using AgentDeck.Engine;
using AgentDeck.Tui.Cli.Output;
using AgentDeck.Tui.Terminal.Ansi;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck peek</c>: what an agent's pane shows now.</summary>
internal static class PeekVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var lines = new Option<int?>("--lines", "-l") { Description = $"Print the last N lines, with lines above the screen where needed; at most {SgrParser.MostRows}", HelpName = "N" };
        lines.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is (< 1 or > SgrParser.MostRows))
            {
                result.AddError($"--lines must be between 1 and {SgrParser.MostRows}");
            }
        });
        var ansi = new Option<bool>("--ansi") { Description = "Keep colours and attributes; everything else that an agent may send is taken out" };
        var verb = new Verb(
            "peek",
            "Print what an agent's pane shows now",
            "agentdeck peek mayor",
            "agentdeck peek mayor --lines 200 | less",
            "agentdeck peek mayor --ansi")
        { agent, lines, ansi };
        run(verb, async (context, cancellationToken) =>
        {
            await using var fleet = await context.LookAsync(SourceDepth.ListOnly, cancellationToken);
            var found = await VerbContext.ReachAsync(context.Get(agent)!, fleet, cancellationToken);
            var wanted = context.Get(lines);
            var capture = await fleet.Panes.CaptureAsync(found.Id, wanted ?? 0, cancellationToken);

            var tables = new CellTables();
            var rows = SgrParser.Parse(capture.Content.Span, tables, SgrParser.LongestRow);
            ScreenPrinter.Print(context.Console.Out, LastWithText(rows, wanted), tables, context.Get(ansi));
            return ExitCode.Success;
        });
        return verb;
    }

    // Rows without text at the end are only the unused part of the screen.
    private static ReadOnlySpan<Cell[]> LastWithText(Cell[][] rows, int? wanted)
    {
        var end = rows.Length;
        while (end > 0 && !Array.Exists(rows[end - 1], cell => cell.Glyph != 0))
        {
            end--;
        }

        var start = Math.Max(0, end - (wanted ?? end));
        return rows.AsSpan(start, end - start);
    }
}
