using AgentDeck.Engine.Notifications;

namespace AgentDeck.Tui.Cli;

/// <summary>
/// Environment variables that are meant for this program alone. A tmux server that it starts hands its environment on to every
/// agent, so they are taken out before anything is started.
/// </summary>
internal static class PrivateEnvironment
{
    /// <summary>Where notifications are posted.</summary>
    public const string WebhookUrl = "AGENTDECK_NOTIFY_WEBHOOK_URL";

    /// <summary>Signs what is posted there.</summary>
    public const string WebhookKey = "AGENTDECK_NOTIFY_WEBHOOK_KEY";

    /// <summary>Where notifications are posted, or null for nowhere.</summary>
    /// <exception cref="CliException">The address is none; it may be a secret and is not quoted.</exception>
    public static WebhookTarget? WebhookOf(Func<string, string?> environment) => environment(WebhookUrl) switch
    {
        null or "" => null,
        { } url => WebhookTarget.Find(url, environment(WebhookKey))
            ?? throw new CliException(ExitCode.Usage, $"{WebhookUrl} is no address: expected one that begins with https:// or http://"),
    };

    /// <summary>Takes them out of the process's environment.</summary>
    /// <returns>Looks up any environment variable, these included; null when it is not set.</returns>
    public static Func<string, string?> Take()
    {
        var kept = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in new[] { WebhookUrl, WebhookKey })
        {
            kept[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, null);
        }

        return name => kept.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name);
    }
}
