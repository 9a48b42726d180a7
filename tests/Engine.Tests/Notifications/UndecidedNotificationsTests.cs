using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;

namespace AgentDeck.Engine.Tests.Notifications;

public sealed class UndecidedNotificationsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, bool?> _isOurs = [];

    [Fact]
    public void What_is_ours_is_taken_at_once_and_once()
    {
        var undecided = With(("a", true), ("b", true));

        Assert.Equal(["a", "b"], Take(undecided, Now));
        Assert.Null(undecided.NextLook);
        Assert.Empty(Take(undecided, Now));
    }

    [Fact]
    public void What_another_told_is_dropped()
    {
        var undecided = With(("a", false));

        Assert.Empty(Take(undecided, Now));
        _isOurs["a"] = true;
        Assert.Empty(Take(undecided, Now.AddSeconds(2)));
    }

    [Fact]
    public void What_is_open_waits_until_it_is_decided()
    {
        var undecided = With(("a", null), ("b", null), ("c", true));
        Assert.Equal(["c"], Take(undecided, Now));
        Assert.Equal(Now.AddSeconds(2), undecided.NextLook);

        (_isOurs["a"], _isOurs["b"]) = (false, true);

        Assert.Equal(["b"], Take(undecided, Now.AddSeconds(2)));
        Assert.Null(undecided.NextLook);
    }

    [Fact]
    public void What_stays_open_is_told_in_the_end()
    {
        var undecided = With(("a", null));

        Assert.Empty(Take(undecided, Now + UndecidedNotifications.Patience - TimeSpan.FromTicks(1)));
        Assert.Equal(["a"], Take(undecided, Now + UndecidedNotifications.Patience));
    }

    private static IEnumerable<string> Take(UndecidedNotifications undecided, DateTimeOffset now) => undecided.Take(now).Select(notification => notification.Id.Name);

    private UndecidedNotifications With(params (string Name, bool? IsOurs)[] agents)
    {
        var undecided = new UndecidedNotifications((agent, seen) => seen == Now ? _isOurs[agent.Name] : throw new InvalidOperationException("another time"));
        foreach (var (name, isOurs) in agents)
        {
            _isOurs[name] = isOurs;
            undecided.Add(new Notification(Fleet.Id(name), name, Now, NotificationKind.Failed, $"here/{name}", AgentPhase.Failed, "", ""));
        }

        return undecided;
    }
}
