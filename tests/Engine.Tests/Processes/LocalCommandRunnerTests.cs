using System.Collections.Immutable;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Processes;

public sealed class LocalCommandRunnerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Command_reads_its_input_and_leaves_output_error_and_exit_code()
    {
        var result = await RunAsync("cat; echo oops >&2; exit 6", "höre\nzu");

        Assert.Equal(new CommandResult(6, "höre\nzu", "oops\n"), result);
    }

    [Fact]
    public async Task Command_that_does_not_read_its_input_is_no_error()
    {
        var result = await RunAsync("exit 0", new string('x', 1_000_000));

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Output_is_bounded()
    {
        var result = await RunAsync($"head -c {CommandResult.OutputLimit + 100_000} /dev/zero | tr '\\0' x", null);

        Assert.Equal(CommandResult.OutputLimit, result.Output.Length);
    }

    [Fact]
    public async Task Command_that_takes_too_long_is_killed()
    {
        var clock = new FakeTimeProvider();
        var running = new LocalCommandRunner(clock).RunAsync(Shell("exec sleep 1000"), null, Minute, CancellationToken.None);

        clock.Advance(Minute);

        var failure = await Assert.ThrowsAsync<TransportException>(() => running.WaitAsync(Minute));
        Assert.Equal(TransportFault.Cut, failure.Fault);
    }

    [Fact]
    public async Task Command_that_takes_too_long_is_killed_with_all_that_it_has_started()
    {
        var clock = new FakeTimeProvider();
        var folder = Directory.CreateTempSubdirectory("agentdeck-runner");
        var pipe = Path.Combine(folder.FullName, "pipe");
        Assert.Equal(0, (await RunAsync($"mkfifo '{pipe}'", null)).ExitCode);
        var running = new LocalCommandRunner(clock).RunAsync(
            Shell($"exec 3>'{pipe}'; ((echo started >&3; exec sleep 1000) & wait) & wait"), null, Minute, CancellationToken.None);
        using var living = await Task.Run(() => File.OpenText(pipe)).WaitAsync(Minute);
        Assert.Equal("started", await living.ReadLineAsync().WaitAsync(Minute));

        clock.Advance(Minute);

        await Assert.ThrowsAsync<TransportException>(() => running.WaitAsync(Minute));
        Assert.Null(await living.ReadLineAsync().WaitAsync(Minute));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Output_that_a_background_process_keeps_open_is_not_waited_for_beyond_the_timeout()
    {
        var clock = new FakeTimeProvider();
        var folder = Directory.CreateTempSubdirectory("agentdeck-runner");
        var pipe = Path.Combine(folder.FullName, "pipe");
        Assert.Equal(0, (await RunAsync($"mkfifo '{pipe}'", null)).ExitCode);
        var running = new LocalCommandRunner(clock).RunAsync(
            Shell($"sleep 1000 & echo $! >'{pipe}'"), null, Minute, CancellationToken.None);
        var left = await File.ReadAllTextAsync(pipe).WaitAsync(Minute);
        Assert.False(running.IsCompleted);

        clock.Advance(Minute);

        var failure = await Assert.ThrowsAsync<TransportException>(() => running.WaitAsync(Minute));
        Assert.Equal(TransportFault.Cut, failure.Fault);
        await RunAsync($"kill {left}", null);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Command_without_input_reads_an_empty_one() =>
        Assert.Equal(new CommandResult(0, "", ""), await RunAsync("cat", null));

    [Fact]
    public async Task Variables_are_set_and_removed_and_the_rest_is_inherited()
    {
        var command = Shell("echo \"${SET-none} ${HOME-none} ${PATH:+inherited}\"") with
        {
            Environment = ImmutableDictionary<string, string?>.Empty.Add("SET", "a b").Add("HOME", null),
        };

        var result = await new LocalCommandRunner(TimeProvider.System).RunAsync(command, null, Minute, CancellationToken.None);

        Assert.Equal("a b none inherited\n", result.Output);
    }

    [Fact]
    public async Task Command_runs_in_its_directory_and_a_missing_one_is_named()
    {
        var there = await new LocalCommandRunner(TimeProvider.System).RunAsync(Shell("pwd") with { Directory = "/" }, null, Minute, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<TransportException>(() => new LocalCommandRunner(TimeProvider.System)
            .RunAsync(Shell("pwd") with { Directory = "/no/such/folder" }, null, Minute, CancellationToken.None));

        Assert.Equal("/\n", there.Output);
        Assert.Contains("/no/such/folder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_that_gives_up_kills_the_command()
    {
        using var cancelled = new CancellationTokenSource();
        var running = new LocalCommandRunner(TimeProvider.System).RunAsync(Shell("exec sleep 1000"), null, Minute, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Minute));
    }

    [Fact]
    public async Task Missing_program_says_so()
    {
        var failure = await Assert.ThrowsAsync<TransportException>(
            () => new LocalCommandRunner(TimeProvider.System).RunAsync(new CommandSpec { Program = "no-such-program-here" }, null, Minute, CancellationToken.None));

        Assert.Equal(TransportFault.ProgramMissing, failure.Fault);
    }

    private static Task<CommandResult> RunAsync(string shellCommand, string? input) =>
        new LocalCommandRunner(TimeProvider.System).RunAsync(Shell(shellCommand), input, Minute, CancellationToken.None);

    private static CommandSpec Shell(string command) => new() { Program = "sh", Arguments = ["-c", command] };
}
