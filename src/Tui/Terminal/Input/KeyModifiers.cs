namespace AgentDeck.Tui.Terminal.Input;

/// <summary>Keys held together with another; the values are those of xterm's modifier parameter less one.</summary>
[Flags]
internal enum KeyModifiers : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Shift.</summary>
    Shift = 1,

    /// <summary>Alt, or Escape before the key.</summary>
    Alt = 2,

    /// <summary>Control.</summary>
    Control = 4,

    /// <summary>Super, Meta and the like: known, never bound.</summary>
    Super = 8,
}
