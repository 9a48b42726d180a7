using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class ThemeOverlayUpdateTests
{
    [Fact]
    public void Moving_shows_the_theme_at_once() =>
        Assert.Equal(new LoadTheme("mono", IsPreview: true), Assert.Single(ThemeOverlayUpdate.Open(Scene.Model()).Press(Key.Down).Effects));

    [Fact]
    public void Enter_keeps_it_and_says_how_to_keep_it_for_ever()
    {
        var kept = ThemeOverlayUpdate.Open(Scene.Model()).Press(Key.Down).Press(Key.Enter);

        Assert.Null(kept.Model.Overlay);
        Assert.Contains("theme = \"mono\"", Assert.Single(kept.Model.Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Escape_brings_the_one_before_back_even_while_a_preview_is_on_its_way()
    {
        var moved = ThemeOverlayUpdate.Open(Scene.Model()).Press(Key.Down);
        var previewed = new Transition(moved.Model with { Theme = new Theme("mono", []) }, []);

        var left = previewed.Press(Key.Escape);

        Assert.Same(Scene.Theme, left.Model.Theme);
        Assert.Equal(new LoadTheme("midnight", IsPreview: true), Assert.Single(left.Effects));
    }

    [Fact]
    public void A_theme_that_the_file_asks_for_meanwhile_is_what_escape_goes_back_to()
    {
        var (preview, asked) = (new Theme("mono", []), new Theme("ocean", []));
        var opened = ThemeOverlayUpdate.Open(Scene.Model()).Press(Key.Down).Model with { Theme = preview };

        var taken = AppUpdate.Apply(opened, new ThemeChosen(asked, IsPreview: false));

        Assert.Same(preview, taken.Model.Theme);
        Assert.Same(asked, taken.Press(Key.Escape).Model.Theme);
    }

    [Fact]
    public void Escape_without_a_move_does_nothing_else() => Assert.Empty(ThemeOverlayUpdate.Open(Scene.Model()).Press(Key.Escape).Effects);

    [Fact]
    public void Without_themes_it_can_only_be_left()
    {
        var opened = ThemeOverlayUpdate.Open(Scene.Model() with { ThemeNames = [] });

        Assert.NotNull(opened.Press(Key.Enter).Model.Overlay);
        Assert.Null(opened.Press(Key.Escape).Model.Overlay);
    }
}
