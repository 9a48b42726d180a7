using System.Globalization;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>Who writes a journal.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Host">The machine that it runs on.</param>
/// <param name="Program">What it is, with its version.</param>
/// <param name="Since">When it opened the journal.</param>
internal sealed record JournalHolder(int Pid, string Host, string Program, DateTimeOffset Since)
{
    /// <summary>In words for the operator, plain.</summary>
    public override string ToString() =>
        PlainText.Sanitize(string.Create(CultureInfo.InvariantCulture, $"{Program} (process {Pid} on {Host}, since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)"));
}
