using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Detection;

public sealed class ActivityTrailTests
{
    private const string Box = "────────────────\n❯ \n────────────────\n  main · 14:02:00";
    private const string Menu = "Do you want to proceed?\n❯ 1. Yes\n  2. No";
    private const string Prompt = "ann@box:~$";

    private DateTimeOffset _now = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _output;
    private ActivityTrail _trail = ActivityTrail.Unseen;

    private Activity Shown => _trail.Shown.Activity;

    [Fact]
    public void The_first_look_is_shown_at_once()
    {
        Look(Prompt, "bash");
        Assert.Equal("shell-prompt: ann@box:~$", _trail.Shown.Why);

        _trail = ActivityTrail.Unseen;
        Output();
        _trail = ActivityTrail.Unseen;
        Look("cc -c a.c", "make");
        Assert.Equal(ActivityJudgement.Output, _trail.Shown);
    }

    [Fact]
    public void One_burst_of_output_is_no_work()
    {
        Look(Prompt, "bash");

        Output();
        Look(Prompt + " ls", "bash");
        After(3);
        Look(Prompt + " ls\na b c\n" + Prompt, "bash");

        Assert.Equal([Activity.Idle], _seen);
    }

    [Fact]
    public void Output_that_goes_on_is_work_after_two_seconds()
    {
        Look(Prompt, "bash");

        Output();
        After(1);
        Output();
        Assert.Equal(Activity.Idle, Shown);
        After(1);
        Output();

        Assert.Equal(Activity.Busy, Shown);
        After(3);
        Look(Prompt, "bash");
        Assert.Equal([Activity.Idle, Activity.Busy, Activity.Idle], _seen);
    }

    [Fact]
    public void A_clock_in_a_status_line_never_makes_an_agent_busy()
    {
        Look(Box, "claude");

        for (var second = 0; second < 3600; second++)
        {
            After(1);
            Output();
            LookIfDue(Box.Replace("14:02:00", TimeSpan.FromSeconds(second).ToString("hh\\:mm\\:ss"), StringComparison.Ordinal), "claude");
        }

        Assert.Equal([Activity.Waiting], _seen);
        Assert.InRange(_looks, 300, 400);
    }

    [Fact]
    public void A_clock_beside_an_agent_that_no_rule_knows_is_seen_through_by_the_second_look()
    {
        After(0);
        Output();
        for (var second = 0; second < 600; second++)
        {
            LookIfDue($"all done\n{TimeSpan.FromSeconds(second):hh\\:mm\\:ss}", "newagent");
            After(1);
            Output();
        }

        Assert.Equal([Activity.Busy, Activity.Idle], _seen);
        Assert.Equal(ActivityJudgement.Ticking, _trail.Shown);
    }

