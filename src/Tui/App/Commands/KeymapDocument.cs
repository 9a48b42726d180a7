using System.Collections.Immutable;
using System.Text;

namespace AgentDeck.Tui.App.Commands;

/// <summary>The key map as a Markdown page, made from the catalogue so that it cannot drift from it.</summary>
internal static class KeymapDocument
{
    /// <summary>The page: one table a section, LF line ends. Pure.</summary>
    public static string Render(ImmutableArray<CommandInfo> catalogue)
    {
        var page = new StringBuilder();
        page.Append("# Keys\n\n");
        page.Append("Made by `agentdeck keys --markdown > docs/keymap.md`; do not edit it by hand. These are the defaults: put\n");
        page.Append("`command = \"key\"` under `[keys]` in `agents.toml` to change one, an empty key to unbind it. Commands that\n");
        page.Append("write do not exist with `--read-only`. Inside a dialog its border names its keys.\n");
        foreach (var section in catalogue.GroupBy(command => command.Section))
        {
            page.Append($"\n## {CommandSections.Title(section.Key)}\n\n");
            page.Append("| Keys | Command | In `[keys]` | What it does | Writes |\n|---|---|---|---|---|\n");
            foreach (var command in section)
            {
                page.Append($"| {Keys(command)} | {Cell(command.Title)} | `{command.Name}` | {Cell(command.Help)} | {(command.Writes ? "yes" : "")} |\n");
            }
        }

        return page.ToString();
    }

    private static string Keys(CommandInfo command) =>
        command.Keys.IsEmpty ? "–" : string.Join(", ", command.Keys.Select(chord => $"`{Cell(KeyLabel.Of(chord))}`"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
