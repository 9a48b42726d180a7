using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Tui.Theming;

/// <summary>
/// Finds themes by name: the operator's own in <c>themes/</c> of the configuration directory, then the shipped ones; a name
/// with a slash, or that ends in <c>.toml</c>, is the path of a file.
/// </summary>
/// <param name="directories">The operator's directories.</param>
/// <param name="baseDirectory">What a relative path is relative to; absolute.</param>
internal sealed class ThemeCatalog(UserDirectories directories, string baseDirectory)
{
    /// <summary>The theme for everyone who chose none, and for those whose choice is missing or broken.</summary>
    public const string DefaultName = "midnight";

    private const int MaximumBytes = 1 << 18;
    private const string Extension = ".toml";
    private const string ResourcePrefix = "themes/";

    private readonly ThemeLoader _loader = new(new TomlReader());

    /// <summary>The names of the shipped themes, the default one first.</summary>
    public static ImmutableArray<string> ShippedNames { get; } =
        [DefaultName, "daylight", "high-contrast", "mono", "solarized", "ocean"];

    private string OwnFolder => Path.Combine(directories.Configuration, "themes");

    /// <summary>Every name that can be chosen: the shipped ones, then the operator's own in alphabetical order.</summary>
    public ImmutableArray<string> Names()
    {
        try
        {
            var own = Directory.EnumerateFiles(OwnFolder, "*" + Extension).Select(file => Path.GetFileNameWithoutExtension(file));
            return [.. ShippedNames, .. own.Except(ShippedNames).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ShippedNames;
        }
    }

    /// <summary>Loads a theme; a missing or broken one gives its problems and the default theme.</summary>
    /// <param name="nameOrPath">A name, or the path of a file.</param>
    public ThemeResult Load(string nameOrPath)
    {
        var isPath = nameOrPath.Contains('/', StringComparison.Ordinal) || nameOrPath.EndsWith(Extension, StringComparison.Ordinal);
        var file = isPath ? directories.Resolve(nameOrPath, baseDirectory) : Path.Combine(OwnFolder, nameOrPath + Extension);
        try
        {
            if (File.Exists(file))
            {
                return OrDefault(_loader.Load(ReadFile(file), file, Path.GetFileNameWithoutExtension(file)));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Missing(nameOrPath, $"{file} cannot be read ({error.Message})");
        }

        return !isPath && ShippedNames.Contains(nameOrPath)
            ? LoadShipped(nameOrPath)
            : Missing(nameOrPath, isPath
                ? "there is no such file"
                : $"there is no theme of this name; {TomlSection.Alternatives(nameOrPath, Names())}, or a file in {OwnFolder}");
    }

    private static byte[] ReadFile(string file)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[MaximumBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= MaximumBytes ? buffer[..length] : throw new IOException("it is larger than 256 KiB");
    }

    private ThemeResult LoadShipped(string name)
    {
        using var resource = typeof(ThemeCatalog).Assembly.GetManifestResourceStream(ResourcePrefix + name + Extension)
            ?? throw new InvalidOperationException($"the theme {name} is not in the assembly");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return OrDefault(_loader.Load(content.ToArray(), ResourcePrefix + name + Extension, name));
    }

    private ThemeResult Missing(string nameOrPath, string reason) => OrDefault(
        (null, [new ConfigurationProblem(PlainText.Sanitize(nameOrPath), 0, 0, $"{reason}; using {DefaultName}", IsWarning: true)]));

    private ThemeResult OrDefault((Theme? Theme, ImmutableArray<ConfigurationProblem> Problems) loaded) =>
        new(loaded.Theme ?? LoadShipped(DefaultName).Theme, loaded.Problems);
}
