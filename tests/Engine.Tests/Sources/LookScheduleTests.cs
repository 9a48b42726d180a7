using AgentDeck.Engine.Sources;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class LookScheduleTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    private readonly LookSchedule _schedule = new();

    [Fact]
    public void A_new_session_is_looked_at_once_and_never_again_while_it_stays_quiet()
    {
        _schedule.Note("$1", Start.AddHours(-1), Start, Quiet);

        Assert.Equal(["$1"], _schedule.TakeDue(Start, Quiet));
        Assert.False(_schedule.Note("$1", Start.AddHours(-1), Start.AddSeconds(30), Quiet));
        Assert.Null(_schedule.NextDue);
        Assert.Equal(TimeSpan.FromHours(1), _schedule.QuietTime("$1", Start));
    }

    [Fact]
    public void A_session_is_looked_at_when_it_fell_quiet()
    {
        _schedule.Note("$1", Start, Start, Quiet);
        _schedule.TakeDue(Start, Quiet);
        _schedule.Note("$1", Start.AddSeconds(5), Start.AddSeconds(5), Quiet);

        Assert.Equal(Start.AddSeconds(8), _schedule.NextDue);
        Assert.Empty(_schedule.TakeDue(Start.AddSeconds(7), Quiet));
        Assert.Equal(["$1"], _schedule.TakeDue(Start.AddSeconds(8), Quiet));
        Assert.Null(_schedule.NextDue);
    }

    [Fact]
    public void A_session_that_never_falls_quiet_is_looked_at_every_ten_seconds()
    {
        _schedule.Note("$1", Start, Start, Quiet);
        var looks = 0;
        for (var second = 0; second <= 60; second++)
        {
            var now = Start.AddSeconds(second);
            _schedule.Note("$1", now, now, Quiet);
            looks += _schedule.TakeDue(now, Quiet).Count;
        }

        Assert.InRange(looks, 6, 8);
    }

    [Fact]
    public void A_look_at_a_busy_session_is_followed_by_one_when_it_is_quiet()
    {
        _schedule.Note("$1", Start, Start, Quiet);

        Assert.Equal(["$1"], _schedule.TakeDue(Start, Quiet));
        Assert.Equal(Start + Quiet, _schedule.NextDue);
    }

    [Fact]
    public void A_forgotten_session_is_never_due()
    {
        _schedule.Note("$1", Start, Start, Quiet);
        _schedule.KeepOnly(new HashSet<string>());

        Assert.Empty(_schedule.TakeDue(Start, Quiet));
        Assert.Null(_schedule.QuietTime("$1", Start));
    }
}
