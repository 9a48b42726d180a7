using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads what <c>[[agent]]</c> says of what is done around its start.</summary>
/// <param name="resolve">Makes a path of this machine absolute; throws <see cref="ArgumentException"/> for what is none.</param>
internal sealed class SetupReader(Func<string, string> resolve)
{
    private static readonly string[] Keys = ["labels", "pre_start", "session_setup", "session_setup_script", "stage", "startup_timeout"];

    private static readonly string[] GasCitysLabels = ["app", GasCityDialect.SessionLabel, GasCityDialect.AgentLabel];

    /// <summary>Reads it.</summary>
    /// <param name="section">The table of the agent.</param>
    /// <param name="secretFiles">The variables whose values are in files.</param>
    /// <param name="isInPod">Whether it is started in a pod, some of whose labels are Gas City's.</param>
    public AgentSetup Read(TomlSection section, ImmutableDictionary<string, string> secretFiles, bool isInPod) => new()
    {
        SecretFiles = secretFiles,
        Labels = ReadLabels(section, isInPod),
        PreStart = ReadLines(section, "pre_start"),
        SessionSetup = ReadLines(section, "session_setup"),
        SessionSetupScript = ReadPath(section, "session_setup_script"),
        Stage = ReadStage(section),
        StartupTimeout = ReadTimeout(section),
    };

    /// <summary>Warns about every key that says how an agent is started, where none is.</summary>
    /// <param name="section">The table of the agent.</param>
    /// <param name="source">Its source; null when that is wrong, which is told already.</param>
    public static void WarnAboutKeys(TomlSection section, string? source) =>
        section.WarnAboutIgnored(Keys, source is null ? null : $"it says how an agent is started, and none is started by us in {source}");

    private static TimeSpan? ReadTimeout(TomlSection section)
    {
        if (section.Text("startup_timeout") is not { } text)
        {
            return null;
        }

        if (DurationText.Parse(text.Value) is not { } timeout)
        {
            section.Refuse("startup_timeout", text, "expected how long a start may take, for example \"90s\" or \"5m\"");
            return null;
        }

        return timeout;
    }

    private static ImmutableDictionary<string, string> ReadLabels(TomlSection section, bool isInPod)
    {
        var labels = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var entry in section.Value<TomlTable>("labels", "a table, for example { team = \"blue\" }")?.Entries ?? [])
        {
            var name = PlainText.Sanitize(entry.Key);
            if (isInPod && GasCitysLabels.Contains(entry.Key))
            {
                section.Problems.Error(entry.KeyPosition, $"the label {name} is Gas City's own: leave it out");
            }
            else if (!KubernetesText.IsLabel(entry.Key))
            {
                section.Problems.Error(entry.KeyPosition, $"'{name}' cannot be the name of a label: use letters, digits, '-', '_' and '.', after a prefix such as example.com/ if you like");
            }
            else if (entry.Value is not TomlString value || !KubernetesText.IsLabelValue(value.Value))
            {
                section.Problems.Error(entry.Value.Position, $"the label {name} = {TomlSection.Describe(entry.Value)}: expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends");
            }
            else
            {
                labels[entry.Key] = value.Value;
            }
        }

        return labels.ToImmutable();
    }

    private static ImmutableArray<string> ReadLines(TomlSection section, string key)
    {
        var value = section.Value(key);
        ImmutableArray<TomlValue> items = value switch { null => [], TomlArray array => [.. array.Items], _ => [value] };
        var wrong = items.FirstOrDefault(item => item is not TomlString text || string.IsNullOrWhiteSpace(text.Value) || text.Value.Contains('\0', StringComparison.Ordinal));
        if (wrong is not null)
        {
            section.Refuse(key, wrong, "expected a shell command in quotes, or an array of them, without NUL");
            return [];
        }

        return [.. items.Cast<TomlString>().Select(text => text.Value)];
    }

    private ImmutableArray<StagedFile> ReadStage(TomlSection section)
    {
        const string Form = "an array, for example [{ from = \"./prompts\", to = \"prompts\" }]";
        var files = ImmutableArray.CreateBuilder<StagedFile>();
        foreach (var item in section.Value<TomlArray>("stage", Form)?.Items ?? [])
        {
            if (item is not TomlTable table)
            {
                section.Refuse("stage", item, $"expected {Form}");
                continue;
            }

            var file = new TomlSection(table, "stage in [[agent]]", section.Problems);
            file.RequiredText("from", "give the path of a file or directory on this machine");
            var from = ReadPath(file, "from");
            var to = file.Text("to");
            file.WarnAboutUnknownKeys();
            if (to is not null && !IsBelow(to.Value))
            {
                file.Refuse("to", to, "expected a path in the work space: relative, and without '..'");
            }
            else if (from is not null)
            {
                files.Add(new StagedFile(from, to?.Value ?? ""));
            }
        }

        return files.ToImmutable();
    }

    private static bool IsBelow(string path) => !path.StartsWith('/') && !path.Any(char.IsControl) && !path.Split('/').Contains("..");

    private string? ReadPath(TomlSection section, string key)
    {
        if (section.Text(key) is not { Value.Length: > 0 } path)
        {
            return null;
        }

        try
        {
            return resolve(path.Value);
        }
        catch (ArgumentException)
        {
            section.Refuse(key, path, "expected a path, without a NUL (\\u0000)");
            return null;
        }
    }
}
