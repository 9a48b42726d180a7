using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Notifications;

/// <summary>
/// Runs the operator's command on every notification: the words in <c>AGENTDECK_EVENT_…</c>, everything as JSON on its standard
/// input. Nothing that an agent printed becomes part of a command line.
/// </summary>
internal sealed partial class CommandChannel(ICommandRunner runner, ILogger logger) : INotificationChannel
{
    /// <summary>How long a command may take; it is killed after that.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => "command";

    /// <inheritdoc/>
    public async Task TellAsync(Notification notification, NotifySettings settings, CancellationToken cancellationToken)
    {
        if (settings.Command.IsEmpty)
        {
            return;
        }

        var command = new CommandSpec
        {
            Program = settings.Command[0],
            Arguments = [.. settings.Command.Skip(1)],
            Environment = VariablesOf(notification),
        };
        try
        {
            var result = await runner.RunAsync(command, NotificationJson.Write(notification) + "\n", Limit, cancellationToken);
            if (result.ExitCode != 0)
            {
                LogFailed(logger, $"it ended with exit code {result.ExitCode}");
            }
        }
        catch (TransportException failure)
        {
            LogFailed(logger, failure.Message);
        }
    }

    private static ImmutableDictionary<string, string?> VariablesOf(Notification notification) => ImmutableDictionary<string, string?>.Empty
        .Add("AGENTDECK_EVENT_KIND", Words.Of(notification.Kind))
        .Add("AGENTDECK_EVENT_AGENT", notification.Agent)
        .Add("AGENTDECK_EVENT_PHASE", Words.Of(notification.Phase))
        .Add("AGENTDECK_EVENT_REASON", notification.Reason)
        .Add("AGENTDECK_EVENT_MESSAGE", notification.Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the command for notifications failed: {Why}")]
    private static partial void LogFailed(ILogger logger, string why);
}
