using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace AgentDeck.Engine.Notifications;

/// <summary>Where notifications are posted. Printing it shows neither who posts nor more of the address than its host.</summary>
public sealed class WebhookTarget
{
    private readonly byte[]? _key;

    private WebhookTarget(Uri address, AuthenticationHeaderValue? authorization, byte[]? key) =>
        (Address, Authorization, _key) = (address, authorization, key);

    /// <summary>The address without user and password; its path and query may be secrets.</summary>
    internal Uri Address { get; }

    /// <summary>The user and password of the address, or null.</summary>
    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>The target at an address.</summary>
    /// <param name="url">An absolute http or https address; a user and password in it are sent as basic authentication.</param>
    /// <param name="key">Signs what is posted, or null.</param>
    /// <returns>Null when it is no such address.</returns>
    public static WebhookTarget? Find(string url, string? key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        var user = Uri.UnescapeDataString(address.UserInfo);
        var bare = new UriBuilder(address) { UserName = "", Password = "", Fragment = "" }.Uri;
        return new WebhookTarget(
            bare,
            user.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user))),
            string.IsNullOrEmpty(key) ? null : Encoding.UTF8.GetBytes(key));
    }

    /// <summary>The signature of a body as GitHub made it known: <c>sha256=</c> and the HMAC in lower-case hexadecimal; null without a key.</summary>
    public string? Sign(ReadOnlySpan<byte> body) => _key is null ? null : $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(_key, body))}";

    /// <inheritdoc/>
    public override string ToString() => Address.GetLeftPart(UriPartial.Authority);
}
