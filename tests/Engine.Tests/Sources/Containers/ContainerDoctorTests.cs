using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Processes;

namespace AgentDeck.Engine.Tests.Sources.Containers;

/// <summary>A runtime that is a script: broken ones cannot be had at will.</summary>
public sealed class ContainerDoctorTests : IDisposable
{
    private const string Works = """
        case "$*" in
          --version) echo 'Docker version 24.0.7' ;;
          ps*) echo 1111; echo 2222; echo 3333; echo 4444 ;;
          'container inspect'*)
            for name in with without broken ended; do
              state=running; [ $name = ended ] && state=exited
              echo '{"id":"id-'$name'","name":"/agent-'$name'","state":"'$state'","labels":{}}'
            done ;;
          'exec -i id-with tmux -V') echo 'tmux 3.4' ;;
          'exec -i id-without tmux -V') exit 127 ;;
          *) echo 'no exec here' >&2; exit 1 ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-doctor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Which_containers_are_found_and_what_tmux_is_in_those_that_run()
    {
        var found = await ExamineAsync(Works, "main");

        Assert.Equal(
            [
                (true, "Docker version 24.0.7"),
                (true, "4 with a name like agent-*, 3 of them running"),
                (false, "docker exec: no exec here"),
                (true, "tmux 3.4 in agent-with, where session main is looked for"),
                (false, "there is no tmux in agent-without: its log stands for its screen, and it takes no keys"),
            ],
            found.Select(finding => (finding.IsGood, finding.Text)));
        Assert.All(found, finding => Assert.Equal(finding.IsGood, finding.Remedy is null));
    }

    [Fact]
    public async Task Where_logs_stand_for_screens_no_container_is_looked_into() =>
        Assert.Equal(["Docker version 24.0.7", "4 with a name like agent-*, 3 of them running"], (await ExamineAsync(Works, "")).Select(finding => finding.Text));

    [Fact]
    public async Task A_daemon_that_does_not_answer_is_told_in_its_words_with_a_remedy_and_nothing_more_is_asked()
    {
        var found = await ExamineAsync("[ \"$1\" = --version ] && { echo 'Docker version 24.0.7'; exit 0; }\necho 'Cannot connect to the Docker daemon' >&2\nexit 1", "main");

        Assert.Equal([(true, "Docker version 24.0.7"), (false, "docker ps: Cannot connect to the Docker daemon")], found.Select(finding => (finding.IsGood, finding.Text)));
        Assert.Contains("systemctl status docker", found[1].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selection_that_nothing_fits_is_told_with_what_to_do()
    {
        var found = await ExamineAsync("[ \"$1\" = --version ] && echo 'Docker version 24.0.7'; exit 0", "main");

        Assert.Equal((true, "no container has a name like agent-*"), (found[1].IsGood, found[1].Text));
        Assert.Contains("label_selector", found[1].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_told_with_a_remedy()
    {
        var found = Assert.Single(await ExamineAsync(new ContainerSourceSpec("box", "scion") { Runtime = ContainerRuntime.Podman, Program = ["agentdeck-no-such-runtime"] }));

        Assert.Equal((false, "cannot start agentdeck-no-such-runtime: it was not found in PATH; install it"), (found.IsGood, found.Text));
        Assert.StartsWith("install podman, or say with program", found.Remedy, StringComparison.Ordinal);
    }

    private static ValueTask<List<SourceFinding>> ExamineAsync(ContainerSourceSpec spec) =>
        ContainerDoctor.ExamineAsync(spec, new LocalCommandRunner(TimeProvider.System), TimeProvider.System, CancellationToken.None).ToListAsync();

    private ValueTask<List<SourceFinding>> ExamineAsync(string runtime, string session)
    {
        var path = Path.Combine(_folder, "runtime");
        File.WriteAllText(path, runtime);
        return ExamineAsync(new ContainerSourceSpec("box", "plain") { Program = ["sh", path], Names = "agent-*", Session = session });
    }
}
