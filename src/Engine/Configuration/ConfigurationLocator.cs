using System.Collections.Immutable;

namespace AgentDeck.Engine.Configuration;

/// <summary>
/// Finds the operator's file: the one named on the command line, <c>agents.toml</c> in the current directory, or
/// <c>agents.toml</c> in the operator's configuration directory, in this order.
/// </summary>
/// <param name="loader">Checks the content.</param>
/// <param name="directories">The operator's directories.</param>
/// <param name="currentDirectory">The current directory; absolute.</param>
public sealed class ConfigurationLocator(ConfigurationLoader loader, UserDirectories directories, string currentDirectory)
{
    private const string FileName = "agents.toml";

    /// <summary>The file to read, as the operator would name it; null when there is none. A file that was named is not looked for.</summary>
    /// <param name="named">The file named on the command line, or null.</param>
    public string? Find(string? named) =>
        named ?? Candidates(named).FirstOrDefault(file => File.Exists(Path.GetFullPath(file, currentDirectory)));

    /// <summary>The files that <see cref="Find"/> would take if they existed, as the operator would name them, the first before the others.</summary>
    /// <param name="named">The file named on the command line, or null.</param>
    public ImmutableArray<string> Candidates(string? named) =>
        named is null ? [FileName, Path.Combine(directories.Configuration, FileName)] : [named];

    /// <summary>Finds and reads the file. With none the operator's own tmux server is watched, and the hint says how to declare more.</summary>
    /// <param name="named">The file named on the command line, or null.</param>
    public ConfigurationResult Load(string? named) => Find(named) is { } file
        ? ConfigurationFile.Load(loader, file, currentDirectory)
        : new ConfigurationResult(new DeckConfiguration(), [])
        {
            Hint = $"watching your own tmux server; to declare agents write ./{FileName} or {Path.Combine(directories.Configuration, FileName)}",
        };
}
