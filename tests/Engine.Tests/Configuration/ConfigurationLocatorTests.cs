using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class ConfigurationLocatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-locator").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Named_file_wins_then_the_current_directory_then_the_operators_own()
    {
        var own = Write(".config/agentdeck/agents.toml");
        Assert.Equal(own, Locator().Find(null));

        Write("agents.toml");
        Assert.Equal("agents.toml", Locator().Find(null));
        Assert.Equal("other.toml", Locator().Find("other.toml"));
        Assert.Equal<string>(["agents.toml", own], Locator().Candidates(null));
        Assert.Equal<string>(["other.toml"], Locator().Candidates("other.toml"));
    }

    [Fact]
    public void Without_a_file_the_operators_own_server_is_watched_and_a_hint_says_more()
    {
        var result = Locator().Load(null);

        Assert.Equal<SourceSpec>([new LocalSourceSpec("here", "default")], result.Configuration!.Sources);
        Assert.Null(result.Configuration.File);
        Assert.Contains("to declare", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_file_that_does_not_exist_is_an_error()
    {
        var result = Locator().Load("other.toml");

        Assert.Null(result.Configuration);
        Assert.Equal("other.toml: error: does not exist; create it, or name another with --config FILE", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void Folder_in_place_of_a_file_is_an_error() =>
        Assert.Contains("cannot be read", Assert.Single(Locator().Load(_folder).Problems).Text, StringComparison.Ordinal);

    [Fact]
    public void Relative_xdg_variables_are_ignored()
    {
        var variables = new Dictionary<string, string> { ["HOME"] = "/h", ["XDG_CONFIG_HOME"] = "relative", ["XDG_STATE_HOME"] = "/s" };

        Assert.Equal(new UserDirectories("/h", "/h/.config/agentdeck", "/s/agentdeck"), UserDirectories.From(variables.GetValueOrDefault));
    }

    private ConfigurationLocator Locator()
    {
        var directories = UserDirectories.From(name => name == "HOME" ? _folder : null);
        return new ConfigurationLocator(new ConfigurationLoader(new TomlReader(), directories), directories, _folder);
    }

    private string Write(string name)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
