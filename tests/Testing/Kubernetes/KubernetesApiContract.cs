using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;
using Xunit;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>What every <see cref="IKubernetesApi"/> must do, against whatever server there is. Objects are config maps, which nobody else touches.</summary>
public abstract class KubernetesApiContract
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _label = $"test={Guid.NewGuid():N}";

    /// <summary>A namespace in which everything is allowed.</summary>
    protected abstract string Namespace { get; }

    /// <summary>Opens the cluster.</summary>
    internal abstract IKubernetesApi Open();

    /// <summary>A running container with a shell, <c>cat</c>, <c>stty</c> and <c>head</c>, whose log has the lines <c>one</c>, <c>two</c> and <c>three</c>.</summary>
    internal abstract Task<PodContainer> ShellAsync();

    [ContractFact]
    public async Task What_is_created_is_listed_under_its_label_and_can_be_read()
    {
        await using var api = Open();
        await CreateAsync(api, "listed");
        await api.CreateAsync(ResourceKind.ConfigMaps, Namespace, ConfigMap("other", "test=other"), None);

        var page = await api.ListAsync(Query, null, None);
        var read = await api.GetAsync(Name("listed"), None);

        Assert.Equal("listed", NameOf(Assert.Single(page.Items)));
        Assert.NotEqual("", page.ResourceVersion);
        Assert.Null(page.Continue);
        Assert.Equal("listed", NameOf(read));
        await api.DeleteAsync(Name("other"), new DeleteRequest(null, null), None);
    }

    [ContractFact]
    public async Task A_watch_begins_with_its_own_version_and_tells_each_change_in_order()
    {
        await using var api = Open();
        var version = (await api.ListAsync(Query, null, None)).ResourceVersion;
        await using var watch = api.WatchAsync(Query, version, None).GetAsyncEnumerator();

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal((WatchEventType.Bookmark, version), (watch.Current.Type, watch.Current.ResourceVersion));
        await CreateAsync(api, "watched");
        await api.MergeAsync(Name("watched"), Patch("x", "1"), None);
        await api.DeleteAsync(Name("watched"), new DeleteRequest(null, null), None);

        var seen = new List<(WatchEventType, string)>();
        while (seen.Count < 3 && await watch.MoveNextAsync())
        {
            if (watch.Current.Type != WatchEventType.Bookmark)
            {
                Assert.NotEqual("", watch.Current.ResourceVersion);
                seen.Add((watch.Current.Type, NameOf(watch.Current.Object)));
            }
        }

        Assert.Equal([(WatchEventType.Added, "watched"), (WatchEventType.Modified, "watched"), (WatchEventType.Deleted, "watched")], seen);
    }

    [ContractFact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var api = Open();

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => api.GetAsync(Name("missing"), None));
        var kind = await Assert.ThrowsAsync<KubernetesApiException>(() => api.ListAsync(new ObjectQuery(new ResourceKind("absent.example", "v1", "absentees"), Namespace), null, None));

        Assert.Equal((KubernetesFault.NotFound, 404, "NotFound"), (failure.Fault, failure.StatusCode, failure.Reason));
        Assert.Equal(KubernetesFault.NotFound, kind.Fault);
    }

    [ContractFact]
    public async Task What_exists_already_is_a_conflict_and_what_makes_no_sense_is_invalid()
    {
        await using var api = Open();
        await CreateAsync(api, "twice");

        var twice = await Assert.ThrowsAsync<KubernetesApiException>(() => CreateAsync(api, "twice"));
        var nameless = await Assert.ThrowsAsync<KubernetesApiException>(() => api.CreateAsync(ResourceKind.ConfigMaps, Namespace, [], None));

        Assert.Equal((KubernetesFault.Conflict, "AlreadyExists"), (twice.Fault, twice.Reason));
        Assert.Equal(KubernetesFault.Invalid, nameless.Fault);
    }

    [ContractFact]
    public async Task A_replacement_of_another_version_than_the_last_is_a_conflict()
    {
        await using var api = Open();
        var first = JsonNode.Parse((await CreateAsync(api, "replaced")).GetRawText())!.AsObject();
        first["data"] = new JsonObject { ["x"] = "1" };

        var second = await api.ReplaceAsync(Name("replaced"), first, None);
        var late = await Assert.ThrowsAsync<KubernetesApiException>(() => api.ReplaceAsync(Name("replaced"), first, None));

        Assert.Equal("1", second.GetProperty("data").GetProperty("x").GetString());
        Assert.Equal((KubernetesFault.Conflict, 409), (late.Fault, late.StatusCode));
    }

    [ContractFact]
    public async Task Of_many_that_change_the_same_version_in_the_same_moment_one_succeeds()
    {
        await using var api = Open();
        var version = (await CreateAsync(api, "contested")).GetProperty("metadata").GetProperty("resourceVersion").GetString();
        JsonObject Change(int writer) => new() { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["data"] = new JsonObject { ["writer"] = $"{writer}" } };

        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            await using var own = Open();
            try
            {
                return (await own.MergeAsync(Name("contested"), Change(writer), None)).GetProperty("data").GetProperty("writer").GetString();
            }
            catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Conflict)
            {
                return null;
            }
        }));

        var winner = Assert.Single(written, writer => writer is not null);
        Assert.Equal(winner, (await api.GetAsync(Name("contested"), None)).GetProperty("data").GetProperty("writer").GetString());
    }

    [ContractFact]
    public async Task A_merge_adds_and_removes_and_keeps_the_rest()
    {
        await using var api = Open();
        await CreateAsync(api, "merged");
        await api.MergeAsync(Name("merged"), Patch("x", "1"), None);
        await api.MergeAsync(Name("merged"), Patch("y", "2"), None);

        var merged = await api.MergeAsync(Name("merged"), Patch("x", null), None);

        Assert.Equal("""{"y":"2"}""", merged.GetProperty("data").GetRawText());
    }

    [ContractFact]
    public async Task A_deletion_spares_an_object_of_another_uid()
    {
        await using var api = Open();
        var uid = (await CreateAsync(api, "spared")).GetProperty("metadata").GetProperty("uid").GetString();

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => api.DeleteAsync(Name("spared"), new DeleteRequest("another", null), None));
        await api.GetAsync(Name("spared"), None);
        await api.DeleteAsync(Name("spared"), new DeleteRequest(uid, TimeSpan.Zero), None);

        Assert.Equal(KubernetesFault.Conflict, failure.Fault);
        Assert.Empty((await api.ListAsync(Query, null, None)).Items);
    }

    [ContractFact]
    public async Task A_command_has_an_exit_code_and_two_streams()
    {
        await using var api = Open();

        var (code, output, error) = await RunAsync(api, "sh", "-c", "echo out; echo err >&2; exit 7");

        Assert.Equal((7, "out\n", "err\n"), (code, output, error));
        Assert.Equal((0, "", ""), await RunAsync(api, "true"));
    }

    [ContractFact]
    public async Task Arguments_arrive_as_they_are()
    {
        await using var api = Open();
        string[] strange = ["two words", "", "a&b=c+d%20#?", "'\"\\$HOME", "ä😀"];

        var (code, output, _) = await RunAsync(api, ["sh", "-c", "printf '%s|' \"$@\"", "sh", .. strange]);

        Assert.Equal((0, string.Join('|', strange) + "|"), (code, output));
    }

    [ContractFact]
    public async Task A_command_reads_what_it_is_given()
    {
        await using var api = Open();
        await using var stream = await api.ExecAsync(await ShellAsync(), Command("head", "-c", "200000"), None);
        var data = RandomNumberGenerator.GetBytes(200_000);

        var reading = ReadAsync(stream.Output);
        await stream.Input.WriteAsync(data, None);

        Assert.Equal(data, await reading);
        Assert.Equal(0, await stream.ExitCode);
    }

    [ContractFact]
    public async Task Much_output_arrives_whole()
    {
        await using var api = Open();
        await using var stream = await api.ExecAsync(await ShellAsync(), Command("head", "-c", "5000000", "/dev/zero"), None);

        var output = await ReadAsync(stream.Output);

        Assert.Equal(5_000_000, output.Length);
        Assert.Equal(0, await stream.ExitCode);
    }

    // A real kubelet starts the command first and then looks for sizes.
    [ContractFact]
    public async Task A_terminal_is_told_its_size_and_each_change()
    {
        await using var api = Open();
        const string script = "until [ \"$(stty size)\" = '17 91' ]; do sleep 0.02; done; echo first; until [ \"$(stty size)\" = '40 120' ]; do sleep 0.02; done; read x; echo \"second $x\"; exit 3";
        await using var stream = await api.ExecAsync(await ShellAsync(), Command("sh", "-c", script) with { Terminal = new Size(91, 17) }, None);
        using var output = new StreamReader(stream.Output);

        Assert.Equal("first", await output.ReadLineAsync());
        await stream.ResizeAsync(new Size(120, 40), None);
        await stream.Input.WriteAsync("typed\r"u8.ToArray(), None);

        Assert.Contains("second typed", await output.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await stream.ExitCode);
    }

    [ContractFact]
    public async Task A_program_that_does_not_exist_is_said_to_be_missing()
    {
        await using var api = Open();
        await using var stream = await api.ExecAsync(await ShellAsync(), Command("no-such-program"), None);

        var failure = await Assert.ThrowsAsync<TransportException>(() => stream.ExitCode);

        Assert.Equal(TransportFault.ProgramMissing, failure.Fault);
    }

    [ContractFact]
    public async Task In_a_pod_that_does_not_exist_nothing_runs_and_through_a_transport_it_is_gone()
    {
        await using var api = Open();
        var container = new PodContainer(Namespace, "no-such-pod", "agent");

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => api.ExecAsync(container, Command("true"), None));
        var gone = await Assert.ThrowsAsync<TransportException>(() => new PodExecTransport(api, container).OpenAsync(Command("true"), None).AsTask());

        Assert.Equal(KubernetesFault.NotFound, failure.Fault);
        Assert.Equal(TransportFault.Gone, gone.Fault);
    }

    [ContractFact]
    public async Task Disposing_a_stream_ends_its_reader_and_leaves_the_exit_code_unknown()
    {
        await using var api = Open();
        var stream = await api.ExecAsync(await ShellAsync(), Command("sh", "-c", "echo ready; sleep 1000"), None);
        Assert.Equal("ready\n", Encoding.UTF8.GetString(await ReadSomeAsync(stream.Output)));

        await stream.DisposeAsync();

        Assert.Equal(TransportFault.Cut, (await Assert.ThrowsAsync<TransportException>(() => stream.ExitCode)).Fault);
        await Assert.ThrowsAsync<IOException>(() => stream.Input.WriteAsync("x"u8.ToArray(), None).AsTask());
    }

    [ContractFact]
    public async Task A_log_has_its_lines_its_last_lines_and_their_times()
    {
        await using var api = Open();
        var shell = await ShellAsync();

        Assert.Equal("one\ntwo\nthree\n", await LogAsync(api, shell, new LogRequest(false, false, null)));
        Assert.Equal("three\n", await LogAsync(api, shell, new LogRequest(false, false, 1)));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\S+ three\n$", await LogAsync(api, shell, new LogRequest(false, false, 1, Timestamps: true)));
    }

    [ContractFact]
    public async Task A_followed_log_begins_with_what_there_is_and_ends_when_it_is_let_go()
    {
        await using var api = Open();
        using var ending = new CancellationTokenSource();
        await using var log = await api.OpenLogAsync(await ShellAsync(), new LogRequest(true, false, 1), ending.Token);

        Assert.Equal("three\n", Encoding.UTF8.GetString(await ReadSomeAsync(log)));
        var reading = log.ReadAsync(new byte[10], ending.Token);
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.AsTask());
    }

    [ContractFact]
    public async Task Permissions_can_be_asked_for()
    {
        await using var api = Open();

        Assert.True((await api.ReviewAccessAsync(new AccessQuestion("create", ResourceKind.Pods, "exec", Namespace), None)).Allowed);
    }

    /// <summary>Reads a stream to its end.</summary>
    internal static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, None);
        return all.ToArray();
    }

    /// <summary>A command line.</summary>
    internal static CommandSpec Command(string program, params string[] arguments) => new() { Program = program, Arguments = [.. arguments] };

    private static async Task<byte[]> ReadSomeAsync(Stream stream)
    {
        var buffer = new byte[1000];
        return buffer[..await stream.ReadAsync(buffer, None)];
    }

    private static async Task<string> LogAsync(IKubernetesApi api, PodContainer container, LogRequest request)
    {
        await using var log = await api.OpenLogAsync(container, request, None);
        return Encoding.UTF8.GetString(await ReadAsync(log));
    }

    private static string NameOf(JsonElement item) => item.GetProperty("metadata").GetProperty("name").GetString()!;

    private static JsonObject Patch(string key, string? value) => new() { ["data"] = new JsonObject { [key] = value } };

    private static JsonObject ConfigMap(string name, string label)
    {
        var pair = label.Split('=');
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { [pair[0]] = pair[1] } },
        };
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(IKubernetesApi api, string program, params string[] arguments)
    {
        await using var stream = await api.ExecAsync(await ShellAsync(), Command(program, arguments), None);
        var (output, error) = (ReadAsync(stream.Output), ReadAsync(stream.Error));
        return (await stream.ExitCode, Encoding.UTF8.GetString(await output), Encoding.UTF8.GetString(await error));
    }

    private Task<(int Code, string Output, string Error)> RunAsync(IKubernetesApi api, string[] words) => RunAsync(api, words[0], words[1..]);

    private ObjectQuery Query => new(ResourceKind.ConfigMaps, Namespace, _label);

    private ObjectName Name(string name) => new(ResourceKind.ConfigMaps, Namespace, name);

    private Task<JsonElement> CreateAsync(IKubernetesApi api, string name) =>
        api.CreateAsync(ResourceKind.ConfigMaps, Namespace, ConfigMap(name, _label), None);
}
