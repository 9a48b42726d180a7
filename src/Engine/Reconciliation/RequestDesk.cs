using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Where requests are handed in and answered. Only a pass over the agent takes them, so that nothing else writes what is
/// remembered of it. Safe to call from any thread.
/// </summary>
/// <param name="look">Asks for a pass.</param>
internal sealed class RequestDesk(Action<AgentId> look)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentId, List<Entry>> _entries = [];
    private readonly Dictionary<AgentId, CancellationTokenSource> _starts = [];

    /// <summary>Hands a request in and returns when it was seen to be so, or failed. Who gives up does not take it back.</summary>
    public async Task<OperationResult> SubmitAsync(AgentId agent, RequestKind kind, string by, CancellationToken cancellationToken)
    {
        var entry = new Entry(kind, by);
        lock (_gate)
        {
            if (!_entries.TryGetValue(agent, out var entries))
            {
                _entries[agent] = entries = [];
            }

            entries.Add(entry);
            if (kind != RequestKind.Start && _starts.TryGetValue(agent, out var starting))
            {
                // A start can take minutes; who wants an end does not wait for it.
                starting.Cancel();
            }
        }

        look(agent);
        return await entry.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Merges what was handed in since the last time into the request that is under way.</summary>
    public OperatorRequest? Take(AgentId agent, OperatorRequest? current, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var entry in _entries.GetValueOrDefault(agent, []).Where(entry => !entry.Taken))
            {
                entry.Taken = true;
                current = RequestRules.Merge(current, entry.Kind, entry.By, now);
            }
        }

        if (current is { } valid)
        {
            Answer(agent, entry => entry.Taken && !RequestRules.Serves(valid, entry.Kind), new OperationResult(OperationOutcome.Failed, $"{valid.By} asked for a {Words.Of(valid.Kind)} meanwhile"));
        }

        return current;
    }

    /// <summary>Answers all requests of an agent that were taken.</summary>
    public void Answer(AgentId agent, OperationResult result) => Answer(agent, entry => entry.Taken, result);

    /// <summary>Whether somebody waits for something to come of an agent.</summary>
    public bool Concerns(AgentId agent)
    {
        lock (_gate)
        {
            return _entries.ContainsKey(agent);
        }
    }

    /// <summary>Runs a start that ends as soon as somebody wants an end.</summary>
    /// <returns>False when it was broken off for that.</returns>
    public async Task<bool> RunStartAsync(AgentId agent, Func<CancellationToken, Task> start, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
        {
            if (_entries.TryGetValue(agent, out var entries) && entries.Exists(entry => !entry.Taken && entry.Kind != RequestKind.Start))
            {
                return false;
            }

            _starts[agent] = ending;
        }

        try
        {
            await start(ending.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _starts.Remove(agent);
            }
        }
    }

    private void Answer(AgentId agent, Predicate<Entry> which, OperationResult result)
    {
        List<Entry> answered;
        lock (_gate)
        {
            if (!_entries.TryGetValue(agent, out var entries))
            {
                return;
            }

            answered = entries.FindAll(which);
            entries.RemoveAll(which);
            if (entries.Count == 0)
            {
                _entries.Remove(agent);
            }
        }

        foreach (var entry in answered)
        {
            entry.Answer.TrySetResult(result);
        }
    }

    private sealed class Entry(RequestKind kind, string by)
    {
        public RequestKind Kind => kind;

        public string By => by;

        public TaskCompletionSource<OperationResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Taken { get; set; }
    }
}
