namespace AgentDeck.Engine.Tmux;

/// <summary>For a server that nobody shares: everybody has the turn at once.</summary>
internal sealed class NoTurns : ITmuxTurns, IDisposable
{
    /// <summary>The only one.</summary>
    public static readonly NoTurns Instance = new();

    private NoTurns()
    {
    }

    /// <inheritdoc/>
    public Task<IDisposable> TakeAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable>(this);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
