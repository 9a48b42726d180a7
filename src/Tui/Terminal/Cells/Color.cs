namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>A colour in four bytes: the terminal's default, one of its 256 indexed colours, or 24-bit RGB. <c>default</c> is the terminal's own.</summary>
internal readonly record struct Color
{
    private readonly uint _bits;

    private Color(uint bits) => _bits = bits;

    /// <summary>The terminal's own foreground or background.</summary>
    public static Color Default => default;

    /// <summary>Whether this is the terminal's own colour.</summary>
    public bool IsDefault => _bits == 0;

    /// <summary>Whether this is one of the 256 indexed colours.</summary>
    public bool IsIndexed => _bits >> 24 == 1;

    /// <summary>Whether this is a 24-bit colour.</summary>
    public bool IsRgb => _bits >> 24 == 2;

    /// <summary>The index, 0–255; meaningful when <see cref="IsIndexed"/>.</summary>
    public byte Index => (byte)_bits;

    /// <summary>Red, 0–255; meaningful when <see cref="IsRgb"/>.</summary>
    public byte Red => (byte)(_bits >> 16);

    /// <summary>Green, 0–255; meaningful when <see cref="IsRgb"/>.</summary>
    public byte Green => (byte)(_bits >> 8);

    /// <summary>Blue, 0–255; meaningful when <see cref="IsRgb"/>.</summary>
    public byte Blue => (byte)_bits;

    /// <summary>One of the 256 indexed colours; 0–15 are the terminal's palette.</summary>
    public static Color FromIndex(byte index) => new(1u << 24 | index);

    /// <summary>A 24-bit colour.</summary>
    public static Color FromRgb(byte red, byte green, byte blue) => new(2u << 24 | (uint)red << 16 | (uint)green << 8 | blue);

    /// <summary>Prints <c>default</c>, <c>7</c> or <c>#1a1b26</c>.</summary>
    public override string ToString() =>
        IsDefault ? "default" : IsIndexed ? $"{Index}" : $"#{Red:x2}{Green:x2}{Blue:x2}";
}
