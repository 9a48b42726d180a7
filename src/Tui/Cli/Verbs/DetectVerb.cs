using System.CommandLine;
using System.Text;
using AgentDeck.Engine;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Cli.Json;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck detect</c>: which detection rules match a screen, and what they make of it.</summary>
internal static class DetectVerb
{
    private const string StandardInput = "-";
    private const int MaximumBytes = 1 << 20;

    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument { Arity = ArgumentArity.ZeroOrOne };
        agent.Description += "; its screen of now is judged";
        var file = new Option<string?>("--file") { Description = "Judge this capture instead, as 'tmux capture-pane -p' or 'agentdeck peek' prints it; - reads standard input", HelpName = "FILE" };
        var command = new Option<string?>("--command") { Description = "The program in the pane, for rules that ask for it", HelpName = "NAME" };
        var moving = new Option<bool>("--moving") { Description = "Judge as if output came at this moment" };
        var output = new Option<string?>("--output", "-o") { Description = "text|json", HelpName = "FORMAT" };
        output.AcceptOnlyFromAmong("text", "json");
        var verb = new Verb(
            "detect",
            "Print which detection rules match a screen, the one that decides first, and what the agent does by them",
            "agentdeck detect --file capture.txt --command claude",
            "agentdeck peek mayor | agentdeck detect --file - --moving",
            "agentdeck detect mayor -o json")
        { agent, file, command, moving, output };
        verb.Validators.Add(result =>
        {
            if ((result.GetValue(agent) is null) == (result.GetValue(file) is null))
            {
                result.AddError("name either an agent or a file");
            }
        });
        run(verb, async (context, cancellationToken) =>
        {
            var (screen, program) = context.Get(file) is { } name
                ? (await ReadAsync(context, name, cancellationToken), null)
                : await CaptureAsync(context, context.Get(agent)!, cancellationToken);
            program = context.Get(command) ?? program;
            var report = Redacted(context.Configuration.Load().Detection.Explain(screen.Span, program, context.Get(moving)));
            if (context.Get(output) == "json")
            {
                await context.Console.Out.WriteLineAsync(FleetJson.Write(report, program));
            }
            else
            {
                Print(context.Console.Out, report);
            }

            return ExitCode.Success;
        });
        return verb;
    }

    private static async Task<(ReadOnlyMemory<byte> Screen, string? Command)> CaptureAsync(VerbContext context, string agent, CancellationToken cancellationToken)
    {
        await using var fleet = await context.LookAsync(SourceDepth.ListOnly, cancellationToken);
        var found = await VerbContext.ReachAsync(agent, fleet, cancellationToken);
        var capture = await fleet.Panes.CaptureAsync(found.Id, 0, cancellationToken);
        return (capture.Content, capture.Metadata?.Command);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(VerbContext context, string file, CancellationToken cancellationToken)
    {
        if (file == StandardInput)
        {
            var text = new char[MaximumBytes];
            var length = await context.Console.In.ReadBlockAsync(text, cancellationToken);
            return Encoding.UTF8.GetBytes(text, 0, length);
        }

        try
        {
            await using var stream = File.OpenRead(Path.GetFullPath(file, context.Services.CurrentDirectory));
            var bytes = new byte[MaximumBytes];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return bytes.AsMemory(0, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException(ExitCode.Usage, $"{VerbContext.Plain(file)} cannot be read: {VerbContext.Plain(error.Message)}", error);
        }
    }

    private static DetectionReport Redacted(DetectionReport report) => report with
    {
        Why = Redactor.Redact(report.Why),
        Matches = [.. report.Matches.Select(match => match with { Line = Redactor.Redact(match.Line) })],
    };

    private static void Print(TextWriter output, DetectionReport report)
    {
        output.WriteLine($"{Words.Of(report.Activity)} ({VerbContext.Plain(report.Why)})");
        if (report.Matches.IsEmpty)
        {
            output.WriteLine("no rule matches");
            return;
        }

        var decides = report.Matches.FirstOrDefault(match => match.Holds);
        var width = report.Matches.Max(match => match.Rule.Length);
        foreach (var match in report.Matches)
        {
            var sign = match == decides ? '*' : match.Holds ? ' ' : '-';
            output.WriteLine($"{sign} {match.Priority,4}  {Words.Of(match.Activity),-7}  {VerbContext.Plain(match.Rule).PadRight(width)}  {VerbContext.Plain(match.Origin)}: {VerbContext.Plain(match.Line)}".TrimEnd());
        }

        if (report.Matches.Any(match => !match.Holds))
        {
            output.WriteLine("rules with - match, but do not hold at such a moment: see when = in agents.toml");
        }
    }
}
