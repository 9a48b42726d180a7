namespace AgentDeck.Tui.App.Commands;

/// <summary>Where a key means something. A narrower context is asked first and then the one that encloses it: history, pane, anywhere. Typing encloses nothing.</summary>
internal enum KeyContext
{
    /// <summary>The list, and wherever no narrower context says otherwise.</summary>
    Anywhere,

    /// <summary>A pane has the focus.</summary>
    Pane,

    /// <summary>The focused pane shows its history.</summary>
    History,

    /// <summary>Keys go to the focused pane's agent; only this context's own keys do not.</summary>
    Typing,
}
