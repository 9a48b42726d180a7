namespace AgentDeck.Tui.Cli.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum Grade
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>The deck works, with less than it could have.</summary>
    Doubtful,

    /// <summary>Something does not work.</summary>
    Bad,
}
