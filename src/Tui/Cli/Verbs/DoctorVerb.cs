using AgentDeck.Tui.Cli.Doctor;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck doctor</c>: whether this machine, this terminal and this configuration let the deck work, and what to do where not.</summary>
internal static class DoctorVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var verb = new Verb(
            "doctor",
            "Check tmux, terminal, locale, configuration, folders and sources, and say what to do; exit 0 when all is well, 1 when not",
            "agentdeck doctor",
            "agentdeck doctor --config fleet/agents.toml");
        run(verb, async (context, cancellationToken) =>
        {
            var isWell = true;
            await foreach (var finding in Examination.RunAsync(context, cancellationToken))
            {
                isWell &= finding.Grade != Grade.Bad;
                await context.Console.Out.WriteLineAsync($"{MarkOf(finding.Grade)} {finding.Subject}: {VerbContext.Plain(finding.Text)}");
                if (finding.Remedy is { } remedy)
                {
                    foreach (var line in remedy.TrimEnd('\n').Split('\n'))
                    {
                        await context.Console.Out.WriteLineAsync($"     {VerbContext.Plain(line)}");
                    }
                }

                await context.Console.Out.FlushAsync(cancellationToken);
            }

            return isWell ? ExitCode.Success : ExitCode.Failure;
        });
        return verb;
    }

    private static string MarkOf(Grade grade) => grade switch
    {
        Grade.Good => "ok  ",
        Grade.Doubtful => "warn",
        _ => "FAIL",
    };
}
