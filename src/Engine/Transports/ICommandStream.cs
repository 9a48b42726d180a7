using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Transports;

/// <summary>A running command and its three byte streams. Disposing ends the command if it still runs; it never harms the agent.</summary>
public interface ICommandStream : IAsyncDisposable
{
    /// <summary>What is written here reaches the command's standard input; closing it is end of file.</summary>
    Stream Input { get; }

    /// <summary>Its standard output; with a terminal also its standard error.</summary>
    Stream Output { get; }

    /// <summary>Its standard error; empty with a terminal.</summary>
    Stream Error { get; }

    /// <summary>
    /// The exit code. Fails with <see cref="TransportException"/> when the stream was cut and the command's fate is unknown.
    /// </summary>
    Task<int> ExitCode { get; }

    /// <summary>Tells the command's terminal its new size; does nothing without a terminal.</summary>
    ValueTask ResizeAsync(Size size, CancellationToken cancellationToken);
}
