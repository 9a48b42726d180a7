using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary><c>kind = "container"</c>: containers of docker or podman.</summary>
internal sealed class ContainerSourceKind : ISourceKind
{
    private const string LabelForm = "expected labels with commas between them, each \"key\" or \"key=value\"";

    /// <inheritdoc/>
    public string Word => "container";

    /// <inheritdoc/>
    public SourceSpec? Read(string name, TomlSection section, Func<string, string> resolve)
    {
        var dialect = ReadDialect(section);
        var runtime = section.Choice("runtime", ContainerRuntime.Docker, ("docker", ContainerRuntime.Docker), ("podman", ContainerRuntime.Podman));
        var spec = new ContainerSourceSpec(name, dialect?.Name ?? "")
        {
            Runtime = runtime,
            Program = ReadProgram(section, runtime),
            LabelSelector = KubernetesText.Read(section, "label_selector", LabelForm, IsSelector),
            Names = KubernetesText.Read(section, "names", "expected the name of a container, with * for anything: \"agent-*\"", value => value.Length > 0),
            Session = KubernetesText.Read(section, "session", KubernetesText.Session, KubernetesText.IsSession),
            User = KubernetesText.Read(section, "user", "expected the name of a user in the containers", value => UserName.Checked(value) is not null),
            MaxStreams = KubernetesText.ReadMaxStreams(section),
        };
        if (dialect is { Layout.LabelSelector: "" } && section.Value("label_selector") is null && section.Value("names") is null)
        {
            section.Problems.Error(
                section.Table.Position, $"{section.Title} has neither label_selector nor names, and the dialect {dialect.Name} has none of its own: say which containers, for example names = \"agent-*\"");
        }

        section.WarnAboutUnknownKeys();
        return dialect is null ? null : spec;
    }

    private static IDialect? ReadDialect(TomlSection section)
    {
        var names = KnownDialects.OfContainers.Select(dialect => dialect.Name).ToArray();
        if (section.RequiredText("dialect", $"say how the containers are marked: expected one of {string.Join(", ", names)}") is not { } word)
        {
            return null;
        }

        var dialect = KnownDialects.FindOfContainers(word.Value);
        if (dialect is null)
        {
            section.Refuse("dialect", word, TomlSection.Alternatives(word.Value, names));
        }

        return dialect;
    }

    // A message quotes no words: they may hold a password.
    private static ImmutableArray<string> ReadProgram(TomlSection section, ContainerRuntime runtime)
    {
        ImmutableArray<string> usual = [runtime == ContainerRuntime.Podman ? "podman" : "docker"];
        switch (section.Value("program"))
        {
            case null:
                return usual;
            case TomlString { Value: { } word } when IsWord(word):
                return [word];
            case TomlArray { Items: { Count: > 0 } items } when items.All(item => item is TomlString { Value: { } word } && IsWord(word)):
                return [.. items.Cast<TomlString>().Select(item => item.Value)];
            case { } value:
                section.Problems.Error(value.Position, $"program in {section.Title}: expected the program to run, or an array of it and what stands before every argument, for example [\"sudo\", \"docker\"]");
                return usual;
        }
    }

    private static bool IsWord(string word) => !string.IsNullOrWhiteSpace(word) && !word.Contains('\0', StringComparison.Ordinal);

    private static bool IsSelector(string value) =>
        value.Split(',').All(part => part.Length > 0 && part[0] != '=' && !part.Any(character => char.IsWhiteSpace(character) || character is '!' or '(' or ')'));
}
