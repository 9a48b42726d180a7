namespace AgentDeck.Engine.Domain;

/// <summary>A size in terminal cells.</summary>
/// <param name="Columns">Cells in a row.</param>
/// <param name="Rows">Rows.</param>
public readonly record struct Size(int Columns, int Rows)
{
    /// <summary>Prints <c>120×40</c>.</summary>
    public override string ToString() => $"{Columns}×{Rows}";
}
