using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>One piece of what a frame says on the right of its top border.</summary>
internal readonly record struct FrameDetail(string Text, Style Style);
