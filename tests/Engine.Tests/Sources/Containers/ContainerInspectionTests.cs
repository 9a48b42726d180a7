using AgentDeck.Engine.Sources.Containers;

namespace AgentDeck.Engine.Tests.Sources.Containers;

public sealed class ContainerInspectionTests
{
    // As podman 4.3.1 prints it.
    private const string Podman =
        """{"id":"c4efd878","name":"a3","created":"2026-11-22T20:58:24.737029278Z","state":"exited","exitCode":4,"oom":false,"started":"2026-11-22T20:58:24.891188529Z","finished":"2026-11-22T20:58:27.891964182Z","image":"agent:1","labels":{"x":"y"},"restarts":2,"memory":0}""";

    [Fact]
    public void Every_line_is_a_container()
    {
        var container = Assert.Single(ContainerInspection.Read(Podman + "\n"));

        Assert.Equal(("c4efd878", "a3", "exited", "agent:1", 4, 2), (container.Id, container.Name, container.State, container.Image, container.ExitCode, container.Restarts));
        Assert.Equal("y", container.Labels["x"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 20, 58, 24, TimeSpan.Zero).AddTicks(8911885), container.StartedAt);
        Assert.Null(container.MemoryLimit);
        Assert.True(container.HasEnded);
    }

    [Fact]
    public void A_container_that_never_ran_has_no_times_of_a_run_and_docker_s_names_lose_their_slash()
    {
        var container = Assert.Single(ContainerInspection.Read(
            """{"id":"1","name":"/a","created":"2026-01-01T00:00:00Z","state":"created","exitCode":0,"oom":false,"started":"0001-01-01T00:00:00Z","finished":"0001-01-01T00:00:00Z","image":"i","labels":null,"restarts":0,"memory":536870912}"""));

        Assert.Equal("a", container.Name);
        Assert.Null(container.StartedAt);
        Assert.Null(container.FinishedAt);
        Assert.Empty(container.Labels);
        Assert.Equal(536870912, container.MemoryLimit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Error: no such container")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"\"}")]
    [InlineData("{\"id\":{}}")]
    public void What_is_no_container_is_left_out(string line) => Assert.Single(ContainerInspection.Read($"{line}\n{Podman}\n{line}"));

    [Fact]
    public void Nothing_that_is_shown_can_hold_an_escape_sequence()
    {
        var container = Assert.Single(ContainerInspection.Read("""{"id":"\u001b[1m","name":"\u001b]0;x\u0007","state":"\u001b[2J","image":"\u001b[3m"}"""));

        Assert.DoesNotContain(container.Id + container.Name + container.State + container.Image, char.IsControl);
    }
}
