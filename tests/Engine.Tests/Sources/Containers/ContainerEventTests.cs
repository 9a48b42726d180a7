using AgentDeck.Engine.Sources.Containers;

namespace AgentDeck.Engine.Tests.Sources.Containers;

public sealed class ContainerEventTests
{
    [Theory]
    // As podman 4.3.1 prints them.
    [InlineData("""{"ID":"c4ef","Image":"agent:1","Name":"a3","Status":"start","Time":"2026-11-22T20:58:24.894136318Z","Type":"container","Attributes":{"x":"y"}}""", "c4ef", false)]
    [InlineData("""{"ContainerExitCode":137,"ID":"a711","Name":"a2","Status":"died","Type":"container","Attributes":{"x":"y"}}""", "a711", false)]
    [InlineData("""{"ID":"a711","Name":"a5","Status":"remove","Type":"container","Attributes":{}}""", "a711", true)]
    // As docker documents them.
    [InlineData("""{"status":"die","id":"ede5","from":"alpine","Type":"container","Action":"die","Actor":{"ID":"ede5","Attributes":{"exitCode":"0","name":"a"}},"scope":"local","time":1}""", "ede5", false)]
    [InlineData("""{"Type":"container","Action":"destroy","Actor":{"ID":"ede5","Attributes":{}}}""", "ede5", true)]
    public void What_happens_to_a_container_is_understood_from_both_runtimes(string line, string id, bool isRemoved) =>
        Assert.Equal(new ContainerEvent(id, isRemoved), ContainerEvent.Read(line));

    [Theory]
    [InlineData("""{"ID":"a711","Name":"a2","Status":"exec","Type":"container"}""")]
    [InlineData("""{"Type":"container","Action":"exec_start: tmux","Actor":{"ID":"ede5"}}""")]
    [InlineData("""{"Type":"container","Action":"health_status: healthy","Actor":{"ID":"ede5"}}""")]
    [InlineData("""{"Status":"refresh","Time":"2026-11-22T20:51:56Z","Type":"system"}""")]
    [InlineData("""{"ID":5,"Status":[]}""")]
    [InlineData("[1]")]
    [InlineData("no json")]
    [InlineData("")]
    public void What_changes_nothing_that_is_shown_is_passed_over(string line) => Assert.Null(ContainerEvent.Read(line));
}
