using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.Cli;

/// <summary>The configuration that a command line asks for.</summary>
internal sealed class ConfigurationInput
{
    private readonly GlobalOptions _options;
    private readonly ParseResult _arguments;
    private readonly Func<string, string?> _environment;
    private readonly ConfigurationLocator _locator;

    /// <summary>Prepares to read it; reads nothing yet.</summary>
    public ConfigurationInput(CliServices services, GlobalOptions options, ParseResult arguments)
    {
        _options = options;
        _arguments = arguments;
        _environment = services.Environment;
        CurrentDirectory = services.CurrentDirectory;
        Directories = UserDirectories.From(services.Environment);
        Loader = new ConfigurationLoader(new TomlReader(), Directories);
        _locator = new ConfigurationLocator(Loader, Directories, CurrentDirectory);
    }

    /// <summary>Checks the content of files.</summary>
    public ConfigurationLoader Loader { get; }

    /// <summary>The operator's directories.</summary>
    public UserDirectories Directories { get; }

    /// <summary>What relative names are relative to.</summary>
    public string CurrentDirectory { get; }

    /// <summary>The file as the operator would name it, or null when there is none.</summary>
    public string? FindFile() => _locator.Find(_arguments.GetValue(_options.Config));

    /// <summary>The files that would be taken if they existed, as the operator would name them.</summary>
    public ImmutableArray<string> Candidates() => _locator.Candidates(_arguments.GetValue(_options.Config));

    /// <summary>Everything about the file, its errors included.</summary>
    public ConfigurationResult Read() => _locator.Load(_arguments.GetValue(_options.Config));

    /// <summary>The configuration with the global options applied.</summary>
    /// <exception cref="CliException">It has errors, all of which the message lists, or the wanted source is not in it.</exception>
    public DeckConfiguration Load()
    {
        var result = Read();
        return result.Configuration is { } configuration ? Apply(configuration) : throw Refusal(result);
    }

    /// <summary>Lets the command line have the last word.</summary>
    /// <exception cref="CliException">The wanted source is not in it.</exception>
    public DeckConfiguration Apply(DeckConfiguration configuration)
    {
        var place = new ClusterPlace(_arguments.GetValue(_options.Context), _arguments.GetValue(_options.Namespace), _arguments.GetValue(_options.AllNamespaces));
        configuration = place.Apply(configuration, _environment);
        var deck = configuration.Deck with
        {
            ReadOnly = configuration.Deck.ReadOnly || _arguments.GetValue(_options.ReadOnly),
            Theme = _arguments.GetValue(_options.Theme) ?? configuration.Deck.Theme,
        };
        if (_arguments.GetValue(_options.Source) is not { } wanted)
        {
            return configuration with { Deck = deck };
        }

        var sources = configuration.Sources.Where(source => source.Name == wanted).ToImmutableArray();
        if (sources.IsEmpty)
        {
            var known = string.Join(", ", configuration.Sources.Select(source => VerbContext.Plain(source.Name)));
            throw new CliException(ExitCode.Usage, $"there is no source '{VerbContext.Plain(wanted)}'; {configuration.File ?? "the default configuration"} has {known}");
        }

        return configuration with { Deck = deck, Sources = sources, Agents = [.. configuration.Agents.Where(agent => agent.Source == wanted)] };
    }

    /// <summary>Everything that is wrong with the file, its keys and the theme that it names included, in the order of the file.</summary>
    public ImmutableArray<ConfigurationProblem> ProblemsOf(ConfigurationResult result)
    {
        if (result.Draft is not { } draft)
        {
            return result.Problems;
        }

        var keys = KeyMap.Build(draft.File ?? "", draft.Keys).Problems;
        return [.. result.Problems.Concat(keys).OrderBy(problem => problem.Line), .. Themes().Load(draft.Deck.Theme).Problems];
    }

    /// <summary>The themes; a relative path on the command line is relative to the current directory.</summary>
    public ThemeCatalog Themes() => new(Directories, CurrentDirectory);

    /// <summary>The key that leaves an attached agent.</summary>
    public static KeyChord DetachKeyOf(DeckConfiguration configuration) =>
        KeyText.TryParse(configuration.Deck.DetachKey, out var chord, out var error)
            ? chord
            : throw new CliException(ExitCode.Usage, $"detach_key = \"{VerbContext.Plain(configuration.Deck.DetachKey)}\" cannot be used: {error}");

    /// <summary>Where the engine that keeps this configuration's agents remembers what it did; null when there is no file, and so nothing declared.</summary>
    public string? JournalDirectoryOf(DeckConfiguration configuration)
    {
        if (configuration.File is not { } file)
        {
            return null;
        }

        var path = Encoding.UTF8.GetBytes(Path.GetFullPath(file, CurrentDirectory));
        return Path.Combine(Directories.State, "journal", Convert.ToHexStringLower(SHA256.HashData(path))[..16]);
    }

    /// <summary>Says everything that is wrong at once.</summary>
    public CliException Refusal(ConfigurationResult result)
    {
        var lines = ProblemsOf(result).Select(problem => VerbContext.Plain(problem.ToString()));
        return new CliException(ExitCode.Usage, string.Join('\n', ["the configuration cannot be used:", .. lines]));
    }
}
