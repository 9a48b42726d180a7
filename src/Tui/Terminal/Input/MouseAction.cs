namespace AgentDeck.Tui.Terminal.Input;

/// <summary>What was done with the mouse; other buttons and plain motion are not reported.</summary>
internal enum MouseAction : byte
{
    /// <summary>Left button down.</summary>
    Press,

    /// <summary>Left button up.</summary>
    Release,

    /// <summary>Moved with the left button down.</summary>
    Drag,

    /// <summary>Wheel away from the person.</summary>
    WheelUp,

    /// <summary>Wheel towards the person.</summary>
    WheelDown,
}
