using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing;

/// <summary>Operations that write down what was asked and end as the test says.</summary>
public sealed class FakeOperations : ISessionOperations
{
    /// <summary>Something that a test can see changed; raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<(AgentId Agent, SessionCommand Command)> Asked { get; } = new();

    /// <summary>How operations end; a task that is not completed holds them up.</summary>
    public Func<SessionCommand, Task<OperationResult>> Answer { get; set; } = _ => Task.FromResult(new OperationResult(OperationOutcome.Succeeded, "done"));

    /// <summary>The client that attaching opens, or null when it cannot be opened.</summary>
    public FakeCommandStream? Client { get; set; }

    /// <inheritdoc/>
    public Task<OperationResult> ExecuteAsync(AgentId agent, SessionCommand command, CancellationToken cancellationToken)
    {
        Asked.Enqueue((agent, command));
        Changed?.Invoke();
        return Answer(command).WaitAsync(cancellationToken);
    }

    /// <summary>Opens each client itself when set; may throw.</summary>
    public Func<Size, ICommandStream>? OpenClient { get; set; }

    /// <inheritdoc/>
    public Task<ICommandStream> AttachAsync(AgentId agent, Size size, CancellationToken cancellationToken)
    {
        if (OpenClient is { } open)
        {
            return Task.FromResult(open(size));
        }

        if (Client is null)
        {
            return Task.FromException<ICommandStream>(new TransportException(TransportFault.Gone, $"{agent} has no session; start it first"));
        }

        Client.Changed += () => Changed?.Invoke();
        Client.Sizes.Enqueue(size);
        return Task.FromResult<ICommandStream>(Client);
    }

    /// <summary>What is asked of logs, in order.</summary>
    public ConcurrentQueue<(AgentId Agent, LogQuery Query)> LogsAsked { get; } = new();

    /// <summary>The log that the next reader gets; completing it with an exception cuts it.</summary>
    public Channel<string> Log { get; set; } = Channel.CreateUnbounded<string>();

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLogAsync(AgentId agent, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LogsAsked.Enqueue((agent, query));
        Changed?.Invoke();
        await foreach (var text in Log.Reader.ReadAllAsync(cancellationToken))
        {
            yield return Encoding.UTF8.GetBytes(text);
        }
    }

    /// <inheritdoc/>
    public Task<string> ListProcessesAsync(AgentId agent, CancellationToken cancellationToken) => Task.FromResult("  PID COMMAND\n    1 sh\n");
}
