using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;
using AgentDeck.Engine.Sources.Pods;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PlaceObserverTests
{
    private readonly List<string> _heard = [];
    private SourceLink _link;
    private string? _error;

    [Fact]
    public void A_kind_that_the_cluster_does_not_know_is_one_of_which_there_are_none()
    {
        var observer = Observe(mayBeUnknown: true);

        observer.LinkChanged(Lost(KubernetesFault.NotFound));

        Assert.Equal(["listed 0", "NotFound"], _heard);
        Assert.Equal(SourceLink.Live, _link);
        Assert.True(observer.Answered.IsCompleted);
    }

    [Theory]
    [InlineData(KubernetesFault.NotFound, false, SourceLink.Unreachable)]
    [InlineData(KubernetesFault.Forbidden, true, SourceLink.Denied)]
    [InlineData(KubernetesFault.Unreachable, true, SourceLink.Unreachable)]
    public void Every_other_failure_is_one_and_an_answer_too(object fault, bool mayBeUnknown, SourceLink link)
    {
        var observer = Observe(mayBeUnknown);
        Assert.False(observer.Answered.IsCompleted);

        observer.LinkChanged(Lost((KubernetesFault)fault));

        Assert.Equal([fault.ToString()!], _heard);
        Assert.Equal(link, _link);
        Assert.True(observer.Answered.IsCompleted);
    }

    [Fact]
    public void What_may_not_be_listed_and_can_be_done_without_is_said_and_nothing_more()
    {
        var observer = Observe(mayBeUnknown: true, without: "only pods are shown");

        observer.LinkChanged(Lost(KubernetesFault.Forbidden));

        Assert.Equal((SourceLink.Live, "only pods are shown: m"), (_link, _error));
        Assert.True(observer.Answered.IsCompleted);
    }

    [Fact]
    public void What_was_seen_and_may_not_be_seen_any_more_is_no_longer_current()
    {
        var observer = Observe(mayBeUnknown: true, without: "only pods are shown");
        observer.Listed(["x"]);

        observer.LinkChanged(Lost(KubernetesFault.Forbidden));

        Assert.Equal((SourceLink.Denied, "m"), (_link, _error));
    }

    [Fact]
    public void Lists_and_changes_are_passed_on()
    {
        var observer = Observe(mayBeUnknown: false);

        observer.Listed(["x", "y"]);
        observer.Changed(WatchEventType.Modified, "x");
        observer.Changed(WatchEventType.Deleted, "y");

        Assert.Equal(["listed 2", "x", "y gone"], _heard);
        Assert.Equal(SourceLink.Live, _link);
    }

    private PlaceObserver<string> Observe(bool mayBeUnknown, string? without = null)
    {
        var board = new LinkBoard((link, error) => (_link, _error) = (link, error));
        board.Add("a");
        return new PlaceObserver<string>(
            board, "a", items => _heard.Add($"listed {items.Length}"), (item, isGone) => _heard.Add(isGone ? $"{item} gone" : item), failure => _heard.Add($"{failure.Fault}"))
        {
            MayBeUnknown = mayBeUnknown,
            Without = without,
        };
    }

    private static ObjectLink Lost(KubernetesFault fault) => new(new KubernetesApiException(fault, "m"), DateTimeOffset.UnixEpoch);
}
