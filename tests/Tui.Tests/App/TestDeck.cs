using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Running;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Views;

namespace AgentDeck.Tui.Tests.App;

/// <summary>A deck without a loop: messages go in, the model and the effects so far can be looked at.</summary>
internal sealed class TestDeck
{
    private DateTimeOffset _at = Fleets.Now;

    public TestDeck(FleetSnapshot? fleet = null, int width = 120, int height = 40, Func<AppModel, AppModel>? change = null)
    {
        var model = new AppModel { Fleet = fleet ?? Demo(), Now = Fleets.Now, Screen = new CellSize(width, height), Theme = TestTheme.Colours };
        Take(AppUpdate.Start(change?.Invoke(model) ?? model));
    }

    public AppModel Model { get; private set; } = null!;

    public List<AppEffect> Effects { get; } = [];

    public string? Selected => Model.List.Selected?.ToString();

    public string? Focused => Model.Wall.Focused?.ToString();

    public IEnumerable<string> Shown => Model.Shown.Select(id => id.ToString());

    public IEnumerable<string> Visible => Model.Visible.Select(id => id.ToString());

    public IEnumerable<string> News => Model.Notices.Select(notice => notice.Text);

    public static AgentId Id(string text) => Fleets.Agent(text).Id;

    /// <summary>Five agents of which each wants something else.</summary>
    public static FleetSnapshot Demo() => Fleets.Of(DemoAgents());

    public static Agent[] DemoAgents() =>
    [
        Fleets.Agent("here/clock", spec: Fleets.Spec("here/clock"), command: "sh", lastLine: "tick"),
        Fleets.Agent("gc/mayor", lastLine: "Thinking…"),
        Fleets.Agent("gc/coder-2", activity: Activity.Blocked, idleSeconds: 41, lastLine: "❯ 1. Yes"),
        Fleets.Agent("gc/coder-7", AgentPhase.Failed, idleSeconds: 720),
        Fleets.Agent("dev/reviewer", activity: Activity.Waiting, idleSeconds: 180),
        Fleets.Agent("gc/refiner", activity: Activity.Idle, idleSeconds: 540),
    ];

    public TestDeck Send(AppMessage message)
    {
        Take(AppUpdate.Apply(Model, message));
        return this;
    }

    public TestDeck Send(TerminalEvent input) => Send(new TerminalInput(input, _at));

    public TestDeck Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            Assert.True(KeyText.TryParse(key, out var chord, out var error), error);
            Send(new KeyPressed(chord));
        }

        return this;
    }

    public TestDeck Type(string text) => Press([.. text.EnumerateRunes().Select(rune => rune.Value == ' ' ? "space" : rune.ToString())]);

    public TestDeck Click(int x, int y) => Send(new MouseUsed(MouseAction.Press, new Position(x, y), KeyModifiers.None));

    public TestDeck Wheel(int x, int y, bool up) => Send(new MouseUsed(up ? MouseAction.WheelUp : MouseAction.WheelDown, new Position(x, y), KeyModifiers.None));

    public TestDeck Wait(TimeSpan time)
    {
        _at += time;
        return Send(new Ticked(Heartbeat.Second(_at)));
    }

    public TestDeck Change(FleetSnapshot fleet, params FleetEvent[] events) => Send(new FleetChanged(new FleetUpdate(fleet, [.. events])));

    public TestDeck Show(string agent, params string[] rows) => Show(agent, rows, 24);

    public TestDeck Show(string agent, string[] rows, int height, int historySize = 0) =>
        Send(new PanesChanged([PaneScreens.Parse(Captures.Of(Id(agent), rows, height: height, historySize: historySize), Model.Tables)]));

    public (ScreenBuffer Screen, ScreenState State) Draw()
    {
        var screen = new ScreenBuffer(Model.Screen, Model.Tables);
        var state = new DeckView(Model.Tables).Draw(Model, new Surface(screen));
        return (screen, state);
    }

    public string Rows() => ScreenText.Rows(Draw().Screen);

    private void Take(Transition transition)
    {
        Model = transition.Model;
        Effects.AddRange(transition.Effects);
    }
}
