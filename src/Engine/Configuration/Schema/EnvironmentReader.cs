using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads <c>env</c>. Values may be secrets, so no message quotes one.</summary>
/// <param name="place">Where the agent is started; pods are stricter about names.</param>
/// <param name="resolve">Makes a path of this machine absolute; throws <see cref="ArgumentException"/> for what is none.</param>
internal sealed class EnvironmentReader(AgentPlace place, Func<string, string> resolve)
{
    private const string SecretForm = "{ secret = \"name\", key = \"key\" }";
    private const string FileForm = "{ file = \"path\" }";

    /// <summary>Reads the variables: values, references to secrets of the cluster, and the files that hold values.</summary>
    public (ImmutableDictionary<string, string> Values, ImmutableDictionary<string, SecretReference> Secrets, ImmutableDictionary<string, string> Files) Read(TomlSection section)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        var secrets = ImmutableDictionary.CreateBuilder<string, SecretReference>();
        var files = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var entry in section.Value<TomlTable>("env", "a table, for example { LANG = \"C.UTF-8\" }")?.Entries ?? [])
        {
            var name = PlainText.Sanitize(entry.Key);
            if (entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal) || entry.Key.Any(char.IsControl))
            {
                section.Problems.Error(entry.KeyPosition, $"'{name}' in env cannot be the name of a variable: leave '=' and control characters out");
            }
            else if (place == AgentPlace.Pod && !KubernetesText.IsVariable(entry.Key))
            {
                section.Problems.Error(entry.KeyPosition, $"'{name}' in env cannot be the name of a variable in a pod: use letters, digits, '_', '-' and '.', and no digit first");
            }
            else if (entry.Value is TomlTable reference)
            {
                if (place == AgentPlace.Here)
                {
                    if (ReadFile(section, name, reference) is { } path)
                    {
                        files[entry.Key] = path;
                    }
                }
                else if (ReadSecret(section, name, reference) is { } secret)
                {
                    secrets[entry.Key] = secret;
                }
            }
            else if (entry.Value is not TomlString text)
            {
                section.Problems.Error(entry.Value.Position, $"the value of {name} in env is not text: put it in quotes{Alternative}");
            }
            else if (text.Value.Contains('\0', StringComparison.Ordinal))
            {
                section.Problems.Error(entry.Value.Position, $"the value of {name} in env contains a NUL, which no variable can hold: remove it");
            }
            else
            {
                values[entry.Key] = text.Value;
            }
        }

        return (values.ToImmutable(), secrets.ToImmutable(), files.ToImmutable());
    }

    private string Alternative => place switch { AgentPlace.Pod => $", or write {SecretForm}", AgentPlace.Here => $", or write {FileForm}", _ => "" };

    private string? ReadFile(TomlSection section, string name, TomlTable table)
    {
        if (table.Find("secret") is not null || table.Find("key") is not null)
        {
            section.Problems.Error(table.Position, $"the value of {name} in env is not text: put it in quotes, or write {FileForm}; only agents whose pods are made here may name a secret of their cluster");
            return null;
        }

        var fields = new TomlSection(table, $"{name} in env", section.Problems);
        const string Remedy = "give the path of a file on this machine that holds the value";
        var path = fields.RequiredText("file", Remedy);
        fields.WarnAboutUnknownKeys();
        try
        {
            return path is null ? null : resolve(path.Value);
        }
        catch (ArgumentException)
        {
            fields.Refuse("file", path!, Remedy);
            return null;
        }
    }

    private SecretReference? ReadSecret(TomlSection section, string name, TomlTable table)
    {
        if (table.Find("file") is not null && place == AgentPlace.Pod)
        {
            section.Problems.Error(table.Position, $"the value of {name} in env is in a file of this machine, which its pod would show to everybody who may read it: put it into a secret of the cluster and write {SecretForm}");
            return null;
        }

        if (place != AgentPlace.Pod)
        {
            section.Problems.Error(table.Position, $"the value of {name} in env is not text: put it in quotes; only agents whose pods are made here may name a secret of their cluster");
            return null;
        }

        var fields = new TomlSection(table, $"{name} in env", section.Problems);
        var (secret, key) = (fields.RequiredText("secret", "give the name of a secret in the namespace of the pod"), fields.RequiredText("key", "say which of the secret's values"));
        fields.WarnAboutUnknownKeys();
        if (secret is not null && !KubernetesText.IsDnsName(secret.Value))
        {
            fields.Refuse("secret", secret, "expected the name of a secret: lower-case letters, digits, '-' and '.'");
            return null;
        }

        if (key is not null && !KubernetesText.IsSecretKey(key.Value))
        {
            fields.Refuse("key", key, "expected the name of a value in a secret: letters, digits, '-', '_' and '.'");
            return null;
        }

        return secret is null || key is null ? null : new SecretReference(secret.Value, key.Value);
    }
}
