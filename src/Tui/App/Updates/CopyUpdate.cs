using System.Text;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Copies what the focused pane shows.</summary>
internal static class CopyUpdate
{
    /// <summary>Copies the rows in view of a scrolled pane, or the agent's whole screen, without blanks at the ends of lines.</summary>
    public static Transition Apply(AppModel model)
    {
        var history = model.Wall.History;
        if ((history?.Screen ?? model.Panes.GetValueOrDefault(model.Wall.Focused!.Value)) is not { } screen)
        {
            return Notices.Add(model, NoticeKind.Warning, "nothing to copy: the pane was not read yet");
        }

        var rows = screen.Rows.AsSpan();
        if (history is not null)
        {
            var bottom = Math.Max(0, rows.Length - history.Offset);
            rows = rows[Math.Max(0, bottom - HistoryUpdate.Page(model))..bottom];
        }

        var reader = new RowText(model.Tables);
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(reader.Read(row).Text).Append('\n');
        }

        var copied = text.ToString().TrimEnd('\n');
        if (copied.Length == 0)
        {
            return Notices.Add(model, NoticeKind.Info, "nothing to copy: the pane is blank");
        }

        var lines = copied.Count(character => character == '\n') + 1;
        var told = Notices.Add(model, NoticeKind.Info, $"copied {(lines == 1 ? "1 line" : $"{lines} lines")} to the terminal's clipboard");
        return new Transition(told, [new CopyText(copied)]);
    }
}
