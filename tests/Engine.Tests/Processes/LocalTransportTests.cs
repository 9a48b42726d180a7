using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Processes;

public sealed class LocalTransportTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Streams_and_exit_code_of_a_command_are_its_own()
    {
        await using var stream = await OpenAsync("read line; echo \"out:$line\"; echo err >&2; exit 4");

        await stream.Input.WriteAsync("héllo\n"u8.ToArray());
        await stream.Input.FlushAsync();

        Assert.Equal("out:héllo\n", await ReadAsync(stream.Output));
        Assert.Equal("err\n", await ReadAsync(stream.Error));
        Assert.Equal(4, await stream.ExitCode.WaitAsync(Deadline));
    }

    [Fact]
    public async Task Ten_megabytes_arrive_whole_whatever_the_size_of_the_reads()
    {
        await using var stream = await OpenAsync("seq 1 1300000");
        var arrived = new MemoryStream();
        var buffer = new byte[12_345];
        int count;
        while ((count = await stream.Output.ReadAsync(buffer.AsMemory(0, 1 + ((int)arrived.Length % buffer.Length)))) > 0)
        {
            arrived.Write(buffer, 0, count);
        }

        var printed = string.Concat(Enumerable.Range(1, 1_300_000).Select(number => $"{number}\n"));
        Assert.True(arrived.ToArray().AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(printed)), "something was lost or repeated");
        Assert.Equal(0, await stream.Output.ReadAsync(buffer));
    }

    [Fact]
    public async Task Read_that_was_cancelled_loses_nothing()
    {
        await using var stream = await OpenAsync("read go; echo answer");
        using var cancelled = new CancellationTokenSource();
        var reading = stream.Output.ReadAsync(new byte[10], cancelled.Token).AsTask();

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await stream.Input.WriteAsync("\n"u8.ToArray());
        await stream.Input.FlushAsync();

        Assert.Equal("answer\n", await ReadAsync(stream.Output));
    }

    [Fact]
    public async Task Disposing_kills_the_command_and_not_what_it_has_started()
    {
        await using var stream = await OpenAsync("sleep 1000 </dev/null >/dev/null 2>&1 & echo $!; read go");
        var child = new byte[32];
        var length = await stream.Output.ReadAsync(child);
        using var started = Process.GetProcessById(int.Parse(Encoding.ASCII.GetString(child, 0, length), System.Globalization.CultureInfo.InvariantCulture));

        await stream.DisposeAsync();

        Assert.Equal(128 + 9, await stream.ExitCode.WaitAsync(Deadline));
        Assert.False(started.HasExited);
        started.Kill();
    }

    [Fact]
    public async Task What_cannot_be_started_says_why()
    {
        var transport = new LocalTransport(TimeProvider.System);

        var missing = await Assert.ThrowsAsync<TransportException>(
            async () => await transport.OpenAsync(new CommandSpec { Program = "no-such-program-here" }, CancellationToken.None));
        var folder = await Assert.ThrowsAsync<TransportException>(
            async () => await transport.OpenAsync(new CommandSpec { Program = "sh", Directory = "/no/such/folder" }, CancellationToken.None));

        Assert.Equal(TransportFault.ProgramMissing, missing.Fault);
        Assert.Contains("no-such-program-here", missing.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/folder", folder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_is_in_a_session_of_its_own_where_no_signal_of_our_terminal_reaches_it()
    {
        await using var stream = await OpenAsync("ps -o sid= -p $$; echo $$");

        var lines = (await ReadAsync(stream.Output)).Split('\n', StringSplitOptions.TrimEntries);

        Assert.Equal(lines[1], lines[0]);
    }

    [Fact]
    public async Task A_command_holds_both_ends_of_its_output_so_that_nothing_it_prints_fails_when_we_are_killed()
    {
        await using var stream = await OpenAsync("""[ /proc/$$/fd/1 -ef /proc/$$/fd/3 ] && echo both""");

        Assert.Equal("both\n", await ReadAsync(stream.Output));
    }

    [Fact]
    public async Task Variables_are_set_and_removed()
    {
        var command = new CommandSpec
        {
            Program = "sh",
            Arguments = ["-c", "echo \"$PROBE-${HOME-none}\""],
            Environment = ImmutableDictionary<string, string?>.Empty.Add("PROBE", "é").Add("HOME", null),
        };
        await using var stream = await new LocalTransport(TimeProvider.System).OpenAsync(command, CancellationToken.None);

        Assert.Equal("é-none\n", await ReadAsync(stream.Output));
    }

    private static ValueTask<ICommandStream> OpenAsync(string shellCommand) =>
        new LocalTransport(TimeProvider.System).OpenAsync(new CommandSpec { Program = "sh", Arguments = ["-c", shellCommand] }, CancellationToken.None);

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(Deadline);
    }
}
