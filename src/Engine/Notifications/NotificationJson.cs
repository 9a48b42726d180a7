using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Notifications;

/// <summary>Notifications as JSON, ASCII only, on one line.</summary>
internal static class NotificationJson
{
    /// <summary>The same for the same transition, 32 characters.</summary>
    public static string IdOf(Notification notification) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notification.Key)))[..32];

    /// <summary>Writes one; no line feed at the end.</summary>
    public static string Write(Notification notification) => JsonSerializer.Serialize(
        new NotificationDocument(
            IdOf(notification),
            notification.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Words.Of(notification.Kind),
            notification.Agent,
            Words.Of(notification.Phase),
            notification.Reason,
            notification.Message),
        NotificationJsonContext.Default.NotificationDocument);
}
