using System.Text.RegularExpressions;

namespace AgentDeck.Testing;

/// <summary>One C# file of the repository, read as text by the architecture tests.</summary>
/// <param name="Path">Its path from the repository's root, with forward slashes.</param>
/// <param name="Lines">Its lines.</param>
public sealed partial record SourceFile(string Path, string[] Lines)
{
    /// <summary>The namespace it declares, or empty.</summary>
    public string Namespace => Lines.Select(line => NamespaceLine().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "";

    /// <summary>Every AgentDeck namespace it refers to, by <c>using</c> or by a qualified name.</summary>
    public IEnumerable<string> References => Lines
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !NamespaceLine().IsMatch(line))
        .SelectMany(line => Reference().Matches(line))
        .Select(match => match.Value)
        .Distinct();

    /// <summary>The C# files below a folder of the repository, without build output.</summary>
    public static IEnumerable<SourceFile> Below(string folder) => Directory
        .EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
        .Where(path => path.StartsWith(System.IO.Path.Combine(Repository.Root, folder) + "/", StringComparison.Ordinal))
        .Where(path => !path.Split('/').Any(part => part is "obj" or "bin"))
        .Select(path => new SourceFile(System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllLines(path)));

    [GeneratedRegex(@"^namespace ([\w.]+)")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bAgentDeck\.(?:Engine|Tui)(?:\.[A-Z]\w*)+")]
    private static partial Regex Reference();
}
