using System.Security.Cryptography;
using System.Text;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// Tells whether a declaration would start something else than what runs. What matters only later (desired state, restart policy,
/// interrupt key) is not part of it, and no value can be read back from it.
/// </summary>
internal static class SpecFingerprint
{
    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(AgentSpec spec)
    {
        var text = new StringBuilder();
        foreach (var part in new[] { spec.Command, spec.Directory }.Concat(spec.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value })))
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
