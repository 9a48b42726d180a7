using System.Collections.Immutable;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Processes;

public sealed class PtyProcessTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(20));

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task A_program_has_a_controlling_terminal_of_the_wanted_size_from_the_start()
    {
        await using var pty = Shell("stty size </dev/tty; test -t 0 && test -t 1 && test -t 2 && echo all three", new Size(97, 31));

        Assert.Equal("31 97\r\nall three\r\n", await ReadToEndAsync(pty));
        Assert.Equal(0, await pty.ExitCode.WaitAsync(_deadline.Token));
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    public async Task The_exit_code_is_that_of_the_program_or_tells_the_signal(string script, int expected)
    {
        await using var pty = Shell(script);

        Assert.Equal(expected, await pty.ExitCode.WaitAsync(_deadline.Token));
    }

    [Fact]
    public async Task Typed_bytes_reach_the_program_and_a_resize_signals_it()
    {
        await using var pty = Shell("trap 'echo changed' WINCH; read line; echo got $line; until read more; do :; done; stty size");

        await pty.Input.WriteAsync("hello\n"u8.ToArray(), _deadline.Token);
        await ReadUntilAsync(pty, "got hello\r\n");
        await pty.ResizeAsync(new Size(120, 40), _deadline.Token);
        await pty.Input.WriteAsync("\n"u8.ToArray(), _deadline.Token);

        // The signal may interrupt the shell before, while or after it reads the line.
        var rest = await ReadToEndAsync(pty);
        Assert.Contains("changed", rest, StringComparison.Ordinal);
        Assert.EndsWith("40 120\r\n", rest, StringComparison.Ordinal);
        Assert.Equal(0, await pty.ExitCode.WaitAsync(_deadline.Token));
    }

    [Fact]
    public async Task Variables_are_inherited_overridden_and_removed_and_the_directory_is_set()
    {
        var spec = new CommandSpec
        {
            Program = "sh",
            Arguments = ["-c", "echo \"$A|${HOME-unset}|${PATH:+path}|$PWD\""],
            Environment = ImmutableDictionary<string, string?>.Empty.Add("A", "ä b").Add("HOME", null),
            Directory = "/",
            Terminal = new Size(80, 24),
        };
        await using var pty = PtyProcess.Start(spec);

        Assert.Equal("ä b|unset|path|/\r\n", await ReadToEndAsync(pty));
    }

    [Fact]
    public async Task A_cancelled_read_leaves_no_byte_behind()
    {
        await using var pty = Shell("read line; echo answer");
        using var cancel = new CancellationTokenSource();
        var read = pty.Output.ReadAsync(new byte[16], cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);

        await pty.Input.WriteAsync("x\n"u8.ToArray(), _deadline.Token);

        Assert.Equal("x\r\nanswer\r\n", await ReadToEndAsync(pty));
    }

    [Fact]
    public async Task Much_output_is_held_back_until_it_is_read_and_none_is_lost()
    {
        await using var pty = Shell("head -c 3000000 /dev/zero | tr '\\0' x");

        var text = await ReadToEndAsync(pty);

        Assert.Equal(3_000_000, text.Length);
    }

    [Fact]
    public async Task A_large_paste_is_written_whole_to_a_slow_reader()
    {
        await using var pty = Shell("stty raw -echo; echo ready; head -c 300000 | wc -c");
        await ReadUntilAsync(pty, "ready");

        await pty.Input.WriteAsync(new byte[300_000], _deadline.Token);

        await ReadUntilAsync(pty, "300000");
    }

    [Fact]
    public async Task Disposing_hangs_up_and_kills_what_ignores_it()
    {
        var polite = Shell("trap 'exit 3' HUP; echo ready; while :; do read x || exit 4; done");
        await ReadUntilAsync(polite, "ready");
        await polite.DisposeAsync();
        Assert.Contains(await polite.ExitCode, new[] { 3, 4 });

        var time = new FakeTimeProvider();
        var stubborn = Shell("trap '' HUP TERM; echo ready; while :; do sleep 1; done", time: time);
        await ReadUntilAsync(stubborn, "ready");
        var disposed = stubborn.DisposeAsync().AsTask();
        time.Advance(PtyProcess.Grace);
        await disposed;
        Assert.Equal(137, await stubborn.ExitCode);
    }

    [Fact]
    public async Task Signals_that_our_runtime_ignores_are_back_at_their_defaults()
    {
        await using var pty = Shell("sh -c 'kill -PIPE $$; echo survived'; echo $?");

        Assert.Equal("141\r\n", await ReadToEndAsync(pty));
    }

    [Fact]
    public void A_missing_program_a_missing_directory_and_a_forbidden_file_are_told_apart()
    {
        var missing = Assert.Throws<TransportException>(() => PtyProcess.Start(new CommandSpec { Program = "no-such-program-here" }));
        var place = Assert.Throws<TransportException>(() => PtyProcess.Start(new CommandSpec { Program = "sh", Directory = "/no/such" }));
        var denied = Assert.Throws<TransportException>(() => PtyProcess.Start(new CommandSpec { Program = "/etc/passwd" }));

        Assert.Equal(TransportFault.ProgramMissing, missing.Fault);
        Assert.Contains("/no/such", place.Message, StringComparison.Ordinal);
        Assert.Equal(TransportFault.Denied, denied.Fault);
    }

    private static PtyProcess Shell(string script, Size? size = null, TimeProvider? time = null) => PtyProcess.Start(
        new CommandSpec { Program = "sh", Arguments = ["-c", script], Terminal = size ?? new Size(80, 24) }, time ?? TimeProvider.System);

    private async Task<string> ReadToEndAsync(PtyProcess pty)
    {
        using var reader = new StreamReader(pty.Output, Encoding.UTF8);
        return await reader.ReadToEndAsync(_deadline.Token);
    }

    private async Task ReadUntilAsync(PtyProcess pty, string expected)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains(expected, StringComparison.Ordinal))
        {
            var count = await pty.Output.ReadAsync(buffer, _deadline.Token);
            Assert.True(count > 0, $"ended before {expected}: {text}");
            text += Encoding.UTF8.GetString(buffer, 0, count);
        }
    }
}
