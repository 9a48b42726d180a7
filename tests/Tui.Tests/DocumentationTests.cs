using System.Text.RegularExpressions;
using AgentDeck.Testing;

namespace AgentDeck.Tui.Tests;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_relative_link_and_picture_leads_to_a_file_and_a_heading()
    {
        var broken = Pages().SelectMany(page => LinksIn(File.ReadAllText(page)).Where(link => !Leads(page, link)).Select(link => $"{Path.GetRelativePath(Repository.Root, page)}: {link}"));

        Assert.Empty(broken);
    }

    [Fact]
    public void Links_pictures_and_headings_are_found()
    {
        Assert.Equal(["a.md", "b.svg", "c.md#d"], LinksIn("[x](a.md) ![y](b.svg \"title\") [z](c.md#d) `[no](code.md)` [web](https://e.org)\n```\n[no](fence.md)\n```\n"));
        Assert.Equal("what-a-nudge-does", Anchor("What a `nudge` does"));
    }

    private static IEnumerable<string> Pages() =>
        [Path.Combine(Repository.Root, "README.md"), Path.Combine(Repository.Root, "CHANGELOG.md"), .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")];

    private static IEnumerable<string> LinksIn(string page) =>
        Link().Matches(Code().Replace(page, "")).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    private static bool Leads(string page, string link)
    {
        var parts = link.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0]));
        return parts.Length == 1
            ? File.Exists(file) || Directory.Exists(file)
            : File.Exists(file) && Heading().Matches(File.ReadAllText(file)).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]);
    }

    // As the hosts of repositories make them: letters, digits and hyphens.
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(<?([^)\s>]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?ms)^```.*?^```|`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?m)^#+ +(.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
