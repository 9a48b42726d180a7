namespace AgentDeck.Engine.Detection;

/// <summary>Where on a screen a rule looks.</summary>
internal enum ScreenRegion
{
    /// <summary>The last rows with text; empty rows do not count.</summary>
    Lines,

    /// <summary>The last rows, empty ones between them included.</summary>
    Rows,

    /// <summary>What stands in the box in which an agent takes its next prompt; no rule matches where there is none.</summary>
    Prompt,

    /// <summary>Everything.</summary>
    Screen,
}
