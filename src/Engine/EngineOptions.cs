using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine;

/// <summary>What the engine takes from its host beside the configuration.</summary>
public sealed record EngineOptions
{
    /// <summary>Refuses every operation that writes, and starts no declared agent. Default false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Only looks: declared agents are not started by the engine itself; an operator's commands still work. Default false.</summary>
    public bool ObserveOnly { get; init; }

    /// <summary>
    /// The folder of the journal, absolute; null for an engine that remembers nothing after its end. Its first engine keeps what is
    /// declared; further ones only look and do what they are asked, and take over when it ends. What operators do by one that is to observe
    /// is left there for the engine that writes.
    /// </summary>
    public string? JournalDirectory { get; init; }

    /// <summary>When a declared agent that keeps ending is left alone for a while.</summary>
    public CrashLoopLimits CrashLoop { get; init; } = new();

    /// <summary>Tells operators what they should know without having asked, by what is named here and as the configuration says. Default: tells nobody.</summary>
    public NotificationOptions? Notify { get; init; }

    /// <summary>How far sources look. Default: they follow everything.</summary>
    public SourceDepth Depth { get; init; }

    /// <summary>The name that stands in the events of what was asked here. Default: the person behind <c>sudo</c>, else the user.</summary>
    public string OperatorName { get; init; } =
        Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } person ? person : Environment.UserName;

    /// <summary>
    /// The name by which other engines of a cluster see this one lead. No two may be the same. Default the machine's, and what tells its
    /// engines apart.
    /// </summary>
    public string EngineName { get; init; } = $"{Environment.MachineName}_{Guid.NewGuid().ToString("N")[..12]}";

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Spreads reconnects: gives numbers from 0 to 1, called from any thread. Default random ones.</summary>
    public Func<double> Jitter { get; init; } = new Random().NextDouble;

    /// <summary>Removes secrets from what is recorded. Default: changes nothing.</summary>
    public Func<string, string> Redact { get; init; } = text => text;

    /// <summary>Where logs go. Default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
