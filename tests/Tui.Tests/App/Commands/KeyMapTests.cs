using AgentDeck.Engine.Configuration;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App.Commands;

public sealed class KeyMapTests
{
    [Fact]
    public void No_key_means_two_commands_in_one_context()
    {
        var twice = CommandCatalog.All
            .SelectMany(command => command.Keys.Select(key => (command.Context, key)))
            .GroupBy(binding => binding)
            .Where(group => group.Count() > 1);

        Assert.Empty(twice);
    }

    [Fact]
    public void Names_are_unique_and_written_with_hyphens()
    {
        Assert.Equal(CommandCatalog.All.Length, CommandCatalog.All.Select(command => command.Name).Distinct().Count());
        Assert.All(CommandCatalog.All, command => Assert.Matches("^[a-z]+(-[a-z0-9]+)*$", command.Name));
        Assert.Equal(Enum.GetValues<CommandId>().Length, CommandCatalog.All.Length);
    }

    [Fact]
    public void A_narrower_context_is_asked_before_the_one_around_it()
    {
        Assert.Equal(CommandId.Filter, KeyMap.Default.Find(KeyContext.Anywhere, KeyChord.Of('/')));
        Assert.Equal(CommandId.Search, KeyMap.Default.Find(KeyContext.Pane, KeyChord.Of('/')));
        Assert.Equal(CommandId.Nudge, KeyMap.Default.Find(KeyContext.Pane, KeyChord.Of('n')));
        Assert.Equal(CommandId.SearchNext, KeyMap.Default.Find(KeyContext.History, KeyChord.Of('n')));
        Assert.Null(KeyMap.Default.Find(KeyContext.Typing, KeyChord.Of('q')));
    }

    [Fact]
    public void A_binding_replaces_the_defaults_and_takes_its_key_from_whoever_had_it()
    {
        var (map, problems) = KeyMap.Build("agents.toml", [new KeyBindingSpec("nudge", "i", 2, 1)]);

        Assert.Empty(problems);
        Assert.Equal(CommandId.Nudge, map.Find(KeyContext.Anywhere, KeyChord.Of('i')));
        Assert.Null(map.Find(KeyContext.Anywhere, KeyChord.Of('n')));
        Assert.Null(map.LabelOf(CommandId.Interrupt));
    }

    [Fact]
    public void All_problems_are_told_with_their_places()
    {
        var (_, problems) = KeyMap.Build("agents.toml",
        [
            new KeyBindingSpec("nudgee", "n", 2, 1),
            new KeyBindingSpec("nudge", "hyper+n", 3, 9),
            new KeyBindingSpec("sort", "ctrl+o", 4, 1),
            new KeyBindingSpec("zoom", "ctrl+o", 5, 1),
        ]);

        Assert.Equal([(2, 1), (3, 9), (5, 1)], problems.Select(problem => (problem.Line, problem.Column)));
        Assert.Contains("already bound to sort", problems[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Quit_always_keeps_a_key()
    {
        var (map, problems) = KeyMap.Build("agents.toml", [new KeyBindingSpec("quit", "", 2, 1), new KeyBindingSpec("pin", "q", 3, 1)]);

        Assert.Equal(CommandId.Quit, map.Find(KeyContext.Anywhere, KeyChord.Of('q')));
        Assert.Empty(map.KeysOf(CommandId.Pin));
        Assert.Equal("[keys] leaves quit without a key; q stays bound to it", Assert.Single(problems, problem => problem.IsWarning).Text);
    }

    [Fact]
    public void A_pane_that_is_typed_into_can_always_be_left()
    {
        var (map, problems) = KeyMap.Build("agents.toml", [new KeyBindingSpec("end-typing", "", 2, 1)]);

        Assert.Equal(CommandId.EndTyping, map.Find(KeyContext.Typing, KeyChord.Of(']', KeyModifiers.Control)));
        Assert.Equal("[keys] leaves end-typing without a key; ctrl+] stays bound to it", Assert.Single(problems, problem => problem.IsWarning).Text);
    }
}
