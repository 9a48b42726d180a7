using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Views;

/// <summary>Draws the list; keeps its texts until something in them changes.</summary>
internal sealed class ListView
{
    private AppModel? _of;
    private ListViewModel? _view;
    private int _summaryWidth;
    private int _titleWidth;

    /// <summary>Draws on the list's part of the screen and returns where the cursor stands when the filter is typed.</summary>
    public Position? Draw(AppModel model, Surface surface)
    {
        if (surface.Width < 4 || surface.Height < 1)
        {
            return null;
        }

        var view = Refresh(model);
        var theme = model.Theme;
        var border = theme[model.Wall.Focused is null ? ThemeRole.BorderFocused : ThemeRole.Border];
        FrameView.Draw(surface, border, isFirst: true, isLast: true);
        var top = surface.Slice(new Rect(1, 0, surface.Width - 2, 1));
        var cursor = default(Position?);
        if (model.List.IsFiltering)
        {
            var typed = top.Write(0, 0, ListViewModel.FilterTitle, theme[ThemeRole.Title].On(border));
            cursor = TextInput.Draw(top.Slice(new Rect(typed, 0, top.Width - typed, 1)), model.List.FilterInput, theme[ThemeRole.Title].On(border));
        }
        else
        {
            top.Write(0, 0, view.Title, theme[ThemeRole.Title].On(border));
        }

        if (_titleWidth + _summaryWidth + 3 <= surface.Width)
        {
            surface.Write(surface.Width - 1 - _summaryWidth, 0, view.Summary, theme[ThemeRole.TextDim].On(border));
        }

        var inside = surface.Slice(surface.Bounds.Inset(1));
        if (!view.Rows.IsEmpty)
        {
            Headings(view, inside, theme);
        }

        for (var row = 0; row < view.Rows.Length; row++)
        {
            Row(view, view.Rows[row], inside.Slice(new Rect(0, row + 1, inside.Width, 1)), theme);
        }

        for (var line = 0; line < view.Empty.Length; line++)
        {
            inside.Write(1, line, view.Empty[line], theme[line == 0 ? ThemeRole.Text : ThemeRole.TextDim]);
        }

        var rows = model.Layout.ListRows;
        var edge = surface.Slice(new Rect(surface.Width - 1, 2, 1, Math.Max(0, rows)));
        Scrollbar.Draw(edge, model.List.Offset, rows, model.Shown.Length, border, theme[ThemeRole.ScrollbarThumb]);
        return cursor;
    }

    private static void Headings(ListViewModel view, Surface inside, Theme theme)
    {
        var x = ListColumns.Lead;
        foreach (var (column, width) in view.Columns)
        {
            var heading = ListColumns.HeadingOf(column);
            var shift = ListColumns.IsNumber(column) ? Math.Max(0, width - heading.Length) : 0;
            inside.Slice(new Rect(x, 0, width, 1)).Write(shift, 0, heading, theme[ThemeRole.ColumnHeader]);
            x += width + 1;
        }
    }

    private static void Row(ListViewModel view, ListRow row, Surface line, Theme theme)
    {
        var under = theme[row.IsSelected ? ThemeRole.Selected : row.IsMarked ? ThemeRole.Marked : ThemeRole.Text];
        line.Fill(line.Bounds, under);
        line.Write(0, 0, row.Glyph.Text, Over(theme, row.Glyph.Role, row, under));
        line.Write(1, 0, row.Flag, under);
        var x = ListColumns.Lead;
        for (var index = 0; index < row.Cells.Length; index++)
        {
            line.Write(x, 0, row.Cells[index].Text, Over(theme, row.Cells[index].Role, row, under));
            x += view.Columns[index].Width + 1;
        }
    }

    // Plain text takes the style of the row, so that a selection readable by contrast alone stays so.
    private static Style Over(Theme theme, ThemeRole role, ListRow row, Style under) =>
        role is ThemeRole.Text || (row.IsSelected && role is ThemeRole.TextDim or ThemeRole.Stale) ? under : theme[role].On(under).With(under.Attributes);

    private ListViewModel Refresh(AppModel model)
    {
        if (_view is null || !IsSame(model))
        {
            _view = ListViewModel.Build(model);
            _summaryWidth = TextMeasure.Width(_view.Summary);
            _titleWidth = TextMeasure.Width(_view.Title);
        }

        _of = model;
        return _view;
    }

    private bool IsSame(AppModel model) =>
        _of is { } old && ReferenceEquals(old.Fleet, model.Fleet) && ReferenceEquals(old.List, model.List) && ReferenceEquals(old.InFlight, model.InFlight)
        && old.Now == model.Now && old.Shown == model.Shown && old.Layout.List == model.Layout.List && ReferenceEquals(old.Keys, model.Keys);
}
