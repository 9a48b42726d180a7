using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.Tests.App.Overlays;

/// <summary>A small fleet behind the dialogs, and hands to use them with.</summary>
internal static class Scene
{
    public static readonly AgentId Mayor = new("gc", "", "mayor");
    public static readonly AgentId Coder = new("gc", "", "coder-2");
    public static readonly AgentId Clock = new("here", "", "clock");
    public static readonly AgentId Broken = new("gc", "", "coder-7");
    public static readonly AgentId Nobody = new("gc", "", "nobody");

    public static Theme Theme { get; } = Painted("midnight");

    public static AppModel Model(int width = 80, int height = 24)
    {
        var spec = Fleets.Spec("here/clock") with
        {
            Command = "while :; do date; sleep 1; done",
            Directory = "/srv/agents",
            Environment = ImmutableDictionary<string, string>.Empty.Add("LANG", "C.UTF-8").Add("API_TOKEN", "hunter2"),
        };
        var clock = Fleets.Agent("here/clock", command: "sh", lastLine: "Sat Nov 21 14:00:00 UTC 2026", spec: spec);
        clock = clock with
        {
            Status = clock.Status with
            {
                ActivityReason = "its window printed something within the last 5 s",
                WindowSize = new Size(120, 40),
                StartedAt = Fleets.Now.AddHours(-3),
                Origin = "tmux -L agentdeck, session $3",
                Conditions =
                [
                    new Condition("SessionAlive", ConditionStatus.True, "Listed", "", Fleets.Now.AddHours(-3), 1),
                    new Condition("Answering", ConditionStatus.False, "CaptureFailed", "the last capture took longer than 5 s", Fleets.Now.AddSeconds(-41), 1),
                ],
            },
        };
        return new AppModel
        {
            Fleet = Fleets.Of(
            [
                clock,
                Fleets.Agent("gc/mayor"),
                Fleets.Agent("gc/coder-2", activity: Activity.Blocked, idleSeconds: 41),
                Fleets.Agent("gc/coder-7", AgentPhase.Failed, idleSeconds: 720),
            ]),
            Events =
            [
                new AgentAppeared(1, Fleets.Now.AddHours(-3), Clock, AgentPhase.Running),
                new ActivityChanged(2, Fleets.Now.AddMinutes(-9), Coder, Activity.Busy, Activity.Blocked, "rule claude-menu: ❯ 1. Yes"),
                new PhaseChanged(3, Fleets.Now.AddMinutes(-8), Broken, AgentPhase.Running, AgentPhase.Failed, "ExitCode"),
                new OperationFinished(4, Fleets.Now.AddMinutes(-2), Clock, "anna", "nudge \"Continue with the plan.\"", OperationOutcome.Succeeded, "delivered"),
                new SourceLinkChanged(5, Fleets.Now.AddMinutes(-1), "dev", SourceLink.Live, SourceLink.Unreachable, "ssh: no route to host; check the network"),
                new OperationFinished(6, Fleets.Now.AddSeconds(-20), Coder, "anna", "nudge \"yes\"", OperationOutcome.Refused, "it stands before an approval menu"),
            ],
            Now = Fleets.Now,
            Screen = new CellSize(width, height),
            Theme = Theme,
            List = new ListState { Selected = Clock },
            NudgeHistory = ["run the tests", "Continue with the plan.", "first line\nsecond line"],
            NudgeTemplates = [new NudgeTemplate("continue", "Continue with the plan."), new NudgeTemplate("tests", "Run all tests,\nthen say what failed.")],
            ThemeNames = ["daylight", "high-contrast", "midnight", "mono", "ocean", "solarized"],
        };
    }

    public static AppModel WithFleet(this AppModel model, params Agent[] agents) => model with { Fleet = Fleets.Of(agents) };

    public static Transition Press(this Transition before, Key key, KeyModifiers modifiers = KeyModifiers.None) =>
        OverlayUpdate.Apply(before.Model, new KeyPressed(KeyChord.Of(key, modifiers)));

    public static Transition Press(this Transition before, char key, KeyModifiers modifiers = KeyModifiers.None) =>
        OverlayUpdate.Apply(before.Model, new KeyPressed(KeyChord.Of(key, modifiers)));

    public static Transition Type(this Transition before, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            before = OverlayUpdate.Apply(before.Model, new KeyPressed(new KeyChord(Key.Character, rune, KeyModifiers.None)));
        }

        return before;
    }

    public static Transition Paste(this Transition before, string text) => OverlayUpdate.Apply(before.Model, new TextPasted(text));

    public static Transition Click(this Transition before, int x, int y) =>
        OverlayUpdate.Apply(before.Model, new MouseUsed(MouseAction.Press, new Position(x, y), KeyModifiers.None));

    public static Transition Wheel(this Transition before, MouseAction direction) =>
        OverlayUpdate.Apply(before.Model, new MouseUsed(direction, new Position(40, 10), KeyModifiers.None));

    public static Transition Tell(this Transition before, AppMessage message) => OverlayUpdate.Notice(before.Model, message);

    public static Transition TellFleet(this Transition before, params Agent[] agents)
    {
        var fleet = Fleets.Of(agents);
        return OverlayUpdate.Notice(before.Model with { Fleet = fleet }, new FleetChanged(new FleetUpdate(fleet, [])));
    }

    public static T Open<T>(this Transition transition)
        where T : Overlay => Assert.IsType<T>(transition.Model.Overlay);

    // Every role has another colour, so that a golden screen tells which role was used.
    private static Theme Painted(string name) => new(name, [.. Enum.GetValues<ThemeRole>().Select(Paint)]);

    private static Style Paint(ThemeRole role) => new(
        Color.FromIndex((byte)(16 + (int)role)),
        role is ThemeRole.Dialog or ThemeRole.DialogBorder ? Color.FromIndex(235) : role is ThemeRole.Selected ? Color.FromIndex(24) : role is ThemeRole.Input ? Color.FromIndex(236) : default);
}
