using System.Security.Cryptography;
using System.Text;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// Tells whether a declaration would start something else than what runs. What matters only later (desired state, restart policy,
/// interrupt key, labels) is not part of it, nor what is in files; no value can be read back from it.
/// </summary>
internal static class SpecFingerprint
{
    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(AgentSpec spec)
    {
        var setup = spec.Setup;
        IEnumerable<string>[] parts =
        [
            [spec.Command, spec.Directory, setup.SessionSetupScript ?? ""],
            Pairs(spec.Environment),
            Pairs(setup.SecretFiles),
            setup.PreStart,
            setup.SessionSetup,
            setup.Stage.SelectMany(file => new[] { file.From, file.To }),
        ];
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            foreach (var word in part)
            {
                text.Append(word.Length).Append(':').Append(word);
            }

            text.Append(';');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static IEnumerable<string> Pairs(IEnumerable<KeyValuePair<string, string>> table) =>
        table.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value });
}
