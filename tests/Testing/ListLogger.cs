using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Testing;

/// <summary>Keeps what is logged, each entry as its text. Safe for concurrent use.</summary>
public sealed class ListLogger : ILogger
{
    /// <summary>The entries in order.</summary>
    public ConcurrentQueue<string> Entries { get; } = new();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}");
}
