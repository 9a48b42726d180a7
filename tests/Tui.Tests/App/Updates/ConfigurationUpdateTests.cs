using AgentDeck.Engine.Configuration;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.Tests.App.Updates;

public sealed class ConfigurationUpdateTests
{
    private static readonly NudgeTemplate[] Templates = [new("one", "1"), new("two", "2"), new("three", "3")];

    [Fact]
    public void Keys_follow_the_file()
    {
        var deck = Reload(new TestDeck(), new DeckConfiguration { Keys = [new KeyBindingSpec("sort", "ctrl+o", 3, 8)] }).Press("ctrl+o");

        Assert.Equal(SortOrder.Name, deck.Model.List.Sort);
    }

    [Fact]
    public void Panes_mouse_theme_and_detach_key_follow_the_file()
    {
        var deck = Reload(new TestDeck(), new DeckSettings { Panes = 9, Mouse = false, Theme = "ocean", DetachKey = "ctrl+q" });

        Assert.Equal(9, deck.Model.Wall.Panes);
        Assert.False(deck.Model.Mouse);
        Assert.Equal(new LoadTheme("ocean", IsPreview: false), Assert.Single(deck.Effects.OfType<LoadTheme>()));
        Assert.Equal(KeyChord.Of('q', KeyModifiers.Control), Assert.Single(deck.Press("G", "enter").Effects.OfType<AttachTerminal>()).DetachKey);
    }

    [Fact]
    public void What_the_operator_chose_stays_until_the_file_says_something_else_about_it()
    {
        var file = new DeckSettings { Panes = 6 };
        var deck = Reload(new TestDeck(), file).Press("v", "m").Send(new ThemeChosen(new Theme("chosen", []), IsPreview: true));
        deck.Effects.Clear();

        Reload(deck, file with { DetachKey = "ctrl+q" });
        Assert.Equal((9, false, "chosen"), (deck.Model.Wall.Panes, deck.Model.Mouse, deck.Model.Theme.Name));
        Assert.Empty(deck.Effects.OfType<LoadTheme>());

        Reload(deck, file with { Panes = 2, Theme = "ocean" });
        Assert.Equal((2, false), (deck.Model.Wall.Panes, deck.Model.Mouse));
        Assert.Equal("ocean", Assert.Single(deck.Effects.OfType<LoadTheme>()).Name);
    }

    [Fact]
    public void Read_only_can_be_switched_on_by_an_edit_but_not_off()
    {
        var deck = Reload(new TestDeck(), new DeckSettings { ReadOnly = true });
        Assert.DoesNotContain(CommandCatalog.In(deck.Model), command => command.Writes);
        Assert.IsNotType<NudgeOverlay>(deck.Press("n").Model.Overlay);

        Assert.True(Reload(deck, new DeckSettings()).Model.ReadOnly);
    }

    [Fact]
    public void A_template_that_is_no_longer_there_is_not_selected()
    {
        var deck = Reload(new TestDeck(), new DeckConfiguration { Nudges = [.. Templates] }).Press("G", "n", "ctrl+t", "down", "down");
        Assert.Equal(2, Assert.IsType<NudgeOverlay>(deck.Model.Overlay).Template);

        Reload(deck, new DeckConfiguration { Nudges = [.. Templates[..2]] });
        Assert.Equal(1, Assert.IsType<NudgeOverlay>(deck.Model.Overlay).Template);
        Assert.Contains("▸ two", deck.Rows(), StringComparison.Ordinal);

        Reload(deck, new DeckConfiguration());
        Assert.Null(Assert.IsType<NudgeOverlay>(deck.Model.Overlay).Template);
        Assert.Contains("Nudge here/clock", deck.Rows(), StringComparison.Ordinal);
    }

    private static TestDeck Reload(TestDeck deck, DeckSettings settings) => Reload(deck, new DeckConfiguration { Deck = settings });

    private static TestDeck Reload(TestDeck deck, DeckConfiguration configuration) => deck.Send(new ConfigurationChanged(configuration));
}
