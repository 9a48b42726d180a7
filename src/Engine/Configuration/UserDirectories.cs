namespace AgentDeck.Engine.Configuration;

/// <summary>Where the operator's own files are, by the XDG base directory specification. All absolute.</summary>
/// <param name="Home">The home directory.</param>
/// <param name="Configuration"><c>${XDG_CONFIG_HOME:-~/.config}/agentdeck</c>.</param>
/// <param name="State"><c>${XDG_STATE_HOME:-~/.local/state}/agentdeck</c>.</param>
public sealed record UserDirectories(string Home, string Configuration, string State)
{
    /// <summary>Finds them; a relative XDG variable is ignored, as the specification asks.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static UserDirectories From(Func<string, string?> variable)
    {
        var home = Absolute(variable("HOME")) ?? Path.GetTempPath();
        return new UserDirectories(
            home,
            Path.Combine(Absolute(variable("XDG_CONFIG_HOME")) ?? Path.Combine(home, ".config"), "agentdeck"),
            Path.Combine(Absolute(variable("XDG_STATE_HOME")) ?? Path.Combine(home, ".local", "state"), "agentdeck"));
    }

    /// <summary>Resolves a path as a file of the operator's means it: <c>~</c> is home, relative to <paramref name="baseDirectory"/>.</summary>
    public string Resolve(string path, string baseDirectory) => path switch
    {
        "~" => Home,
        ['~', '/', .. var below] => Path.GetFullPath(below, Home),
        _ => Path.GetFullPath(path, baseDirectory),
    };

    private static string? Absolute(string? path) => Path.IsPathFullyQualified(path ?? "") ? path : null;
}
