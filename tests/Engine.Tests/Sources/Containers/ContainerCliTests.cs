using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources.Containers;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources.Containers;

public sealed class ContainerCliTests : IDisposable
{
    private static readonly ContainerSelection Everything = new("app=agent", null);

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-cli-").FullName;
    private readonly LocalTransport _here = new(TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_command_goes_into_its_container_as_its_words_and_as_its_user()
    {
        var command = new CommandSpec { Program = "tmux", Arguments = ["a b", "$x"] };
        var cli = new ContainerCli(new ContainerSourceSpec("c", "plain") { Program = ["sudo", "docker"] }, new LocalCommandRunner(TimeProvider.System));

        var exec = cli.Exec("id1", "ann", ["A=b"], command);

        Assert.Equal("sudo", exec.Program);
        Assert.Equal("docker|exec|-i|-u|ann|-e|A=b|id1|tmux|a b|$x", string.Join('|', exec.Arguments));
    }

    [Theory]
    [InlineData(ContainerRuntime.Podman, "--detach-keys=")]
    [InlineData(ContainerRuntime.Docker, "--detach-keys=ctrl-^,ctrl-^,ctrl-^,ctrl-^,ctrl-^,ctrl-^")]
    public void On_a_terminal_the_runtime_keeps_no_key_to_itself(ContainerRuntime runtime, string keys)
    {
        var cli = new ContainerCli(new ContainerSourceSpec("c", "plain") { Runtime = runtime }, new LocalCommandRunner(TimeProvider.System));

        var exec = cli.Exec("id1", null, [], new CommandSpec { Program = "sh", Terminal = new Size(90, 20) });

        Assert.Equal($"exec|-i|-t|{keys}|id1|sh", string.Join('|', exec.Arguments));
        Assert.Equal(new Size(90, 20), exec.Terminal);
    }

    [Fact]
    public async Task What_follows_events_ends_when_whoever_started_it_is_gone()
    {
        var cli = CliOf("exec sleep 1000");
        await using var events = await _here.OpenAsync(cli.Events(Everything, DateTimeOffset.UnixEpoch), CancellationToken.None);

        await events.Input.DisposeAsync();

        Assert.Equal(128 + 15, await events.ExitCode.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_log_has_both_outputs_and_fails_when_its_reader_does()
    {
        var cli = CliOf("echo one; echo two >&2; exit 3");
        await using var log = new CommandOutput(await _here.OpenAsync(cli.Logs("id1", new(Follow: true, Previous: false, 10)), CancellationToken.None));
        using var text = new StreamReader(log);

        Assert.Equal("one", await text.ReadLineAsync());
        Assert.Equal("two", await text.ReadLineAsync());
        await Assert.ThrowsAsync<IOException>(async () => await text.ReadLineAsync());
    }

    [Theory]
    [InlineData(126)]
    [InlineData(127)]
    public async Task A_program_that_the_container_lacks_is_told_from_one_that_failed(int exitCode)
    {
        var missing = new ContainerExec(CliOf($"exit {exitCode}"), _here, "id1", null, []);
        await using var stream = await missing.OpenAsync(new CommandSpec { Program = "tmux" }, CancellationToken.None);

        var failure = await Assert.ThrowsAsync<TransportException>(() => stream.ExitCode);

        Assert.Equal(TransportFault.ProgramMissing, failure.Fault);
        await using var failed = await new ContainerExec(CliOf("exit 1"), _here, "id1", null, []).OpenAsync(new CommandSpec { Program = "tmux" }, CancellationToken.None);
        Assert.Equal(1, await failed.ExitCode);
    }

    [Fact]
    public async Task What_a_runtime_refuses_is_told_in_its_words_without_secrets_and_escapes()
    {
        var cli = CliOf("printf 'warning\\nError: \\033[1mno such container --password=hunter2\\n' >&2; exit 125");

        var failure = await Assert.ThrowsAsync<TransportException>(() => cli.StartAsync("id1", CancellationToken.None));

        Assert.Contains("docker start: Error: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public async Task Containers_are_gone_by_the_word_of_a_runtime_that_answers_and_not_by_its_silence()
    {
        var answering = CliOf("[ \"$1\" = ps ] || { echo 'no such container' >&2; exit 1; }");
        Assert.Empty(await answering.InspectAsync(["id1"], CancellationToken.None));

        var silent = CliOf("echo 'cannot connect' >&2; exit 1");
        var failure = await Assert.ThrowsAsync<TransportException>(() => silent.InspectAsync(["id1"], CancellationToken.None));
        Assert.Equal(TransportFault.Unreachable, failure.Fault);
    }

    private ContainerCli CliOf(string script)
    {
        var path = Path.Combine(_folder, "runtime");
        File.WriteAllText(path, script);
        return new ContainerCli(new ContainerSourceSpec("c", "plain") { Program = ["sh", path] }, new LocalCommandRunner(TimeProvider.System));
    }
}
