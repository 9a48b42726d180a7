using System.Text.RegularExpressions;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Architecture;

public sealed partial class FileTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_file_has_more_than_400_lines()
    {
        Assert.Empty(
            from folder in new[] { "src", "tests" }
            from file in SourceFile.Below(folder)
            where file.Lines.Length > LongestFile && !file.Path.EndsWith(".Table.cs", StringComparison.Ordinal)
            select $"{file.Path}: {file.Lines.Length} lines");
    }

    [Fact]
    public void A_namespace_is_the_path_of_its_folder()
    {
        Assert.Empty(
            from file in SourceFile.Below("src")
            where file.Namespace.Length > 0
            let expected = "AgentDeck" + Path.GetDirectoryName(file.Path)!["src".Length..].Replace('/', '.')
            where file.Namespace != expected
            select $"{file.Path} declares {file.Namespace}, its folder says {expected}");
    }

    [Fact]
    public void A_file_holds_one_type_and_has_its_name()
    {
        var wrong =
            from file in SourceFile.Below("src")
            let types = file.Lines.Select(line => TypeLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct().ToArray()
            where types.Length > 0
            let name = Path.GetFileNameWithoutExtension(file.Path)
            where types.Length > 1 || (types[0] != name && !name.StartsWith(types[0] + ".", StringComparison.Ordinal))
            select $"{file.Path} holds {string.Join(", ", types)}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_in_the_sources_is_left_for_later()
    {
        Assert.Empty(
            from file in SourceFile.Below("src")
            from line in file.Lines
            where Unfinished().IsMatch(line)
            select $"{file.Path}: {line.Trim()}");
    }

    [GeneratedRegex(@"^(?:public|internal) (?:(?:static|sealed|abstract|readonly|partial|unsafe|ref|record) )*(?:class|struct|interface|enum|record|delegate \S+) (\w+)")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex Unfinished();
}
