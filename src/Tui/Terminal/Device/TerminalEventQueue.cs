using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>
/// What the terminal told us and nobody read yet: at most <see cref="Capacity"/> events, later ones are dropped. Resizes
/// merge into one, which carries the newest size when it is read. Safe for concurrent use, for one reader.
/// </summary>
internal sealed class TerminalEventQueue : ChannelReader<TerminalEvent>
{
    /// <summary>How many unread events are held; far more than a person types while a frame is drawn.</summary>
    public const int Capacity = 4096;

    private readonly Channel<TerminalEvent> _channel = Channel.CreateBounded<TerminalEvent>(Capacity);
    private readonly Lock _gate = new();
    private CellSize? _resized;
    private bool _ended;

    // Held outside the channel, so that it is delivered even when the channel is full.
    private TerminalEvent? _closed;

    /// <inheritdoc/>
    public override Task Completion => _channel.Reader.Completion;

    /// <summary>Adds an event. <see cref="TerminalClosed"/> ends the queue: whatever comes after it is dropped.</summary>
    public void Publish(TerminalEvent happened)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            switch (happened)
            {
                case Resized resized:
                    var isQueued = _resized is not null;
                    _resized = resized.Size;
                    if (!isQueued && !_channel.Writer.TryWrite(resized))
                    {
                        _resized = null;
                    }

                    break;
                case TerminalClosed:
                    _ended = true;
                    _closed = happened;
                    _channel.Writer.TryComplete();
                    break;
                default:
                    _channel.Writer.TryWrite(happened);
                    break;
            }
        }
    }

    /// <summary>Ends the queue without an event.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _ended = true;
            _channel.Writer.TryComplete();
        }
    }

    /// <inheritdoc/>
    public override bool TryRead([MaybeNullWhen(false)] out TerminalEvent item)
    {
        lock (_gate)
        {
            if (!_channel.Reader.TryRead(out item))
            {
                item = _closed;
                _closed = null;
                return item is not null;
            }

            if (item is Resized && _resized is { } size)
            {
                item = new Resized(size);
                _resized = null;
            }

            return true;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        if (await _channel.Reader.WaitToReadAsync(cancellationToken))
        {
            return true;
        }

        lock (_gate)
        {
            return _closed is not null;
        }
    }
}
