using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>One thing to do about an agent. Each repeats safely. A closed hierarchy: switch over it exhaustively.</summary>
internal abstract record AgentAction
{
    private AgentAction()
    {
    }

    /// <summary>Nothing now.</summary>
    public sealed record None : AgentAction;

    /// <summary>Start it.</summary>
    public sealed record Start : AgentAction;

    /// <summary>Say that its end is wanted, and press its interrupt key.</summary>
    public sealed record Interrupt : AgentAction;

    /// <summary>End it by force.</summary>
    public sealed record Kill : AgentAction;

    /// <summary>Its end was seen: the start that was asked for together with it may follow.</summary>
    public sealed record NoteEnd : AgentAction;

    /// <summary>What was asked for is over.</summary>
    /// <param name="Result">How it ended, as it was observed.</param>
    public sealed record Finish(OperationResult Result) : AgentAction;

    /// <summary>Make a request of the declaration's own: it was changed to want something else.</summary>
    /// <param name="Kind">What it wants.</param>
    public sealed record Request(RequestKind Kind) : AgentAction;
}
