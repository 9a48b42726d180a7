using System.Threading.Channels;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Notifications;

namespace AgentDeck.Engine.Tests.Notifications;

/// <summary>Writes down what it is to tell; can be held up.</summary>
internal sealed class RecordingChannel : INotificationChannel
{
    private readonly Channel<Notification> _told = Channel.CreateUnbounded<Notification>();

    public string Name => "test";

    public bool IsPersonal { get; init; }

    public TaskCompletionSource? HeldUp { get; init; }

    public async Task TellAsync(Notification notification, NotifySettings settings, CancellationToken cancellationToken)
    {
        await _told.Writer.WriteAsync(notification, cancellationToken);
        if (HeldUp is { } held)
        {
            await held.Task.WaitAsync(cancellationToken);
        }
    }

    public async Task<Notification> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _told.Reader.ReadAsync(deadline.Token);
    }

    public bool HasMore => _told.Reader.TryPeek(out _);
}
