using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// A handle on the session of one agent. It stays valid while that session lives; afterwards every member fails with
/// <see cref="TransportException"/>. The caller serialises what writes.
/// </summary>
internal interface IAgentSession
{
    /// <summary>Content and metadata of the same instant. <see cref="PaneCapture.Version"/> is 0: whoever keeps captures counts them.</summary>
    /// <param name="historyLines">How many lines above the screen; -1 for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PaneCapture> CaptureAsync(int historyLines, CancellationToken cancellationToken);

    /// <summary>Opens a stream of its own that tells of output as it comes.</summary>
    Task<IPaneWatch> WatchAsync(CancellationToken cancellationToken);

    /// <summary>Types a text, submits it and looks whether it was taken; before an approval menu only when forced.</summary>
    Task<OperationResult> NudgeAsync(string text, bool force, CancellationToken cancellationToken);

    /// <summary>Presses keys in order.</summary>
    Task<OperationResult> PressAsync(ImmutableArray<AgentKey> keys, CancellationToken cancellationToken);

    /// <summary>Pastes a text without submitting it.</summary>
    Task<OperationResult> PasteAsync(string text, CancellationToken cancellationToken);

    /// <summary>Drops the scrollback; tells when there was none.</summary>
    Task<OperationResult> ClearScrollbackAsync(CancellationToken cancellationToken);

    /// <summary>The processes of the session, as text for people.</summary>
    Task<string> ListProcessesAsync(CancellationToken cancellationToken);

    /// <summary>Opens a tmux client for a person on a terminal of <paramref name="size"/>.</summary>
    Task<ICommandStream> AttachAsync(Size size, CancellationToken cancellationToken);
}
