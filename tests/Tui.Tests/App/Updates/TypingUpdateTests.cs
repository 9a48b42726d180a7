using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App.Updates;

public sealed class TypingUpdateTests
{
    [Fact]
    public void Every_key_and_paste_goes_to_the_agent_until_the_key_that_ends_it()
    {
        var deck = new TestDeck().Press("G", "I").Press("q", "ctrl+c", "escape", "up").Send(new TextPasted("a\nb"));
        deck.Press("ctrl+]", "j");

        Assert.Equal(
            ["q", "C-c", "Escape", "Up"],
            deck.Effects.OfType<TypeIntoPane>().Select(typed => typed.Input).OfType<SessionCommand.SendKeys>().SelectMany(keys => keys.Keys).Select(key => key.Value));
        Assert.Equal(new SessionCommand.Paste("a\nb"), deck.Effects.OfType<TypeIntoPane>().Last().Input);
        Assert.DoesNotContain(deck.Effects, effect => effect is QuitApp);
        Assert.False(deck.Model.Wall.IsTyping);
    }

    [Fact]
    public void Typing_ends_when_the_agent_does()
    {
        var deck = new TestDeck().Press("G", "I");
        deck.Change(Fleets.Of([Fleets.Agent("here/clock", AgentPhase.Failed), Fleets.Agent("gc/mayor")]));

        Assert.False(deck.Model.Wall.IsTyping);
        Assert.Contains("here/clock is failed; typing ended", deck.News);
    }

    [Fact]
    public void Typing_ends_with_the_reason_when_a_key_did_not_arrive()
    {
        var deck = new TestDeck().Press("G", "I").Send(new TypingFailed(TestDeck.Id("here/clock"), "its server is gone"));

        Assert.False(deck.Model.Wall.IsTyping);
        Assert.Contains("typing into here/clock failed: its server is gone", deck.News);
    }

    [Fact]
    public void A_pane_that_is_not_on_screen_cannot_be_typed_into()
    {
        var deck = new TestDeck(width: 50, height: 12).Press("G", "I");

        Assert.False(deck.Model.Wall.IsTyping);
        Assert.Contains(deck.News, text => text.Contains("not on screen", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_typed_on_after_typing_ended_by_itself_is_no_command()
    {
        var deck = new TestDeck().Press("G", "I").Send(new TypingFailed(TestDeck.Id("here/clock"), "its server is gone"));

        deck.Press("c", "i", "x", "y").Send(new TextPasted("q"));
        Assert.DoesNotContain(deck.Effects, effect => effect is RunCommand or QuitApp);
        Assert.Null(deck.Model.Overlay);

        deck.Press("escape", "i");
        Assert.Single(deck.Effects.OfType<RunCommand>());
    }

    [Fact]
    public void A_pane_that_goes_out_of_sight_gives_the_focus_back_to_the_list()
    {
        var deck = new TestDeck().Press("G", "tab");
        Assert.NotNull(deck.Focused);

        deck.Send(new Resized(new(50, 12)));

        Assert.Null(deck.Focused);
    }
}