    [Fact]
    public void A_spinner_of_an_agent_that_says_how_to_interrupt_it_is_work()
    {
        Output();
        for (var second = 0; second < 600; second++)
        {
            LookIfDue($"{"✻✶✳·"[second % 4]} Thinking… ({second}s · esc to interrupt)\n{Box}", "claude");
            After(1);
            Output();
        }

        Assert.Equal([Activity.Busy], _seen);
        Assert.StartsWith("claude-busy: ", _trail.Shown.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_begins_behind_a_ticking_clock_is_seen_by_the_next_look()
    {
        A_clock_in_a_status_line_never_makes_an_agent_busy();
        for (var second = 0; second < 10; second++)
        {
            After(1);
            Output();
            LookIfDue($"✻ Thinking… ({second}s · esc to interrupt)\n{Box}", "claude");
        }

        Assert.Equal([Activity.Waiting, Activity.Busy], _seen);
    }

    [Fact]
    public void The_empty_prompt_between_two_steps_is_no_end_of_work()
    {
        Output();
        Look($"✻ Thinking… (1s · esc to interrupt)\n{Box}", "claude");
        Look($"● Read(a.cs)\n{Box}", "claude");
        After(1);
        Output();
        Look($"✻ Thinking… (2s · esc to interrupt)\n{Box}", "claude");

        Assert.Equal([Activity.Busy], _seen);
    }

    [Fact]
    public void A_prompt_that_holds_ends_work_also_while_a_clock_ticks()
    {
        Output();
        Look($"✻ Thinking… (1s · esc to interrupt)\n{Box}", "claude");
        Look($"● Done.\n{Box}", "claude");
        Assert.Equal(Activity.Waiting, _trail.Pending?.Activity);
        After(3);
        Output();
        Look($"● Done.\n{Box}", "claude");

        Assert.Equal([Activity.Busy, Activity.Waiting], _seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void An_approval_is_shown_at_once_whatever_moves(int quiet)
    {
        Output();
        Look($"✻ Thinking… (1s · esc to interrupt)\n{Box}", "claude");
        After(quiet);

        Look(Menu, "claude");

        Assert.Equal([Activity.Busy, Activity.Blocked], _seen);
    }

    [Fact]
    public void Output_before_an_approval_does_not_unblock_it_and_work_after_it_does()
    {
        Look(Menu, "claude");

        for (var second = 0; second < 5; second++)
        {
            Output();
            After(1);
        }

        Assert.Equal(Activity.Blocked, Shown);
        Look($"✻ Thinking… (1s · esc to interrupt)\n{Box}", "claude");
        Assert.Equal([Activity.Blocked, Activity.Busy], _seen);
    }

    [Fact]
    public void A_question_that_scrolls_by_is_not_one()
    {
        Look(Prompt, "bash");
        Output();
        Look("Is this the answer?", "cat");
        After(1);
        Output();
        Look("No. Is that?", "cat");
        Assert.Equal([Activity.Idle], _seen);

        After(3);
        Look("No. Is that?", "cat");
        Assert.Equal([Activity.Idle, Activity.Waiting], _seen);
    }

    [Fact]
    public void The_same_line_again_and_again_is_work_when_it_scrolls()
    {
        Output();
        for (var second = 0; second < 60; second++)
        {
            _trail = Note(_trail.NoteLook(AgentScreen.Of("12:00 GET /health 200\n"u8, historySize: second), "tail", _now - _output, ShippedRules.Set, text => text, _now));
            After(1);
            Output();
        }

        Assert.Equal([Activity.Busy], _seen);
    }

    [Fact]
    public void A_second_look_in_the_same_instant_proves_nothing()
    {
        Output();
        Look("cc -c a.c", "make");
        Look("cc -c a.c", "make");

        Assert.Equal([Activity.Busy], _seen);
    }

    [Fact]
    public void Silence_of_unknown_length_counts_as_long() =>
        Assert.Equal(ActivityJudgement.Quiet, _trail.NoteLook(AgentScreen.Empty, null, quiet: null, ShippedRules.Set, text => text, _now).Shown);

    [Fact]
    public void What_an_agent_says_of_itself_holds_until_output_says_more()
    {
        _trail = Note(_trail.NoteReport(new ActivityJudgement(Activity.Waiting, "it reports waiting")));
        for (var second = 0; second < 3; second++)
        {
            Output();
            After(1);
        }

        Assert.Equal([Activity.Waiting, Activity.Busy], _seen);
    }

    [Fact]
    public void What_is_kept_of_the_screen_is_redacted() =>
        Assert.Equal("***", _trail.NoteLook(AgentScreen.OfRows(["Go on? [y/N]"]), "sh", null, ShippedRules.Set, _ => "***", _now).Shown.Why);

    // Every order of up to five observations: what is shown changes only to what was just observed, and never to busy by one burst.
    [Fact]
    public void No_order_of_observations_shows_what_was_not_observed()
    {
        Action<ActivityTrailTests>[] steps =
        [
            test => test.Output(),
            test => test.After(1),
            test => test.After(4),
            test => test.Look(Box, "claude"),
            test => test.Look(Menu, "claude"),
            test => test.Look($"✻ Thinking… (1s · esc to interrupt)\n{Box}", "claude"),
            test => test.Look("compiling", "make"),
        ];
        var orders = (int)Math.Pow(steps.Length, 5);
        for (var order = 0; order < orders; order++)
        {
            var test = new ActivityTrailTests();
            var rest = order;
            for (var step = 0; step < 5; step++, rest /= steps.Length)
            {
                var before = test._trail;
                steps[rest % steps.Length](test);
                var chosen = rest % steps.Length;
                Activity[] possible = chosen switch
                {
                    0 => [Activity.Busy],
                    1 or 2 => [],
                    3 => [Activity.Waiting],
                    4 => [Activity.Blocked],
                    5 => [Activity.Busy],
                    _ => [Activity.Busy, Activity.Idle],
                };
                Assert.True(test.Shown == before.Shown.Activity || possible.Contains(test.Shown), $"order {order}, step {step}: {before.Shown} became {test._trail.Shown}");
                Assert.True(chosen != 4 || test.Shown == Activity.Blocked, $"order {order}, step {step}: an approval was not shown at once");
            }
        }
    }

    private readonly List<Activity> _seen = [];
    private int _looks;
    private DateTimeOffset _lookedAt;

    private void After(int seconds) => _now += TimeSpan.FromSeconds(seconds);

    private void Output()
    {
        _output = _now;
        _trail = Note(_trail.NoteOutput(_now));
    }

    private void Look(string screen, string command)
    {
        (_looks, _lookedAt) = (_looks + 1, _now);
        _trail = Note(_trail.NoteLook(AgentScreen.OfRows(screen.Split('\n')), command, _now - _output, ShippedRules.Set, text => text, _now));
    }

    private void LookIfDue(string screen, string command)
    {
        if (_looks == 0 || _now - _lookedAt >= _trail.LookAgainAfter)
        {
            Look(screen, command);
        }
    }

    private ActivityTrail Note(ActivityTrail trail)
    {
        if (trail.Shown.Activity != Activity.None && (_seen.Count == 0 || _seen[^1] != trail.Shown.Activity))
        {
            _seen.Add(trail.Shown.Activity);
        }

        return trail;
    }
}
