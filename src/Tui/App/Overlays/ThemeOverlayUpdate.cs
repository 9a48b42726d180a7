using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Updates;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Picks a theme while the deck shows how it looks.</summary>
internal static class ThemeOverlayUpdate
{
    /// <summary>Opens the picker at the theme in force.</summary>
    public static Transition Open(AppModel model) =>
        model with { Overlay = new ThemeOverlay(model.Theme, Math.Max(0, model.ThemeNames.IndexOf(model.Theme.Name))) };

    /// <summary>Uses a theme that was loaded. What the file asks for while the picker is open is what the picker goes back to.</summary>
    public static AppModel Loaded(AppModel model, ThemeChosen chosen) => model.Overlay is ThemeOverlay picker && !chosen.IsPreview
        ? model with { Overlay = picker with { Original = chosen.Theme } }
        : model with { Theme = chosen.Theme };

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, ThemeOverlay picker, TerminalEvent input)
    {
        var place = ThemeViewModel.Place(model);
        if (DialogKeys.ClosesReader(input, place))
        {
            return Restore(model, picker);
        }

        if (model.ThemeNames.IsEmpty)
        {
            return model;
        }

        if (DialogKeys.Is(input, Key.Enter))
        {
            return Keep(model, model.ThemeNames[picker.Selected]);
        }

        var last = model.ThemeNames.Length - 1;
        var clicked = DialogKeys.ClickedRow(input, place.Body) is { } row
            ? row + Scrolling.Around(picker.Selected, model.ThemeNames.Length, place.Body.Height)
            : (int?)null;
        var selected = clicked <= last ? clicked : ListKeys.Move(picker.Selected, last, place.Body.Height, input, letters: true);
        return selected is { } next && next != picker.Selected
            ? new Transition(model with { Overlay = picker with { Selected = next } }, [new LoadTheme(model.ThemeNames[next], IsPreview: true)])
            : model;
    }

    // The theme of the last preview may still be on its way; asking for the original again makes the last answer the right one.
    private static Transition Restore(AppModel model, ThemeOverlay picker)
    {
        var restored = model with { Theme = picker.Original, Overlay = null };
        var isUntouched = picker.Selected == model.ThemeNames.IndexOf(picker.Original.Name) && ReferenceEquals(model.Theme, picker.Original);
        return isUntouched || !model.ThemeNames.Contains(picker.Original.Name) ? restored : new Transition(restored, [new LoadTheme(picker.Original.Name, IsPreview: true)]);
    }

    private static AppModel Keep(AppModel model, string name) => Notices.Add(
        model with { Overlay = null },
        NoticeKind.Info,
        $"theme {PlainText.Sanitize(name)} for this session; to keep it, put theme = \"{PlainText.Sanitize(name)}\" under [deck] in agents.toml",
        "theme");
}
