using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Tests.App.Overlays;
using AgentDeck.Tui.Views.Overlays;

namespace AgentDeck.Tui.Tests.Views.Overlays;

public sealed class OverlayViewTests
{
    private static readonly ImmutableArray<AgentId> Several = [Scene.Mayor, Scene.Coder, Scene.Broken];

    private static readonly (string Name, Func<AppModel, Transition> Open)[] Dialogs =
    [
        ("nudge", model => NudgeOverlayUpdate.Open(model, [Scene.Clock]).Type("go on")),
        ("nudge-several", model => NudgeOverlayUpdate.Open(model, Several).Paste("first line\nsecond line").Press(Key.Enter)),
        ("nudge-templates", model => NudgeOverlayUpdate.Open(model, [Scene.Clock]).Press('t', KeyModifiers.Control)),
        ("confirm", model => ConfirmOverlayUpdate.Open(model, new SessionCommand.Stop(), Several)),
        ("confirm-refused", model => ConfirmOverlayUpdate.Open(model, new SessionCommand.Start(), [Scene.Clock])),
        ("help", model => HelpOverlayUpdate.Open(model)),
        ("help-filtered", model => HelpOverlayUpdate.Open(model).Press('/').Type("pane")),
        ("palette", model => PaletteOverlayUpdate.Open(model)),
        ("palette-query", model => PaletteOverlayUpdate.Open(model).Type("st")),
        ("details", model => Processes(DetailsOverlayUpdate.Open(model, Scene.Clock))),
        ("details-gone", model => Processes(DetailsOverlayUpdate.Open(model, Scene.Clock)).TellFleet(Fleets.Agent("gc/mayor"))),
        ("events", model => EventsOverlayUpdate.Open(model).Press(Key.Down)),
        ("events-none", model => EventsOverlayUpdate.Open(model with { Events = [] })),
        ("log", model => LogOverlayUpdate.Open(model, Scene.Mayor).Lines(0, 40).Log("\e[31mred\e[0m \e]52;c;aGk=\a漢字 done\n")),
        ("log-search", model => LogOverlayUpdate.Open(model, Scene.Mayor).Lines(0, 40).Press('/').Type("line 2")),
        ("theme", model => ThemeOverlayUpdate.Open(model)),
        ("results", Results),
    ];

    public static TheoryData<string, int, int> Screens()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var (name, _) in Dialogs)
        {
            foreach (var (width, height) in new[] { (80, 24), (120, 40), (200, 60), (59, 14) })
            {
                data.Add(name, width, height);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public void A_dialog_looks_as_verified(string name, int width, int height)
    {
        var model = Opened(name, width, height);

        Golden.Verify($"{name}-{width}x{height}", Print(model, width, height));
    }

    [Fact]
    public void No_screen_is_too_small_for_a_dialog()
    {
        foreach (var (name, _) in Dialogs)
        {
            foreach (var (width, height) in new[] { (1, 1), (2, 3), (20, 5), (6, 4), (200, 1), (1, 60), (0, 0) })
            {
                var cursor = Draw(Opened(name, width, height), width, height).Cursor;

                Assert.True(cursor is not { } at || new Rect(0, 0, width, height).Contains(at), $"{name} {width}x{height}: cursor at {cursor}");
            }
        }
    }

    [Fact]
    public void Hostile_names_reach_no_cell()
    {
        var hostile = Fleets.Agent("gc/\u001b]52;c;eA==\u0007\u202eevil\n" + new string('x', 4000));
        foreach (var open in new Func<AppModel, Transition>[]
        {
            model => NudgeOverlayUpdate.Open(model, [hostile.Id, Scene.Mayor]).Type("x").Press(Key.Enter),
            model => ConfirmOverlayUpdate.Open(model, new SessionCommand.Stop(), [hostile.Id, Scene.Mayor]),
            model => PaletteOverlayUpdate.Open(model).Type("evil"),
            model => DetailsOverlayUpdate.Open(model, hostile.Id).Tell(new ProcessesListed(hostile.Id, "PID\t\u001b[2J\u009b31m\r\n\0")),
            model => EventsOverlayUpdate.Open(model with { Events = [new AgentGone(1, model.Now, hostile.Id, "\u001b[31m")] }),
        })
        {
            var model = open(Scene.Model(100, 30).WithFleet(hostile, Fleets.Agent("gc/mayor"))).Model;

            var (screen, _) = Draw(model, 100, 30);

            Assert.DoesNotContain(screen.Cells.ToArray(), cell => cell.Glyph is > 0 and < 0x20 or >= 0x7f and < 0xa0 or 0x202e);
        }
    }

    [Fact]
    public void Without_a_dialog_nothing_is_drawn()
    {
        var (screen, cursor) = Draw(Scene.Model(), 80, 24);

        Assert.Null(cursor);
        Assert.All(screen.Cells.ToArray(), cell => Assert.Equal(default, cell));
    }

    private static Transition Processes(Transition opened) =>
        opened.Tell(new ProcessesListed(Scene.Clock, "  PID  PPID STAT ARGS\n  101     1 Ss   sh -c while :; do date; sleep 1; done\n  202   101 S    sleep 1\n"));

    private static Transition Results(AppModel model)
    {
        var started = ResultsOverlayUpdate.Run(model, new SessionCommand.Nudge("x", Force: false), [Scene.Mayor, Scene.Clock, Scene.Broken], [(Scene.Coder, "it stands before an approval menu")]);
        return started
            .Tell(new OperationDone(1, Scene.Mayor, new SessionCommand.Nudge("x", Force: false), new OperationResult(OperationOutcome.Succeeded, "delivered")))
            .Tell(new OperationDone(3, Scene.Broken, new SessionCommand.Nudge("x", Force: false), new OperationResult(OperationOutcome.Partial, "typed, not submitted")));
    }

    private static AppModel Opened(string name, int width, int height) =>
        Dialogs.Single(dialog => dialog.Name == name).Open(Scene.Model(width, height)).Model;

    private static (ScreenBuffer Screen, Position? Cursor) Draw(AppModel model, int width, int height)
    {
        var screen = new ScreenBuffer(new CellSize(width, height), model.Tables);
        return (screen, OverlayView.Draw(model, new Surface(screen)));
    }

    private static string Print(AppModel model, int width, int height)
    {
        var (screen, cursor) = Draw(model, width, height);
        return ScreenText.Print(screen, new ScreenState(cursor, "", Mouse: false));
    }
}
