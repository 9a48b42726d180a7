using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;
using AgentDeck.Engine.Sources.Pods;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class LinkBoardTests
{
    private readonly LinkBoard _board;
    private (SourceLink Link, string? Error) _told;

    public LinkBoardTests()
    {
        _board = new LinkBoard((link, error) => _told = (link, error));
        _board.Add("a");
        _board.Add("b");
    }

    [Fact]
    public void A_source_is_live_only_when_each_of_its_places_is()
    {
        _board.Set("a", ObjectLink.Live);
        Assert.Equal((SourceLink.Connecting, null), _told);

        _board.Set("b", ObjectLink.Live);
        Assert.Equal((SourceLink.Live, null), _told);
    }

    [Fact]
    public void A_place_that_answered_is_stale_first_and_one_that_never_did_is_unreachable()
    {
        _board.Set("a", ObjectLink.Live);
        _board.Set("b", ObjectLink.Live);
        _board.Set("a", Lost(KubernetesFault.Unreachable, "no answer"));
        Assert.Equal((SourceLink.Stale, "no answer"), _told);

        var board = new LinkBoard((link, error) => _told = (link, error));
        board.Add("c");
        board.Set("c", Lost(KubernetesFault.Unreachable, "never"));
        Assert.Equal((SourceLink.Unreachable, "never"), _told);
    }

    [Fact]
    public void The_worst_place_is_told_with_its_reason_until_it_is_better()
    {
        _board.Set("a", Lost(KubernetesFault.Forbidden, "not allowed"));
        _board.Set("b", Lost(KubernetesFault.Unreachable, "no answer"));
        Assert.Equal((SourceLink.Denied, "not allowed"), _told);

        _board.Set("a", ObjectLink.Live);
        Assert.Equal((SourceLink.Unreachable, "no answer"), _told);
    }

    [Fact]
    public void What_is_done_without_is_told_as_long_as_nothing_is_worse()
    {
        _board.SetWithout("a", "without sessions");
        _board.Set("b", ObjectLink.Live);
        Assert.Equal((SourceLink.Live, "without sessions"), _told);

        _board.Set("b", Lost(KubernetesFault.Forbidden, "not allowed"));
        Assert.Equal((SourceLink.Denied, "not allowed"), _told);
    }

    private static ObjectLink Lost(KubernetesFault fault, string message) => new(new KubernetesApiException(fault, message), DateTimeOffset.UnixEpoch);
}
