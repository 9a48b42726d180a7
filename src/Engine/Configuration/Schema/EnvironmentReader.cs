using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads <c>env</c>. Values may be secrets, so no message quotes one.</summary>
internal static class EnvironmentReader
{
    private const string SecretForm = "{ secret = \"name\", key = \"key\" }";

    /// <summary>Reads the variables.</summary>
    /// <param name="section">The table of the agent.</param>
    /// <param name="isInPod">Whether they are those of a pod, which may take values from secrets and is stricter about names.</param>
    public static (ImmutableDictionary<string, string> Values, ImmutableDictionary<string, SecretReference> Secrets) Read(TomlSection section, bool isInPod)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        var secrets = ImmutableDictionary.CreateBuilder<string, SecretReference>();
        foreach (var entry in section.Value<TomlTable>("env", "a table, for example { LANG = \"C.UTF-8\" }")?.Entries ?? [])
        {
            var name = PlainText.Sanitize(entry.Key);
            if (entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal) || entry.Key.Any(char.IsControl))
            {
                section.Problems.Error(entry.KeyPosition, $"'{name}' in env cannot be the name of a variable: leave '=' and control characters out");
            }
            else if (isInPod && !KubernetesText.IsVariable(entry.Key))
            {
                section.Problems.Error(entry.KeyPosition, $"'{name}' in env cannot be the name of a variable in a pod: use letters, digits, '_', '-' and '.', and no digit first");
            }
            else if (entry.Value is TomlTable reference)
            {
                if (ReadSecret(section, name, reference, isInPod) is { } secret)
                {
                    secrets[entry.Key] = secret;
                }
            }
            else if (entry.Value is not TomlString text)
            {
                section.Problems.Error(entry.Value.Position, $"the value of {name} in env is not text: put it in quotes{(isInPod ? $", or write {SecretForm}" : "")}");
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

        return (values.ToImmutable(), secrets.ToImmutable());
    }

    private static SecretReference? ReadSecret(TomlSection section, string name, TomlTable table, bool isInPod)
    {
        if (!isInPod)
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
