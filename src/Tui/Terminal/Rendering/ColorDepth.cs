namespace AgentDeck.Tui.Terminal.Rendering;

/// <summary>How many colours the terminal shows.</summary>
internal enum ColorDepth
{
    /// <summary>No colour (<c>NO_COLOR</c>); attributes remain.</summary>
    None,

    /// <summary>The 16 colours of the palette.</summary>
    Sixteen,

    /// <summary>256 indexed colours.</summary>
    Indexed,

    /// <summary>24-bit colours.</summary>
    TrueColor,
}
