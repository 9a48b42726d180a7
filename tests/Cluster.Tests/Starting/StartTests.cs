using System.Collections.Immutable;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Starting;

[Collection(ClusterCollection.Name)]
public sealed class StartTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-start-").FullName;

    [ClusterFact]
    public async Task A_declared_agent_starts_with_its_files_is_set_up_and_is_stopped()
    {
        Write("d/run.sh", "#!/bin/sh\necho ran", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Write("d/sub/note", "staged", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write("setup.sh", "tmux send-keys -t =main: 'scripted' Enter", UnixFileMode.UserRead);
        var agent = Spec("coder", "cat sub/note; ./run.sh; echo in $PWD as $GC_AGENT with $PREPARED; exec cat") with
        {
            Directory = "demo",
            Environment = ImmutableDictionary<string, string>.Empty.Add("GC_ALIAS", "rig/coder").Add("PREPARED", "ready"),
            Setup = new AgentSetup
            {
                PreStart = ["mkdir -p /workspace/made", "false"],
                SessionSetup = ["tmux set-option -g status off", "echo no such thing >&2; exit 3"],
                SessionSetupScript = At("setup.sh"),
                Stage = [new StagedFile(At("d"), "demo"), new StagedFile(At("nothing"), "")],
                Labels = ImmutableDictionary<string, string>.Empty.Add("team", "blue"),
            },
        };
        await using var deck = Open(agent);

        // It is declared to run, so nobody has to press a key.
        var running = await deck.SeeAsync("k/coder", status => Message(status).Contains("nothing is not there", StringComparison.Ordinal));
        var pane = (await deck.SeePaneAsync("k/coder", "scripted")).Content;
        var screen = System.Text.Encoding.UTF8.GetString(pane.Span);

        Assert.Contains("staged", screen, StringComparison.Ordinal);
        Assert.Contains("ran", screen, StringComparison.Ordinal);
        Assert.Contains("in /workspace/demo as rig/coder with ready", screen, StringComparison.Ordinal);
        running = await deck.SeeAsync("k/coder", status => Message(status).Contains("session_setup 2 failed: exit code 3: no such thing", StringComparison.Ordinal));
        Assert.Contains("pre_start 2 failed", Message(running.Status), StringComparison.Ordinal);
        Assert.DoesNotContain("session_setup 1", Message(running.Status), StringComparison.Ordinal);
        Assert.Null(running.Status.Drift);
        Assert.Equal("500 600", (await ExecAsync("coder", "stat -c %a /workspace/demo/run.sh /workspace/demo/sub/note; [ -d /workspace/made ]")).Replace('\n', ' ').Trim());
        var pod = await space.Kubectl.GetAsync("pod", "coder");
        Assert.Equal("rig-coder", pod.GetProperty("metadata").GetProperty("labels").GetProperty("gc-agent").GetString());

        await deck.SeeAsync("k/coder", status => status.Phase == AgentPhase.Running);
        Assert.Equal("done", (await ExecAsync("coder", "tmux show-options -v -t =main: @agentdeck_setup")).Trim());
        await using (var next = Open(agent))
        {
            await next.SeeAsync("k/coder", status => Message(status).Contains("pre_start 2 failed", StringComparison.Ordinal) && Message(status).Contains("session_setup 2 failed", StringComparison.Ordinal));
        }

        // What runs is left as it is.
        Assert.Equal(OperationOutcome.Refused, (await deck.DoAsync("k/coder", new SessionCommand.Start())).Outcome);
        Assert.Contains("scripted", await ExecAsync("coder", "cat /tmp/agent-output.log"), StringComparison.Ordinal);

        Assert.Equal(OperationOutcome.Succeeded, (await deck.DoAsync("k/coder", new SessionCommand.Stop())).Outcome);
        await deck.SeeAsync("k/coder", status => status is { Phase: AgentPhase.Stopped, Pod: null });
    }

    [ClusterTheory]
    [InlineData("image", "agentdeck.test/nothing:1", "")]
    [InlineData("cpu", "", "Unschedulable")]
    [InlineData("crash", "", "")]
    public async Task What_keeps_an_agent_from_starting_is_said_at_once(string what, string image, string reason)
    {
        var pod = new PodDeclaration { Image = image.Length > 0 ? image : null, CpuRequest = what == "cpu" ? "900" : "1m", CpuLimit = what == "cpu" ? "900" : null };
        var agent = Spec(what, "x") with { Pod = pod, Desired = DesiredState.Stopped };
        if (what == "crash")
        {
            // When no session can be made, the program of the container ends.
            agent = agent with { Setup = new AgentSetup { PreStart = ["printf '#!/bin/sh\\necho broken >&2\\nexit 7\\n' > \"$(command -v tmux)\""] } };
        }

        await using var deck = Open(agent);
        await deck.SeeAsync($"k/{what}", status => status.Phase == AgentPhase.Stopped);

        var result = await deck.DoAsync($"k/{what}", new SessionCommand.Start());

        Assert.Equal(OperationOutcome.Failed, result.Outcome);
        Assert.Contains(what switch { "image" => "its image cannot be pulled", "cpu" => "no node can take it", _ => "it ended with exit code 7" }, result.Message, StringComparison.Ordinal);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        var shown = await deck.SeeAsync($"k/{what}", status => status.Pod is not null);
        Assert.Equal(what == "crash" ? AgentPhase.Failed : AgentPhase.Pending, shown.Status.Phase);
        Assert.Equal(what == "crash", shown.Status.Facts.Any(fact => fact.Name == "last output" && fact.Value == "broken"));
    }

    [ClusterFact]
    public async Task A_start_that_was_cut_short_is_finished_by_the_next_with_one_pod()
    {
        Write("notes", "staged", UnixFileMode.UserRead);
        var agent = Spec("twice", "cat /workspace/notes; exec cat") with { Desired = DesiredState.Stopped, Setup = new AgentSetup { Stage = [new StagedFile(At("notes"), "")] } };
        string uid;
        await using (var first = Open(agent))
        {
            await first.SeeAsync("k/twice", status => status.Phase == AgentPhase.Stopped);
            using var cut = new CancellationTokenSource();
            var starting = first.DoAsync("k/twice", new SessionCommand.Start(), cut.Token);
            uid = (await first.SeeAsync("k/twice", status => status.Pod is not null)).Status.Pod!.Uid;
            await cut.CancelAsync();
            await starting.ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        await using var second = Open(agent with { Desired = DesiredState.Running });
        var running = await second.SeeAsync("k/twice", status => status.Phase == AgentPhase.Running);

        Assert.Equal(uid, running.Status.Pod!.Uid);
        await second.SeePaneAsync("k/twice", "staged");
    }

    [ClusterFact]
    public async Task A_pod_whose_agent_ended_is_replaced_and_its_last_words_are_kept()
    {
        await using var deck = Open(Spec("stale", "echo begun; read answer; echo last words; sleep 0.3"));
        var running = await deck.SeeAsync("k/stale", status => status.Phase == AgentPhase.Running);
        await deck.SeePaneAsync("k/stale", "begun");
        await ExecAsync("stale", "tmux send-keys -t =main: Enter");
        // However young its pod is: it was seen to live.
        await deck.SeeAsync("k/stale", status => status is { Phase: AgentPhase.Failed, Reason: "SessionDead" });

        Assert.Equal(OperationOutcome.Succeeded, (await deck.DoAsync("k/stale", new SessionCommand.Start())).Outcome);

        var again = await deck.SeeAsync("k/stale", status => status.Phase == AgentPhase.Running);
        Assert.NotEqual(running.Status.Pod!.Uid, again.Status.Pod!.Uid);
        Assert.Contains(new Fact("last output", "last words"), again.Status.Facts);
    }

    [ClusterFact]
    public async Task An_agent_that_ends_at_once_did_not_start()
    {
        await using var deck = Open(Spec("brief", "echo oops; sleep 1; exit 1") with { Desired = DesiredState.Stopped });
        await deck.SeeAsync("k/brief", status => status.Phase == AgentPhase.Stopped);

        var result = await deck.DoAsync("k/brief", new SessionCommand.Start());

        Assert.Equal((OperationOutcome.Failed, "it ended right after it was started"), (result.Outcome, result.Message));
        var failed = await deck.SeeAsync("k/brief", status => status.Phase == AgentPhase.Failed);
        Assert.Equal("it ended right after it was started", failed.Status.Message);
        Assert.Contains(new Fact("last output", "oops"), failed.Status.Facts);
    }

    [ClusterFact]
    public async Task A_pod_that_gas_city_started_is_taken_as_it_is_and_stopped_like_any_other()
    {
        await space.StartGasCityAsync(new GasCitySketch("mayor") { Command = "echo governing; exec cat" });
        await using var deck = Open(Spec("mayor"));
        var running = await deck.SeeAsync("k/mayor", status => status.Phase == AgentPhase.Running);

        // Which says nothing of a declaration, so nothing can differ.
        Assert.Null(running.Status.Drift);
        Assert.DoesNotContain(running.Status.Conditions, condition => condition.Type == ConditionTypes.Prepared);
        await deck.SeePaneAsync("k/mayor", "governing");
        Assert.Equal(OperationOutcome.Succeeded, (await deck.DoAsync("k/mayor", new SessionCommand.Stop())).Outcome);
    }

    [ClusterFact]
    public async Task A_changed_declaration_is_known_by_the_next_engine_and_applied_by_itself_once_the_agent_rests()
    {
        var before = Spec("drifting", "echo as before; exec cat") with { Pod = new PodDeclaration { CpuRequest = "1m", MemoryRequest = "1Mi" } };
        string uid;
        await using (var first = Open(before))
        {
            uid = (await first.SeeAsync("k/drifting", status => status.Phase == AgentPhase.Running)).Status.Pod!.Uid;
        }

        await using (var shown = Open(before with { Command = "echo as shown; exec cat" }))
        {
            await SeeReconciledAsync(shown, "drifting", "Drifted");
            Assert.Equal(uid, (await shown.SeeAsync("k/drifting", _ => true)).Status.Pod!.Uid);
        }

        await using var applied = Open(before with { Command = "echo as applied; exec cat", Apply = ApplyPolicy.Auto });
        await applied.SeeAsync("k/drifting", status => status is { Phase: AgentPhase.Running, Drift: null } && status.Pod!.Uid != uid);
        await applied.SeePaneAsync("k/drifting", "as applied");
        await SeeReconciledAsync(applied, "drifting", "AsDeclared");
        Assert.Contains(applied.Store.RecentEvents, happened => happened is OperationFinished { Operator: "agents.toml", Operation: "restart", Outcome: OperationOutcome.Succeeded });
    }

    [ClusterFact]
    public async Task A_start_that_takes_too_long_says_what_it_waited_for()
    {
        var agent = Spec("slow", "x") with { Desired = DesiredState.Stopped, Setup = new AgentSetup { PreStart = ["sleep 600"], StartupTimeout = TimeSpan.FromSeconds(8) } };
        await using var deck = Open(agent);
        await deck.SeeAsync("k/slow", status => status.Phase == AgentPhase.Stopped);

        var result = await deck.DoAsync("k/slow", new SessionCommand.Start());

        Assert.Equal((OperationOutcome.Failed, "it did not start within 8 s; at last its container runs, and there is no session in it"), (result.Outcome, result.Message));
        Assert.Equal(result.Message, (await deck.SeeAsync("k/slow", status => status.Phase == AgentPhase.Failed)).Status.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task SeeReconciledAsync(ClusterDeck deck, string name, string reason) => await deck.SeeFleetAsync(fleet =>
        fleet.Agents.Values.Any(agent => agent.Id.Name == name && agent.Conditions.Any(condition => condition.Type == ConditionTypes.Reconciled && condition.Reason == reason)));

    private static string Message(AgentStatus status) => status.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.Prepared)?.Message ?? "";

    private static AgentSpec Spec(string name, string command = "") =>
        new(name, "k", command, "", ImmutableDictionary<string, string>.Empty, DesiredState.Running, RestartPolicy.Never, null) { Pod = new PodDeclaration() };

    private ClusterDeck Open(AgentSpec agent) => ClusterDeck.Open(
        space,
        "gascity",
        spec => spec with { IgnoresEnvironment = true, GasCityPods = new GasCityPodSettings(TestImages.Agent, CpuRequest: "1m", MemoryRequest: "4Mi") },
        agent);

    private Task<string> ExecAsync(string pod, string script) => space.Kubectl.ExecAsync(pod, "agent", "sh", "-c", script);

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text, UnixFileMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(name), mode);
        }
    }
}
