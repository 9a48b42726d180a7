using AgentDeck.Engine.Domain;
using AgentDeck.Testing;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class DoctorVerbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("agentdeck-doctor-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_machine_that_has_everything_is_well()
    {
        var run = Run();

        Assert.Equal(0, await run.RunAsync("doctor"));
        Golden.Verify("Doctor.well", run.Console.OutText.Replace(_directory, "~", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_told_with_a_remedy()
    {
        var run = Run(Fleets.Of([], new SourceStatus("here", "local", SourceLink.Unreachable, null, "tmux was not found")));
        run.Tools.Answers.Clear();
        run.Environment["TERM"] = "dumb";
        run.Environment["LANG"] = "C";
        File.WriteAllText(Path.Combine(_directory, "agents.toml"), "[deck]\npannes = 1\n[[source]]\nname = 'here'\nkind = 'local'\nsocket = 'x'\n");

        Assert.Equal(1, await run.RunAsync("doctor"));
        Golden.Verify("Doctor.ill", run.Console.OutText.Replace(_directory, "~", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tmux 3.3a", "ok  ")]
    [InlineData("tmux 3.2", "ok  ")]
    [InlineData("tmux next-3.6", "ok  ")]
    [InlineData("tmux openbsd-7.4", "ok  ")]
    [InlineData("tmux 3.1c", "warn")]
    [InlineData("tmux 2.9", "warn")]
    [InlineData("tmux master", "warn")]
    public async Task A_tmux_that_cannot_push_changes_is_doubtful(string version, string mark)
    {
        var run = Run();
        run.Tools.Answers["tmux"] = version;

        Assert.Equal(0, await run.RunAsync("doctor"));
        Assert.StartsWith($"{mark} tmux: ", run.Console.OutText, StringComparison.Ordinal);
    }

    private CliRun Run(FleetSnapshot? fleet = null)
    {
        var run = new CliRun(fleet ?? Fleets.Of([Fleets.Agent("here/clock")]), new FakeCliConsole { Width = 100 }) { Directory = _directory };
        run.Environment["HOME"] = _directory;
        run.Environment["TERM"] = "xterm-256color";
        run.Environment["LANG"] = "C.UTF-8";
        return run;
    }
}
