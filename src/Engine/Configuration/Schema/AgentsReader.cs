using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads every <c>[[agent]]</c>.</summary>
/// <param name="sources">The usable sources.</param>
/// <param name="declared">Every name of a source in the file, usable or not.</param>
/// <param name="resolve">Makes the path of a directory absolute.</param>
internal sealed class AgentsReader(ImmutableArray<SourceSpec> sources, ImmutableHashSet<string> declared, Func<string, string> resolve)
{
    private readonly Dictionary<(string Source, string Name), int> _lines = [];

    /// <summary>Reads the agents; those of skipped sources are left out.</summary>
    public ImmutableArray<AgentSpec> Read(TomlSection root) => [.. root.Items("agent").Select(ReadAgent).OfType<AgentSpec>()];

    private AgentSpec? ReadAgent(TomlSection section)
    {
        var name = ReadName(section);
        var source = ReadSource(section);
        var place = sources.FirstOrDefault(known => known.Name == source);
        var makesPods = place is KubernetesSourceSpec { Dialect: GasCityDialect.Word };
        var command = ReadCommand(section, isRequired: place is not (KubernetesSourceSpec or ContainerSourceSpec));
        var variables = new EnvironmentReader(makesPods ? AgentPlace.Pod : place is LocalSourceSpec ? AgentPlace.Here : AgentPlace.Elsewhere, resolve).Read(section);
        var environment = variables.Values;
        var directory = makesPods ? ReadDirectoryInPod(section, environment) : Resolve(section, section.Text("dir")?.Value ?? ".");
        var setup = ReadSetup(section, place, variables.Files);
        var pod = ReadPod(section, place, variables.Secrets);
        var desired = section.Choice("desired", DesiredState.Running, ("running", DesiredState.Running), ("stopped", DesiredState.Stopped));
        var restart = section.Choice("restart", RestartPolicy.OnFailure,
            ("never", RestartPolicy.Never), ("on-failure", RestartPolicy.OnFailure), ("always", RestartPolicy.Always));
        var apply = ApplyReader.Read(section, place?.Apply ?? ApplyPolicy.Restart);
        var interrupt = ReadInterrupt(section);
        section.WarnAboutUnknownKeys();
        if (name is null || source is null)
        {
            return null;
        }

        if (!_lines.TryAdd((source, name.Value), name.Position.Line))
        {
            section.Refuse("name", name, $"the agent in line {_lines[(source, name.Value)]} has the same name in the same source; rename one of the two");
        }

        return command is not null && place is not null
            ? new AgentSpec(name.Value, source, command, directory, environment, desired, restart, interrupt) { Apply = apply, Setup = setup, Pod = pod }
            : null;
    }

    private AgentSetup ReadSetup(TomlSection section, SourceSpec? place, ImmutableDictionary<string, string> secretFiles)
    {
        if (place is LocalSourceSpec or KubernetesSourceSpec { Dialect: GasCityDialect.Word })
        {
            return new SetupReader(resolve).Read(section, secretFiles, place is KubernetesSourceSpec);
        }

        SetupReader.WarnAboutKeys(section, place?.Name);
        return AgentSetup.None;
    }

    private static PodDeclaration? ReadPod(TomlSection section, SourceSpec? place, ImmutableDictionary<string, SecretReference> secrets)
    {
        if (place is KubernetesSourceSpec { Dialect: GasCityDialect.Word } pods)
        {
            return PodDeclarationReader.Read(section, secrets, pods.GasCityPods?.Prebaked == true);
        }

        PodDeclarationReader.WarnAboutKeys(section, place?.Name);
        return null;
    }

    // Where it lies outside of pods is of no interest, only where it is in the pod.
    private static string ReadDirectoryInPod(TomlSection section, ImmutableDictionary<string, string> environment)
    {
        if (section.Text("dir") is not { } directory)
        {
            return "";
        }

        if (directory.Value.Any(char.IsControl) || directory.Value.Split('/').Contains("..")
            || GasCityPaths.IsOutside(GasCityPaths.CityOf(name => environment.GetValueOrDefault(name)), directory.Value))
        {
            section.Refuse("dir", directory, $"expected a directory in the pod's {GasCityPaths.WorkSpace}: relative to it, or below what GC_CITY in env names, and without '..'");
        }

        return directory.Value;
    }

    private static string? ReadCommand(TomlSection section, bool isRequired)
    {
        var command = isRequired ? section.RequiredText("command", "give the shell command that runs the agent") : section.Text("command");
        if (command is not null && command.Value.Contains('\0', StringComparison.Ordinal))
        {
            section.Refuse("command", command, "it contains a NUL (\\u0000), which no command line can hold: remove it");
        }

        return command?.Value ?? (isRequired || section.Value("command") is not null ? null : "");
    }

    private static TomlString? ReadName(TomlSection section)
    {
        var name = section.RequiredText("name", "give the agent a name; its tmux session gets the same");
        // tmux would store the session under another name, by which the agent could not be found.
        if (name is not null && (name.Value.Any(character => character is ':' or '.' or '\\' or '$') || PlainText.Sanitize(name.Value) != name.Value))
        {
            section.Refuse("name", name, "the name is also that of the tmux session, which cannot contain ':', '.', '\\', '$' or characters that do not print; use '-' instead");
        }

        return name;
    }

    private string? ReadSource(TomlSection section)
    {
        var source = section.Text("source");
        if (source is null)
        {
            if (section.Value("source") is null && declared.Count == 1)
            {
                return declared.Single();
            }

            if (section.Value("source") is null)
            {
                section.Problems.Error(section.Table.Position, declared.IsEmpty
                    ? "[[agent]] has no source: declare one first, for example [[source]] with name = \"here\" and kind = \"local\""
                    : $"[[agent]] has no source: expected one of {string.Join(", ", declared.Order(StringComparer.Ordinal))}");
            }

            return null;
        }

        if (!declared.Contains(source.Value))
        {
            section.Refuse("source", source, declared.IsEmpty
                ? "no [[source]] is declared; add one with this name and kind = \"local\""
                : TomlSection.Alternatives(source.Value, [.. declared.Order(StringComparer.Ordinal)]));
            return null;
        }

        if (sources.FirstOrDefault(known => known.Name == source.Value) is LocalSourceSpec { SocketName: "default" })
        {
            section.Refuse("source", source, "it is your own tmux server, in which nothing is started; give the agent a source with a socket of its own");
        }

        return source.Value;
    }

    private string Resolve(TomlSection section, string directory)
    {
        try
        {
            return resolve(directory);
        }
        catch (ArgumentException)
        {
            section.Refuse("dir", section.Value("dir")!, "expected the path of a directory, without a NUL (\\u0000)");
            return "/";
        }
    }

    private static string? ReadInterrupt(TomlSection section)
    {
        var key = section.Text("interrupt");
        if (key is not null && (key.Value.Length == 0 || key.Value.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))))
        {
            section.Refuse("interrupt", key, "expected one key as tmux names it, for example \"C-c\" or \"Escape\"");
            return null;
        }

        return key?.Value;
    }
}
