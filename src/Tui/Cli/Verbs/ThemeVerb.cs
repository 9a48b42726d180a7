using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck theme list</c>: the themes that can be chosen.</summary>
internal static class ThemeVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var list = new Verb("list", "Print the names of all themes, the one in force marked with *", "agentdeck theme list");
        run(list, async (context, _) =>
        {
            var chosen = context.Configuration.Load().Deck.Theme;
            var themes = context.Configuration.Themes();
            var inForce = themes.Load(chosen);
            foreach (var name in themes.Names())
            {
                var origin = ThemeCatalog.ShippedNames.Contains(name) ? "" : "  (your own)";
                await context.Console.Out.WriteLineAsync($"{(name == inForce.Theme.Name ? '*' : ' ')} {VerbContext.Plain(name)}{origin}");
            }

            foreach (var problem in inForce.Problems)
            {
                await context.Console.Error.WriteLineAsync($"agentdeck: {VerbContext.Plain(problem.ToString())}");
            }

            return ExitCode.Success;
        });
        return new Verb("theme", "Look after themes", "agentdeck theme list") { list };
    }
}
