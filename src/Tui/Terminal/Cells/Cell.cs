using System.Runtime.InteropServices;

namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>
/// One cell of the screen: 16 bytes, unmanaged, so that rows compare and copy as memory. <c>default</c> is a blank in the
/// terminal's colours.
/// </summary>
/// <param name="Glyph">0 for a blank, a code point, or a negative index into <see cref="GlyphTable"/> for a cluster of several.</param>
/// <param name="Foreground">Text colour.</param>
/// <param name="Background">Background colour.</param>
/// <param name="Attributes">How it is drawn.</param>
/// <param name="Decoration">Index into <see cref="DecorationTable"/>; 0 for none.</param>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly record struct Cell(int Glyph, Color Foreground, Color Background, CellAttributes Attributes, ushort Decoration);
