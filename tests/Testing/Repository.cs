using System.Runtime.CompilerServices;

namespace AgentDeck.Testing;

/// <summary>Where the checkout and what stands beside it are.</summary>
public static class Repository
{
    /// <summary>The folder of <c>AgentDeck.sln</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string thisFile = "")
    {
        var folder = Path.GetDirectoryName(thisFile)!;
        while (!File.Exists(Path.Combine(folder, "AgentDeck.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no AgentDeck.sln above the tests");
        }

        return folder;
    }
}
