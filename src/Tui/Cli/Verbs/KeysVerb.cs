using System.CommandLine;
using AgentDeck.Tui.App.Commands;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck keys</c>: every command of the deck with the keys that it has in this configuration.</summary>
internal static class KeysVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var markdown = new Option<bool>("--markdown") { Description = "Print the page docs/keymap.md, with the default keys" };
        var verb = new Verb(
            "keys",
            "Print every command of the deck with its keys, and the names that [keys] in agents.toml may bind",
            "agentdeck keys",
            "agentdeck keys --markdown > docs/keymap.md")
        { markdown };
        run(verb, async (context, _) =>
        {
            if (context.Get(markdown))
            {
                await context.Console.Out.WriteAsync(KeymapDocument.Render(CommandCatalog.All));
                return ExitCode.Success;
            }

            var configuration = context.Configuration.Load();
            var (map, problems) = KeyMap.Build(configuration.File ?? "", configuration.Keys);
            var keyWidth = CommandCatalog.All.Max(command => KeyLabel.Of(map.KeysOf(command.Id)).Length);
            var nameWidth = CommandCatalog.All.Max(command => command.Name.Length);
            foreach (var command in CommandCatalog.All)
            {
                var keys = KeyLabel.Of(map.KeysOf(command.Id)).PadRight(keyWidth);
                await context.Console.Out.WriteLineAsync($"{keys}  {command.Name.PadRight(nameWidth)}  {command.Title}: {command.Help}");
            }

            foreach (var problem in problems)
            {
                await context.Console.Error.WriteLineAsync($"agentdeck: {VerbContext.Plain(problem.ToString())}");
            }

            return problems.Any(problem => !problem.IsWarning) ? ExitCode.Usage : ExitCode.Success;
        });
        return verb;
    }
}
