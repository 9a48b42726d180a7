namespace AgentDeck.Tui.App.Model;

/// <summary>The order of the list.</summary>
internal enum SortOrder
{
    /// <summary>What needs the operator first, then by name.</summary>
    Attention,

    /// <summary>By source and name.</summary>
    Name,

    /// <summary>Longest quiet first.</summary>
    Idle,

    /// <summary>By phase.</summary>
    Phase,

    /// <summary>Youngest first.</summary>
    Age,
}
