using System.Text.RegularExpressions;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Architecture;

/// <summary>xunit 2 ends a test class that is <see cref="IDisposable"/> or <see cref="IAsyncLifetime"/>; of <see cref="IAsyncDisposable"/> it knows nothing.</summary>
public sealed partial class DisposalTests
{
    [Fact]
    public void Every_test_class_that_has_something_to_end_is_ended()
    {
        var files = SourceFile.Below("tests").ToList();

        Assert.Contains(files, IsTestClass);
        Assert.Empty(files.Where(IsNeverEnded).Select(file => file.Path));
    }

    [Theory]
    [InlineData("public sealed class XTests : IAsyncDisposable", true)]
    [InlineData("public sealed class XTests(Y y) : IClassFixture<Y>,\n    IAsyncDisposable", true)]
    [InlineData("public sealed class XTests : IAsyncDisposable, IDisposable", false)]
    [InlineData("public sealed class XTests : IAsyncLifetime", false)]
    public void A_class_that_is_never_ended_would_be_seen(string declaration, bool isSeen)
    {
        var file = new SourceFile("x.cs", [.. declaration.Split('\n'), "{", "    [Fact]", "    private sealed class Scene : IAsyncDisposable"]);

        Assert.Equal(isSeen, IsNeverEnded(file));
    }

    private static bool IsTestClass(SourceFile file) => file.Lines.Any(line => Test().IsMatch(line));

    private static bool IsNeverEnded(SourceFile file) => IsTestClass(file)
        && Declaration().Matches(string.Join('\n', file.Lines)).Any(match => match.Value.Contains("IAsyncDisposable", StringComparison.Ordinal) && !Ended().IsMatch(match.Value));

    [GeneratedRegex(@"^\s*\[\w*(?:Fact|Theory|Property)\b")]
    private static partial Regex Test();

    [GeneratedRegex(@"^public [\w ]*\bclass [^{;]*", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(?:IDisposable|IAsyncLifetime)\b")]
    private static partial Regex Ended();
}
