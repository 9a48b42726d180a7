using System.Collections.Immutable;

namespace AgentDeck.Engine.Dialects;

/// <summary>Where the directories of a city are in the pods of its agents: everything of the city lies in their work space. Pure.</summary>
internal static class GasCityPaths
{
    /// <summary>The work space of every pod.</summary>
    public const string WorkSpace = "/workspace";

    /// <summary>The variables that may name the directory of the city; the first that does counts.</summary>
    public static readonly ImmutableArray<string> CityVariables = ["GC_CITY", "GC_CITY_PATH", "GC_CITY_ROOT"];

    /// <summary>The directory of the city outside of pods, by the variables of a session; null when they name none.</summary>
    public static string? CityOf(Func<string, string?> variable) =>
        CityVariables.Select(name => variable(name)?.Trim()).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } city && Trimmed(city) is { Length: > 1 } path ? path : null;

    /// <summary>
    /// The working directory in the pod: what lies in the city, or is relative, lies in the work space; what already is a path in the work
    /// space stays; everything else is the work space itself, as Gas City has it.
    /// </summary>
    /// <param name="city">The directory of the city, or null.</param>
    /// <param name="directory">The directory as its owner wrote it; may be empty.</param>
    public static string DirectoryInPod(string? city, string directory)
    {
        var path = Trimmed(directory.Trim());
        return path.Length == 0 || IsOutside(city, path) ? WorkSpace
            : path[0] != '/' ? $"{WorkSpace}/{path}"
            : IsWithin(path, WorkSpace) ? path
            : WorkSpace + path[city!.Length..];
    }

    /// <summary>Whether a directory has no place of its own in a pod.</summary>
    public static bool IsOutside(string? city, string directory) =>
        directory.StartsWith('/') && !IsWithin(directory, WorkSpace) && (city is null || !IsWithin(directory, city));

    /// <summary>A text with the city's directory replaced by the work space, wherever it stands, as Gas City does it.</summary>
    public static string Translate(string? city, string text) =>
        city is not null ? text.Replace(city, WorkSpace, StringComparison.Ordinal) : text;

    /// <summary>A path with the city's directory at its beginning replaced by the work space.</summary>
    public static string TranslatePath(string? city, string path) => city is not null && IsWithin(path, city) ? WorkSpace + path[city.Length..] : path;

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string Trimmed(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }
}
