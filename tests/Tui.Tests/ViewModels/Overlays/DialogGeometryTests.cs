using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.ViewModels.Overlays;

public sealed class DialogGeometryTests
{
    [Fact]
    public void A_dialog_stays_on_every_screen_and_its_body_inside_it()
    {
        for (var width = 0; width < 140; width++)
        {
            for (var height = 0; height < 40; height++)
            {
                var place = DialogGeometry.Place(new CellSize(width, height), 60, 10);

                Assert.Equal(place.Outer, place.Outer.Intersect(new Rect(0, 0, width, height)));
                Assert.Equal(place.Body, place.Body.Intersect(place.Outer));
            }
        }
    }

    [Fact]
    public void A_roomy_screen_gives_what_was_asked_for()
    {
        var place = DialogGeometry.Place(new CellSize(120, 40), 60, 10);

        Assert.Equal((60, 10), (place.Body.Width, place.Body.Height));
    }
}
