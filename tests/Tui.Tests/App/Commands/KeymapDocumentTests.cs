using AgentDeck.Testing;
using AgentDeck.Tui.App.Commands;

namespace AgentDeck.Tui.Tests.App.Commands;

public sealed class KeymapDocumentTests
{
    [Fact]
    public void The_page_in_docs_is_what_the_catalogue_says()
    {
        var file = Path.Combine(Repository.Root, "docs", "keymap.md");
        if (Environment.GetEnvironmentVariable("AGENTDECK_ACCEPT_GOLDEN") == "1")
        {
            File.WriteAllText(file, KeymapDocument.Render(CommandCatalog.All));
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == KeymapDocument.Render(CommandCatalog.All), "docs/keymap.md is stale: run `agentdeck keys --markdown > docs/keymap.md`");
    }

    [Fact]
    public void Every_command_stands_in_it_once()
    {
        var page = KeymapDocument.Render(CommandCatalog.All);

        Assert.All(CommandCatalog.All, command => Assert.Equal(2, page.Split($"| `{command.Name}` |").Length));
    }
}
