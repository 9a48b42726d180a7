using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using static AgentDeck.Engine.Tests.Dialects.TestPod;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class DialectTests
{
    private static readonly IDialect GasCity = KnownDialects.Find("gascity")!;
    private static readonly IDialect Scion = KnownDialects.Find("scion")!;

    [Theory]
    [InlineData("gascity", "app=gc-agent", "agent", "main", null)]
    [InlineData("scion", "scion.name", "agent", "scion", "scion")]
    [InlineData("ambient", "app=ambient-code-runner", "ambient-code-runner", null, null)]
    [InlineData("oddjobs", "app=oj-agent", "agent", null, null)]
    [InlineData("plain", "", "", null, null)]
    public void A_dialect_says_where_its_agents_are(string name, string selector, string container, string? session, string? user) =>
        Assert.Equal(new DialectLayout(selector, container, session, user), KnownDialects.Find(name)!.Layout);

    [Fact]
    public void An_unknown_dialect_is_not_found() => Assert.Null(KnownDialects.Find("Scion"));

    [Fact]
    public void A_file_overrides_the_layout_part_by_part()
    {
        Assert.Equal(new DialectLayout("a=b", "agent", "scion", "scion"), Scion.Layout.With("a=b", null, null));
        Assert.Equal(new DialectLayout("scion.name", "c", null, "scion"), Scion.Layout.With(null, "c", ""));
    }

    [Theory]
    [InlineData("gascity", "gc-session", "gastown__mayor", "gastown__mayor")]
    [InlineData("gascity", "gc-agent", "mayor", null)]
    [InlineData("scion", "scion.name", "clouds", "clouds")]
    [InlineData("scion", "scion.name", "", null)]
    [InlineData("ambient", "agentic-session", "session-1", "session-1")]
    [InlineData("ambient", "ambient-code.io/session-id", "7f", "7f")]
    [InlineData("ambient", "app", "ambient-code-runner", null)]
    [InlineData("oddjobs", "oj.dev/agent-id", "oj-42", "42")]
    [InlineData("oddjobs", "app", "oj-agent", "pod-1")]
    [InlineData("plain", "app", "x", "pod-1")]
    public void An_agents_name_stands_where_its_system_puts_it(string dialect, string label, string value, string? name) =>
        Assert.Equal(name, KnownDialects.Find(dialect)!.NameOf(Of("Running").WithLabel(label, value)));

    [Fact]
    public void The_exact_name_of_a_gas_city_session_stands_in_the_annotation()
    {
        var pod = Of("Running").WithLabel("gc-session", "rig-has-slashes").WithAnnotation("gc-session-name", "rig/has/slashes");

        Assert.Equal("rig/has/slashes", GasCity.NameOf(pod));
        Assert.Equal("rig-has-slashes", GasCity.NameOf(pod.WithAnnotation("gc-session-name", " ")));
    }

    [Fact]
    public void A_gas_city_pod_whose_files_are_copied_is_staging()
    {
        Assert.Equal("Starting/Staging", GasCity.Read(Of("Pending", Waits("PodInitializing")).WithInit("stage", Runs)).Words());
        Assert.Equal("Starting/Initializing", GasCity.Read(Of("Pending", Waits("PodInitializing")).WithInit("other", Runs)).Words());
        Assert.Equal("Pending/ImagePullBackOff", GasCity.Read(Of("Pending", Waits("ImagePullBackOff"))).Words());
    }

    [Theory]
    [InlineData(239, "Starting/Initializing")]
    [InlineData(240, "Failed/SessionDead")]
    public void A_gas_city_pod_without_tmux_is_initializing_for_240_seconds(int seconds, string words)
    {
        var pod = Of("Running", Runs);
        var reading = GasCity.Read(pod, GasCity.Layout, pod.CreatedAt!.Value.AddSeconds(seconds));

        Assert.Null(reading.Judgement);
        Assert.Equal(words, (reading with { Judgement = reading.WithoutSession }).Words());
    }

    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("Ann_2-x", "Ann_2-x")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("-c", null)]
    [InlineData("ann;reboot", null)]
    [InlineData("ann\n", null)]
    [InlineData("änn", null)]
    [InlineData("a.b", null)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789", null)]
    public void A_gas_city_agent_of_another_user_is_reached_as_that_user(string? variable, string? user)
    {
        var pod = Of("Running", Runs);

        Assert.Equal(user, GasCity.Read(pod with { Containers = [pod.Containers[0] with { LinuxUser = variable }] }).User);
    }

    [Fact]
    public void The_user_of_a_scion_agent_is_the_annotated_one_if_that_is_harmless()
    {
        Assert.Equal("scion", Scion.Read(Of("Running", Runs)).User);
        Assert.Equal("ann", Scion.Read(Of("Running", Runs).WithAnnotation("scion.username", "ann")).User);
        Assert.Equal("scion", Scion.Read(Of("Running", Runs).WithAnnotation("scion.username", "$(reboot)")).User);
    }

    // Chapter 4 of scion's runtime: pod phase, exit code of the container, what scion calls it.
    [Theory]
    [InlineData("Succeeded", 0, "Stopped/ExitedCleanly")]
    [InlineData("Succeeded", 1, "Stopped/PodSucceeded")]
    [InlineData("Succeeded", null, "Stopped/PodSucceeded")]
    [InlineData("Failed", 0, "Failed/PodFailed")]
    [InlineData("Failed", 1, "Failed/ExitedWithError")]
    [InlineData("Failed", 10, "Failed/LimitsExceeded")]
    [InlineData("Failed", null, "Failed/PodFailed")]
    [InlineData("Pending", 0, "Stopped/ExitedCleanly")]
    [InlineData("Running", 0, "Stopped/ExitedCleanly")]
    [InlineData("Running", 1, "Failed/ExitedWithError")]
    [InlineData("Running", 10, "Failed/LimitsExceeded")]
    [InlineData("Running", 137, "Failed/ExitedWithError")]
    public void An_end_is_told_in_scions_words(string phase, int? code, string words) =>
        Assert.Equal(words, Scion.Read(Of(phase, code is null ? null : Ended(code))).Words());

    [Fact]
    public void An_evicted_scion_agent_is_evicted_whatever_its_container_says() =>
        Assert.Equal("Failed/Evicted", Scion.Read(Of("Failed", Ended(0)) with { Reason = "Evicted" }).Words());

    [Theory]
    [InlineData("ambient")]
    [InlineData("oddjobs")]
    public void Where_there_is_no_tmux_the_container_decides(string name)
    {
        var dialect = KnownDialects.Find(name)!;

        Assert.Equal("Running/ContainerRunning", dialect.Read(Of("Running", Runs, dialect.Layout.Container)).Words());
        Assert.Equal("Failed/ExitedWithError", dialect.Read(Of("Running", Ended(2), dialect.Layout.Container)).Words());
    }

    [Fact]
    public void An_end_that_was_asked_for_is_a_stop_and_the_pod_beats_the_session()
    {
        var reading = GasCity.Read(Of("Failed", Ended(143)));
        var inputs = new PhaseInputs { Link = SourceLink.Live, Runtime = reading.Judgement, WithoutSession = reading.WithoutSession, Session = SessionEvidence.Alive };

        Assert.Equal(AgentPhase.Failed, PhaseRules.Judge(inputs).Phase);
        Assert.Equal(AgentPhase.Stopped, PhaseRules.Judge(inputs with { Request = PhaseRequest.Stop }).Phase);
    }
}
