using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Operations;

/// <summary>Lets work on one agent happen one after the other in the order it was asked for, while agents do not wait for each other.</summary>
internal sealed class AgentTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentId, Task> _last = [];

    /// <summary>Runs <paramref name="work"/> when all earlier work on <paramref name="agent"/> ended. The place in the queue is taken before this returns.</summary>
    public async Task<T> RunAsync<T>(AgentId agent, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task earlier;
        lock (_gate)
        {
            earlier = _last.GetValueOrDefault(agent, Task.CompletedTask);
            // Who gives up while waiting must not let later work pass the earlier: its turn ends only after the earlier one.
            _last[agent] = Task.WhenAll(earlier, done.Task);
        }

        try
        {
            await earlier.WaitAsync(cancellationToken);
            return await work();
        }
        finally
        {
            done.SetResult();
            Forget(agent);
        }
    }

    private void Forget(AgentId agent)
    {
        lock (_gate)
        {
            if (_last.TryGetValue(agent, out var last) && last.IsCompleted)
            {
                _last.Remove(agent);
            }
        }
    }
}
