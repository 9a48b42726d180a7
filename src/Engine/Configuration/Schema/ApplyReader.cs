using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads <c>apply</c>, which a source says for its agents and an agent for itself.</summary>
internal static class ApplyReader
{
    /// <summary>The policy.</summary>
    /// <param name="section">The table of the source or agent.</param>
    /// <param name="otherwise">What holds when it says nothing.</param>
    public static ApplyPolicy Read(TomlSection section, ApplyPolicy otherwise) =>
        section.Choice("apply", otherwise, ("restart", ApplyPolicy.Restart), ("auto", ApplyPolicy.Auto));
}
