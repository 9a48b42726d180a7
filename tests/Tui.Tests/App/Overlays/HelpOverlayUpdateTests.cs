using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class HelpOverlayUpdateTests
{
    private static Transition Open() => HelpOverlayUpdate.Open(Scene.Model());

    [Fact]
    public void Every_command_stands_in_it()
    {
        var text = Text(Open());

        Assert.All(CommandCatalog.All.Where(command => !command.Name.StartsWith("pane-", StringComparison.Ordinal)), command => Assert.Contains(command.Title, text, StringComparison.Ordinal));
        Assert.Contains("1 … 9", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_now_says_why() =>
        Assert.Contains("Not now: it is already running.", string.Join(' ', Text(Open().Press('/').Type("start")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

    [Fact]
    public void The_filter_finds_words_in_key_title_and_help()
    {
        var text = Text(Open().Press('/').Type("osc clipboard"));

        Assert.Contains("Copy", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nudge", text, StringComparison.Ordinal);
        Assert.Equal("no command has these words", Text(Open().Press('/').Type("zebra")));
    }

    [Fact]
    public void The_key_that_opened_it_closes_it() => Assert.Null(Open().Press('?').Model.Overlay);

    [Fact]
    public void It_scrolls_to_its_end_and_no_further()
    {
        var end = Open().Press(Key.End);
        var place = HelpViewModel.Place(end.Model).Body;

        Assert.Equal(HelpViewModel.Lines(end.Model, DialogFilter.None, place.Width).Length - place.Height, end.Press(Key.PageDown).Open<HelpOverlay>().Offset);
    }

    private static string Text(Transition transition) =>
        string.Join('\n', HelpViewModel.Lines(transition.Model, transition.Open<HelpOverlay>().Filter, 100));
}
