using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class AmbientRequestsTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly AgentId Session = new("k", "", "s");

    private readonly Bookkeeping _books = new("ambient");
    private readonly PatchApi _api = new();
    private int _version = 1;

    [Fact]
    public async Task A_stop_patches_our_own_keys_and_only_what_was_read()
    {
        Say("Running");
        _api.Answer = () => Say("Running", "Stopped");

        await Requests().StopAsync(Session, CancellationToken.None);

        Assert.Equal(
            """{"metadata":{"uid":"s-1","resourceVersion":"1","annotations":{"ambient-code.io/desired-phase":"Stopped","ambient-code.io/start-requested-at":null,"ambient-code.io/stop-requested-at":"1970-01-01T00:00:00Z"}}}""",
            Assert.Single(_api.Patches).ToJsonString().Replace(Now(), "1970-01-01T00:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_so_already_is_not_asked_for()
    {
        Say("Stopped");

        await Requests().StopAsync(Session, CancellationToken.None);

        Assert.Empty(_api.Patches);
    }

    [Fact]
    public async Task A_start_that_was_asked_for_is_taken_back_when_a_stop_is_wanted_of_what_is_stopped()
    {
        Say("Stopped", "Running");
        _api.Answer = () => Say("Stopped");

        await Requests().StopAsync(Session, CancellationToken.None);

        Assert.Null(Assert.Single(_api.Patches)["metadata"]!["annotations"]!["ambient-code.io/desired-phase"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task A_session_that_somebody_else_changed_is_read_again(int conflicts)
    {
        Say("Running");
        _api.Answer = () =>
        {
            Say("Running", conflicts == 0 ? "Stopped" : null);
            if (conflicts-- > 0)
            {
                throw new KubernetesApiException(KubernetesFault.Conflict, "changed");
            }
        };
        var tries = conflicts + 1;

        await Requests().StopAsync(Session, CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, tries).Select(version => $"{version}"), _api.Patches.Select(patch => patch["metadata"]!["resourceVersion"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_stop_is_taken_back_though_somebody_else_changed_the_session_meanwhile()
    {
        Say("Running", "Stopped");
        var conflicts = 1;
        _api.Answer = () =>
        {
            Say("Running", "Stopped");
            if (conflicts-- > 0)
            {
                throw new KubernetesApiException(KubernetesFault.Conflict, "changed");
            }
        };

        await Requests().WithdrawStopAsync(Session);

        Assert.Equal(["1", "2"], _api.Patches.Select(patch => patch["metadata"]!["resourceVersion"]!.GetValue<string>()));
        Assert.All(_api.Patches, patch => Assert.Null(patch["metadata"]!["annotations"]!["ambient-code.io/desired-phase"]));
    }

    [Fact]
    public async Task One_that_is_always_changed_is_given_up()
    {
        Say("Running");
        _api.Answer = () =>
        {
            Say("Running");
            throw new KubernetesApiException(KubernetesFault.Conflict, "changed");
        };

        await Assert.ThrowsAsync<TransportException>(() => Requests().StopAsync(Session, CancellationToken.None));
        Assert.Equal(5, _api.Patches.Count);
    }

    [Fact]
    public async Task A_phase_of_which_nothing_is_known_is_left_alone()
    {
        Say("Paused");

        var failure = await Assert.ThrowsAsync<TransportException>(() => Requests().StopAsync(Session, CancellationToken.None));

        Assert.Contains("its session is Paused, of which nothing is known", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_api.Patches);
    }

    [Fact]
    public async Task A_start_that_nobody_answers_fails_after_a_minute()
    {
        Say("Stopped");
        _api.Answer = () => Say("Stopped", "Running");

        var starting = Requests().StartAsync(Session, CancellationToken.None);
        _books.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Contains("nobody acts on it", (await Assert.ThrowsAsync<TransportException>(() => starting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_the_platform_forgot_while_it_stopped_is_asked_again()
    {
        Say("Stopping", "Stopped");
        _api.Answer = () => Say("Stopping", "Running");
        var starting = Requests().StartAsync(Session, CancellationToken.None);
        Assert.Single(_api.Patches);

        var again = new TaskCompletionSource();
        _api.Answer = () =>
        {
            Say("Creating");
            again.SetResult();
        };
        Say("Stopped");
        await again.Task;
        var runner = Bookkeeping.Pod("u-1", "x", "s-runner");
        runner["metadata"]!["labels"] = new JsonObject { ["app"] = "ambient-code-runner", ["agentic-session"] = "s" };
        runner["spec"]!["containers"]![0]!["name"] = "ambient-code-runner";
        runner["status"]!["containerStatuses"]![0]!["name"] = "ambient-code-runner";
        _books.Show(runner);
        Say("Running");
        await starting;

        Assert.Equal(["Running", "Running"], _api.Patches.Select(patch => patch["metadata"]!["annotations"]!["ambient-code.io/desired-phase"]!.GetValue<string>()));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private AmbientRequests Requests() => new(_api, _books.Book, _books.Store, _books.Time);

    private string Now() => _books.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private void Say(string phase, string? asked = null)
    {
        if (_version == 1)
        {
            _books.List(null);
        }

        var session = new JsonObject
        {
            ["metadata"] = new JsonObject { ["namespace"] = "ns", ["name"] = "s", ["uid"] = "s-1", ["resourceVersion"] = $"{_version++}" },
            ["status"] = new JsonObject { ["phase"] = phase },
        };
        if (asked is not null)
        {
            session["metadata"]!["annotations"] = new JsonObject { ["ambient-code.io/desired-phase"] = asked };
        }

        _books.Say(session);
    }

    private sealed class PatchApi : IKubernetesApi
    {
        public List<JsonObject> Patches { get; } = [];

        public Action Answer { get; set; } = () => { };

        public string Server => "patch.test";

        public string Namespace => "ns";

        public Task<JsonElement> MergeAsync(ObjectName name, JsonObject patch, CancellationToken cancellationToken)
        {
            Patches.Add(patch);
            Answer();
            return Task.FromResult(default(JsonElement));
        }

        public Task<ObjectPage> ListAsync(ObjectQuery query, string? continueToken, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<WatchEvent> WatchAsync(ObjectQuery query, string resourceVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<JsonElement> GetAsync(ObjectName name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<JsonElement> CreateAsync(ResourceKind kind, string? namespaceName, JsonObject body, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<JsonElement> ReplaceAsync(ObjectName name, JsonObject body, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(ObjectName name, DeleteRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ICommandStream> ExecAsync(PodContainer container, CommandSpec command, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AccessAnswer> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
