namespace AgentDeck.Tui.Cli;

/// <summary>Nobody reads standard output any more. The program ends quietly: this is how <c>| head</c> asks it to stop.</summary>
internal sealed class OutputClosedException : IOException
{
    /// <summary>Creates the exception.</summary>
    public OutputClosedException()
        : base("standard output was closed")
    {
    }
}
