using System.Text;
using System.Text.RegularExpressions;
using AgentDeck.Testing;
using AgentDeck.Tui.Terminal.Device;

namespace AgentDeck.Tui.Tests.Terminal.Device;

/// <summary>On a real pseudo-terminal with a real program: <c>tests/TerminalProbe</c>.</summary>
public sealed class ScreenHostTests
{
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "AgentDeck.TerminalProbe");
    private static readonly string Enter = Encoding.ASCII.GetString(TerminalModes.Enter);
    private static readonly string Leave = Encoding.ASCII.GetString(TerminalModes.Leave);
    private static readonly string Reset = Encoding.ASCII.GetString(TerminalModes.Reset);

    [Theory]
    [InlineData("q", null, 0)]
    [InlineData("e", null, 3)]
    [InlineData("c", null, 134)]
    [InlineData(null, "TERM", 4)]
    [InlineData(null, "HUP", 4)]
    [InlineData(null, "INT", 4)]
    [InlineData(null, "QUIT", 4)]
    public async Task However_the_program_ends_the_terminal_is_given_back_once(string? key, string? signal, int exitCode)
    {
        await using var terminal = Shell("stty -g; \"$0\"; code=$?; echo; stty -g; exit $code");
        var process = await StartedAsync(terminal);

        if (key is not null)
        {
            await terminal.TypeAsync(key);
        }
        else
        {
            await SignalAsync(signal!, process);
        }

        Assert.Equal(exitCode, await terminal.WaitForExitAsync());
        AssertGivenBack(terminal.Output);
        Assert.Single(Occurrences(terminal.Output, Enter));
        Assert.Single(Occurrences(terminal.Output, Leave));
    }

    [Fact]
    public async Task A_stopped_program_gives_the_terminal_back_and_takes_it_again_when_it_goes_on()
    {
        await using var terminal = Shell("set -m; stty -g; \"$0\"; echo stopped; stty -g; echo going on; fg; echo; stty -g");
        await StartedAsync(terminal);

        await terminal.TypeAsync("z");
        await terminal.WaitForAsync(Leave);
        await terminal.WaitForAsync("going on");
        await terminal.WaitForAsync(Enter);
        await terminal.WaitForAsync("[ready");
        await terminal.WaitForAsync("[resumed]");
        await terminal.TypeAsync("q");
        await terminal.WaitForExitAsync();

        AssertGivenBack(terminal.Output);
        Assert.Equal(3, Settings(terminal.Output).Count);
        Assert.Equal(2, Occurrences(terminal.Output, Leave).Count);
    }

    [Fact]
    public async Task A_terminal_that_is_closed_ends_the_program_in_order()
    {
        await using var terminal = PtyTerminal.Start(Probe, []);
        await StartedAsync(terminal);

        Assert.Equal(4, await terminal.CloseAsync());
    }

    [Fact]
    public async Task Where_no_shell_could_continue_it_the_program_is_not_stopped()
    {
        await using var terminal = PtyTerminal.Start(Probe, []);
        await StartedAsync(terminal);

        await terminal.TypeAsync("zx");

        await terminal.WaitForAsync("[key x]");
    }

    [Fact]
    public async Task Keys_pastes_and_sizes_arrive()
    {
        await using var terminal = PtyTerminal.Start(Probe, [], 97, 31);
        await terminal.WaitForAsync("97x31]");

        await terminal.TypeAsync("\e[1;5A");
        await terminal.WaitForAsync("[key ctrl+up]");
        await terminal.TypeAsync("\e[200~hello\e[201~");
        await terminal.WaitForAsync("[paste hello]");
        await terminal.TypeAsync("\e");
        await terminal.WaitForAsync("[key escape]");
        await terminal.ResizeAsync(120, 40);
        await terminal.WaitForAsync("[size 120x40]");
        await terminal.TypeAsync("\u0004");
        await terminal.WaitForAsync("[key ctrl+d]");
    }

    [Fact]
    public async Task A_lease_lends_the_raw_terminal_repaints_when_it_is_back_and_rings_only_then()
    {
        await using var terminal = Shell("stty -g; \"$0\"; echo; stty -g");
        await StartedAsync(terminal);

        await terminal.TypeAsync("l");
        await terminal.WaitForAsync(Leave);
        await terminal.WaitForAsync("(lent)(cancelled)");
        await terminal.TypeAsync("\u001d");
        await terminal.WaitForAsync("(read 1D)");
        await terminal.WaitForAsync(Reset + Enter);
        await terminal.WaitForAsync("[ready");
        await terminal.WaitForAsync("\e]9;AgentDeck: missed\e\\\a");
        await terminal.TypeAsync("x");
        await terminal.WaitForAsync("[key x]");
        await terminal.TypeAsync("q");
        await terminal.WaitForExitAsync();

        AssertGivenBack(terminal.Output);
    }

    [Fact]
    public async Task A_program_that_is_killed_while_the_terminal_is_lent_resets_it()
    {
        await using var terminal = Shell("stty -g; \"$0\"; echo; stty -g");
        var process = await StartedAsync(terminal);
        await terminal.TypeAsync("l");
        await terminal.WaitForAsync("(cancelled)");

        await SignalAsync("TERM", process);
        await terminal.WaitForAsync(Reset);
        await terminal.WaitForAsync("closed: SIGTERM");
        await terminal.WaitForExitAsync();

        AssertGivenBack(terminal.Output);
    }

    [Fact]
    public async Task A_program_is_not_stopped_while_the_terminal_is_lent()
    {
        // A signal that is looked at late, when the terminal is ours again, may stop it: it then goes on.
        await using var terminal = Shell("set -m; \"$0\"; echo \"code $?\"; fg 2>/dev/null");
        var process = await StartedAsync(terminal);
        await terminal.TypeAsync("l");
        await terminal.WaitForAsync("(cancelled)");

        await SignalAsync("TSTP", process);
        await terminal.TypeAsync("a");
        var lent = await terminal.WaitForAsync("(read 61)");
        await terminal.TypeAsync("\u001d");
        lent += await terminal.WaitForAsync(Reset + Enter);
        await terminal.WaitForAsync("[ready");
        await terminal.TypeAsync("q");
        await terminal.WaitForExitAsync();

        Assert.DoesNotContain("code", lent, StringComparison.Ordinal);
        Assert.Contains("code", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$0\" </dev/null", "standard input is no terminal")]
    [InlineData("\"$0\" | cat", "standard output is no terminal")]
    [InlineData("TERM=dumb \"$0\"", "TERM is 'dumb'")]
    public async Task Without_a_terminal_the_reason_is_told(string script, string expected)
    {
        await using var terminal = Shell(script);

        await terminal.WaitForAsync(expected);
        await terminal.WaitForAsync("agentdeck --once");
    }

    private static PtyTerminal Shell(string script) => PtyTerminal.Start("sh", ["-c", script, Probe]);

    private static async Task<string> StartedAsync(PtyTerminal terminal)
    {
        await terminal.WaitForAsync("[ready ");
        return (await terminal.WaitForAsync(" "))[..^1];
    }

    private static async Task SignalAsync(string signal, string process)
    {
        await using var kill = PtyTerminal.Start("kill", [$"-{signal}", process]);
        Assert.Equal(0, await kill.WaitForExitAsync());
    }

    private static void AssertGivenBack(string output) => Assert.Single(Settings(output).Distinct());

    // What "stty -g" prints: the whole line discipline in hexadecimal.
    private static List<string> Settings(string output) => [.. Regex.Matches(output, "(?m)^[0-9a-f]+(:[0-9a-f]+){10,}").Select(match => match.Value)];

    private static List<int> Occurrences(string text, string wanted)
    {
        var found = new List<int>();
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            found.Add(at);
        }

        return found;
    }
}
