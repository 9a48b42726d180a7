namespace AgentDeck.Engine.Domain;

/// <summary>Something wrong in a file that the operator wrote.</summary>
/// <param name="File">The file as the operator named it.</param>
/// <param name="Line">1-based line; 0 when the problem has no place.</param>
/// <param name="Column">1-based column in Unicode code points; 0 when the problem has no place.</param>
/// <param name="Text">What is wrong, the offending value, and the remedy.</param>
/// <param name="IsWarning">True when the file is used all the same.</param>
public sealed record ConfigurationProblem(string File, int Line, int Column, string Text, bool IsWarning)
{
    /// <summary>Prints <c>agents.toml:12:8: error: …</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        return $"{place}: {(IsWarning ? "warning" : "error")}: {Text}";
    }
}
