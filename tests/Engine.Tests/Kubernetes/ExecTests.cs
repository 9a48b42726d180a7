using System.Net.WebSockets;
using System.Text;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class ExecTests : IAsyncLifetime
{
    private static readonly PodContainer Shell = new("deck", "shell", "agent");
    private FakeCluster _cluster = null!;
    private IKubernetesApi _api = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        _cluster.AddPod("shell");
        _api = _cluster.Open();
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task The_container_is_named_whatever_else_is_in_the_pod()
    {
        await using var stream = await OpenAsync("true");
        Assert.Equal(0, await stream.ExitCode);

        Assert.Contains("?container=agent&", Assert.Single(_cluster.Server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_the_input_is_end_of_file()
    {
        await using var stream = await OpenAsync("cat");

        await stream.Input.WriteAsync("all"u8.ToArray());
        await stream.Input.DisposeAsync();

        Assert.Equal("all", await TextAsync(stream.Output));
        Assert.Equal(0, await stream.ExitCode);
    }

    [Fact]
    public async Task An_old_server_speaks_v4()
    {
        _cluster.Server.Exec.Protocols = ["v4.channel.k8s.io"];
        await using var stream = await OpenAsync("head", "-n1");

        await stream.Input.WriteAsync("line\n"u8.ToArray());
        await stream.Input.DisposeAsync();

        Assert.Equal("line\n", await TextAsync(stream.Output));
        Assert.Equal(0, await stream.ExitCode);
    }

    [Fact]
    public async Task A_server_that_speaks_neither_is_said_so()
    {
        _cluster.Server.Exec.Protocols = [];

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => OpenAsync("true"));

        Assert.Equal(KubernetesFault.Server, failure.Fault);
        Assert.Contains("v4.channel.k8s.io", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_ends_without_a_status_was_cut()
    {
        _cluster.Server.Exec.Instead = socket => FakeExec.SendAsync(socket, 1, "half"u8.ToArray());
        await using var stream = await OpenAsync("true");

        Assert.Equal("half", await TextAsync(stream.Output));
        Assert.Equal(TransportFault.Cut, (await Assert.ThrowsAsync<TransportException>(() => stream.ExitCode)).Fault);
    }

    [Fact]
    public async Task A_status_counts_also_without_a_farewell()
    {
        _cluster.Server.Exec.Instead = socket => FakeExec.SendAsync(socket, 3, """{"status":"Success"}"""u8.ToArray());
        await using var stream = await OpenAsync("true");

        Assert.Equal(0, await stream.ExitCode);
    }

    [Fact]
    public async Task A_failure_after_output_says_nothing_of_how_the_command_ended()
    {
        _cluster.Server.Exec.Instead = async socket =>
        {
            await FakeExec.SendAsync(socket, 1, "x"u8.ToArray());
            await FakeExec.SendAsync(socket, 3, """{"status":"Failure","message":"the runtime died"}"""u8.ToArray());
        };
        await using var stream = await OpenAsync("true");

        Assert.Equal(TransportFault.Cut, (await Assert.ThrowsAsync<TransportException>(() => stream.ExitCode)).Fault);
    }

    [Fact]
    public async Task Fragments_empty_messages_and_unknown_channels_do_no_harm()
    {
        _cluster.Server.Exec.Instead = async socket =>
        {
            await FakeExec.SendAsync(socket, 1, []);
            await FakeExec.SendAsync(socket, 9, "?"u8.ToArray());
            await socket.SendAsync(new byte[] { 1 }, WebSocketMessageType.Binary, false, default);
            await socket.SendAsync("ab"u8.ToArray(), WebSocketMessageType.Binary, false, default);
            await socket.SendAsync("c"u8.ToArray(), WebSocketMessageType.Binary, true, default);
            await FakeExec.SendAsync(socket, 3, "not json"u8.ToArray());
        };
        await using var stream = await OpenAsync("true");

        Assert.Equal("abc", await TextAsync(stream.Output));
        Assert.Equal(TransportFault.Cut, (await Assert.ThrowsAsync<TransportException>(() => stream.ExitCode)).Fault);
    }

    [Fact]
    public async Task A_container_that_just_started_is_tried_again()
    {
        _cluster.Server.Next("/exec", async context =>
        {
            context.Response.StatusCode = 500;
            await context.Response.Body.WriteAsync("container not found (\"agent\")"u8.ToArray());
        });

        var opening = OpenAsync("true");
        while (_cluster.Time.PendingTimers < 2)
        {
            await Task.Yield();
        }

        _cluster.Time.Advance(TimeSpan.FromMilliseconds(250));

        await using var stream = await opening;
        Assert.Equal(0, await stream.ExitCode);
    }

    [Fact]
    public async Task A_refusal_is_denied_with_its_reason()
    {
        _cluster.Server.Fail("/exec", 403, "Forbidden", "pods \"shell\" is forbidden: no create on pods/exec");

        var failure = await Assert.ThrowsAsync<TransportException>(() => new PodExecTransport(_api, Shell).OpenAsync(KubernetesApiContract.Command("true"), default).AsTask());

        Assert.Equal(TransportFault.Denied, failure.Fault);
        Assert.Contains("no create on pods/exec", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_nobody_reads_makes_the_command_wait()
    {
        var sent = 0;
        var stalled = new TaskCompletionSource();
        _cluster.Server.Exec.Instead = async socket =>
        {
            var part = new byte[32 * 1024];
            while (sent < 1000)
            {
                var sending = FakeExec.SendAsync(socket, 1, part);
                if (!sending.IsCompleted && sent > 8)
                {
                    stalled.TrySetResult();
                }

                await sending;
                sent++;
            }

            await FakeExec.SendAsync(socket, 3, """{"status":"Success"}"""u8.ToArray());
        };
        await using var stream = await OpenAsync("true");
        await stalled.Task;

        Assert.False(stream.ExitCode.IsCompleted);
        Assert.Equal(1000 * 32 * 1024, (await KubernetesApiContract.ReadAsync(stream.Output)).Length);
        Assert.Equal(0, await stream.ExitCode);
    }

    private static async Task<string> TextAsync(Stream stream) => Encoding.UTF8.GetString(await KubernetesApiContract.ReadAsync(stream));

    private Task<ICommandStream> OpenAsync(string program, params string[] arguments) =>
        _api.ExecAsync(Shell, KubernetesApiContract.Command(program, arguments), default);
}
