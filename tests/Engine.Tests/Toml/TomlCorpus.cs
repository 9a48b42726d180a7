using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Toml;

/// <summary>
/// The toml-test corpus, which is not part of the repository: <c>../shared/data/toml-test</c> beside the checkout, or the
/// folder that <c>AGENTDECK_TOML_TEST</c> names. Where it is absent the lists hold the single name <see cref="Absent"/>.
/// </summary>
internal static class TomlCorpus
{
    /// <summary>Stands in a theory's list, and so in the test report, instead of the files.</summary>
    public const string Absent = "(the toml-test corpus is absent: nothing was checked)";

    private static readonly string Folder =
        Environment.GetEnvironmentVariable("AGENTDECK_TOML_TEST") ?? Path.Combine(Repository.Root, "..", "shared", "data", "toml-test");

    // Valid by 1.1, but only through what the list of 1.0 refuses: times without seconds, \x escapes, and line ends or a
    // trailing comma in inline tables.
    private static readonly string[] OnlyValidIn11 =
    [
        "valid/datetime/no-seconds.toml",
        "valid/inline-table/newline-comment.toml",
        "valid/inline-table/newline.toml",
        "valid/key/empty-05.toml",
        "valid/spec-1.1.0/common-12.toml",
        "valid/spec-1.1.0/common-29.toml",
        "valid/spec-1.1.0/common-31.toml",
        "valid/spec-1.1.0/common-34.toml",
        "valid/spec-1.1.0/common-47.toml",
        "valid/string/hex-escape.toml",
    ];

    /// <summary>The valid files of 1.0, and those of 1.1 that do not contradict it.</summary>
    public static IEnumerable<string> Valid() =>
        List("files-toml-1.0.0", "valid/").Union(List("files-toml-1.1.0", "valid/").Except(OnlyValidIn11));

    /// <summary>The invalid files of 1.0, and the files of 1.1 that contradict it.</summary>
    public static IEnumerable<string> Invalid()
    {
        var invalid = List("files-toml-1.0.0", "invalid/");
        return invalid is [Absent] ? invalid : invalid.Concat(OnlyValidIn11);
    }

    /// <summary>The bytes of a listed file.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static List<string> List(string list, string prefix)
    {
        var file = Path.Combine(Folder, list);
        return !File.Exists(file)
            ? [Absent]
            : [.. File.ReadLines(file).Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".toml", StringComparison.Ordinal))];
    }
}
