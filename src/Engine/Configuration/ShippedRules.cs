using System.Collections.Immutable;
using AgentDeck.Engine.Configuration.Schema;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration;

/// <summary>The rules that come with the program: one file an agent kind, in the format of <c>[[detect]]</c>.</summary>
public static class ShippedRules
{
    private const string ResourcePrefix = "detection/";

    /// <summary>The files, those of one agent kind before the common ones.</summary>
    internal static ImmutableArray<string> Files { get; } = ["claude.toml", "codex.toml", "gemini.toml", "aider.toml", "shell.toml", "common.toml"];

    /// <summary>The rules. They are read when a screen is judged for the first time.</summary>
    public static RuleSet Set { get; } = new(() => [.. Files.SelectMany(file => Read(file, checksPatterns: false))]);

    /// <summary>The rules of one file.</summary>
    /// <exception cref="InvalidOperationException">The file is not as it must be: a fault of the program.</exception>
    internal static ImmutableArray<DetectionRule> Read(string file, bool checksPatterns)
    {
        using var stream = typeof(ShippedRules).Assembly.GetManifestResourceStream(ResourcePrefix + file)
            ?? throw new InvalidOperationException($"{file} is not in the program");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var problems = new ConfigurationProblems(file);
        var root = new TomlSection(new TomlReader().Read(bytes), "this file", problems);
        var (rules, _) = new DetectReader(file).Read(root, checksPatterns);
        root.WarnAboutUnknownKeys();
        return problems.ToImmutable() is [var problem, ..] ? throw new InvalidOperationException(problem.ToString()) : rules;
    }
}
