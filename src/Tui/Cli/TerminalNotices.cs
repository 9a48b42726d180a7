using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Notifications;
using AgentDeck.Tui.Terminal;

namespace AgentDeck.Tui.Cli;

/// <summary>Notifications on the operator's terminal: its bell, and what it shows on the desktop.</summary>
internal sealed class TerminalNotices(IScreenHost host) : INotificationChannel
{
    /// <inheritdoc/>
    public string Name => "terminal";

    /// <inheritdoc/>
    public bool IsPersonal => true;

    /// <inheritdoc/>
    public async Task TellAsync(Notification notification, NotifySettings settings, CancellationToken cancellationToken)
    {
        if (settings.Bell || settings.Desktop)
        {
            await host.AlertAsync(settings.Bell, settings.Desktop ? notification.Message : null, cancellationToken);
        }
    }
}
