using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Notifications;

/// <summary>Short ways to write notifications in tests.</summary>
internal static class Notes
{
    public static Notification Of(string message, NotificationKind kind = NotificationKind.NeedsInput) =>
        new(Fleet.Id("a"), $"key of {message}", Fleets.Now, kind, "here/a", AgentPhase.Running, "a menu", message);
}
