namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck config check</c>: everything that is wrong with <c>agents.toml</c>.</summary>
internal static class ConfigVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var check = new Verb(
            "check",
            "Read agents.toml and print every problem with file, line and column; exit 0 when it can be used, 2 when not",
            "agentdeck config check",
            "agentdeck config check --config fleet/agents.toml");
        run(check, async (context, _) =>
        {
            var file = context.Configuration.FindFile();
            var result = context.Configuration.Read();
            var problems = context.Configuration.ProblemsOf(result);
            var output = context.Console.Out;
            foreach (var problem in problems)
            {
                await output.WriteLineAsync(VerbContext.Plain(problem.ToString()));
            }

            var errors = problems.Count(problem => !problem.IsWarning);
            await output.WriteLineAsync(file is null
                ? $"no file: {result.Hint}"
                : errors > 0 ? $"{VerbContext.Plain(file)}: {Counted(errors, "error")}: it cannot be used"
                : $"{VerbContext.Plain(file)}: ok, {Counted(result.Configuration!.Sources.Length, "source")}, {Counted(result.Configuration.Agents.Length, "agent")}");
            return errors > 0 ? ExitCode.Usage : ExitCode.Success;
        });
        return new Verb("config", "Look after agents.toml", "agentdeck config check") { check };
    }

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
