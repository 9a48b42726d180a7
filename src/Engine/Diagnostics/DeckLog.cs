using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>An open log.</summary>
/// <param name="Factory">Makes loggers; writes nothing when there is no log.</param>
/// <param name="File">The file, or null when there is no log.</param>
/// <param name="Notice">Why there is no log, in words for the operator; null when there is one.</param>
public sealed record DeckLog(ILoggerFactory Factory, string? File, string? Notice) : IDisposable
{
    /// <summary>Writes what is left and closes the file. A full disk costs that and nothing else.</summary>
    public void Dispose()
    {
        try
        {
            Factory.Dispose();
        }
        catch (IOException)
        {
            // There is nowhere left to say it, and whoever quits wants to quit.
        }
    }
}
