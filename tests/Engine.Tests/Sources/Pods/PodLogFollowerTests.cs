using System.Text;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PodLogFollowerTests : IAsyncLifetime
{
    private FakeCluster _cluster = null!;
    private IKubernetesApi _api = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        _api = _cluster.Open();
        _cluster.AddPod("talker");
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_log_that_is_cut_says_so_in_one_line_and_goes_on_where_it_was_without_a_line_twice()
    {
        _cluster.Server.Logs["talker"] = "one\ntwo\nthree\n";
        await using var reader = await FollowAsync(tail: 2);
        Assert.Equal("two\nthree\n", await ReadAsync(reader, "three\n"));

        for (var failure = 0; failure < 3; failure++)
        {
            _cluster.Server.Fail("/pods/talker", 503, "ServiceUnavailable", "starting");
        }

        _cluster.Server.CutAll();
        var notice = await ReadAsync(reader, "\n");
        Assert.StartsWith("── the log of container agent of pod deck/talker was cut: the connection to", notice, StringComparison.Ordinal);
        Assert.EndsWith(" was lost; it goes on here when the cluster answers ──\n", notice, StringComparison.Ordinal);
        _cluster.Server.Logs["talker"] = "one\ntwo\nthree\nfour\nfive\n";

        Assert.Equal("four\nfive\n", await ReadAsync(reader, "five\n"));
        _cluster.Server.CutAll();
        _cluster.Server.Logs["talker"] = "one\ntwo\nthree\nfour\nfive\nsix\n";
        Assert.Equal("six\n", (await ReadAsync(reader, "six\n")).Split("──\n")[^1]);
    }

    [Fact]
    public async Task The_log_of_another_pod_of_the_same_name_is_no_continuation()
    {
        _cluster.Server.Logs["talker"] = "one\n";
        await using var reader = await FollowAsync(tail: null);
        await ReadAsync(reader, "one\n");

        _cluster.Server.Objects.Delete("/api/v1/namespaces/deck/pods/talker");
        _cluster.AddPod("talker", uid: "another");
        _cluster.Server.CutAll();
        await ReadAsync(reader, "──\n");

        var failure = await Assert.ThrowsAsync<TransportException>(() => ReadAsync(reader, "one\n"));
        Assert.Equal((TransportFault.Gone, "the pod talker is gone; there is another of its name"), (failure.Fault, failure.Message));
    }

    private async Task<IAsyncEnumerator<ReadOnlyMemory<byte>>> FollowAsync(int? tail)
    {
        var pod = PodReader.Read(await _api.GetAsync(new ObjectName(ResourceKind.Pods, "deck", "talker"), CancellationToken.None), _ => { });
        return new PodLogFollower(new KubernetesPlace(_api, "agent", _cluster.Time), pod, "agent", _cluster.Time, () => 0.5).ReadAsync(tail, CancellationToken.None).GetAsyncEnumerator();
    }

    // Time passes meanwhile, so that waits come to their end.
    private async Task<string> ReadAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> reader, string end)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var text = "";
        while (!text.EndsWith(end, StringComparison.Ordinal))
        {
            var next = reader.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
                await looks.WaitForNextTickAsync();
            }

            Assert.True(await next);
            text += Encoding.UTF8.GetString(reader.Current.Span);
        }

        return text;
    }
}
