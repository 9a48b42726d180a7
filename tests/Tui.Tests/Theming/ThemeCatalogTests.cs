using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Toml;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.Tests.Theming;

public sealed class ThemeCatalogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-themes").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Missing_theme_gives_one_problem_and_the_default_theme()
    {
        var result = Catalog().Load("midnigth");

        Assert.Equal("midnight", result.Theme.Name);
        Assert.Contains("did you mean midnight?", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Own_theme_is_listed_and_found_by_name_and_by_path()
    {
        Write("mine.toml", "[roles]\ntext = { fg = 7, bg = \"#000000\" }");

        Assert.Contains("mine", Catalog().Names());
        Assert.Equal(Color.FromIndex(7), Catalog().Load("mine").Theme[ThemeRole.PhaseFailed].Foreground);
        Assert.Equal("mine", Catalog().Load("agentdeck/themes/mine.toml").Theme.Name);
    }

    [Fact]
    public void Broken_theme_reports_everything_and_falls_back()
    {
        Write("broken.toml", "[palette]\nblue = 256\n[roles]\ntext = { fg = \"bleu\", attrs = \"bolt\" }\nboarder = {}");

        var result = Catalog().Load("broken");

        Assert.Equal("midnight", result.Theme.Name);
        Assert.Equal([(2, 8), (4, 15), (4, 31), (5, 1)], result.Problems.Select(problem => (problem.Line, problem.Column)));
        Assert.Contains("did you mean blue?", result.Problems[1].Text, StringComparison.Ordinal);
        Assert.Contains("did you mean border?", result.Problems[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Role_takes_what_it_leaves_out_from_its_parent()
    {
        var (theme, _) = new ThemeLoader(new TomlReader()).Load(
            Encoding.UTF8.GetBytes("[roles]\nborder = { fg = 3, attrs = \"dim\" }\nborder-focused = { bg = 4 }"), "x.toml", "x");

        Assert.Equal(new Style(Color.FromIndex(3), Color.FromIndex(4), CellAttributes.Dim), theme![ThemeRole.BorderFocused]);
        Assert.Equal(theme[ThemeRole.BorderFocused], theme[ThemeRole.ScrollbarThumb]);
    }

    private ThemeCatalog Catalog() => new(new UserDirectories(_folder, Path.Combine(_folder, "agentdeck"), _folder), _folder);

    private void Write(string name, string text)
    {
        var themes = Directory.CreateDirectory(Path.Combine(_folder, "agentdeck", "themes"));
        File.WriteAllText(Path.Combine(themes.FullName, name), text);
    }
}
