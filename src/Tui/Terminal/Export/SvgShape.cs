namespace AgentDeck.Tui.Terminal.Export;

/// <summary>How a character gets into the picture.</summary>
internal enum SvgShape
{
    /// <summary>As text of the viewer's font.</summary>
    Text,

    /// <summary>As a thin line.</summary>
    LightLine,

    /// <summary>As a thick line.</summary>
    HeavyLine,

    /// <summary>As a filled part of its cell.</summary>
    Block,
}
