using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class ApiLoadTests
{
    [Theory]
    [InlineData("GET", "https://a/api/v1/pods?labelSelector=x&limit=500", "LIST")]
    [InlineData("GET", "https://a/api/v1/pods?watch=1&resourceVersion=7", "WATCH")]
    [InlineData("GET", "https://a/api/v1/namespaces/n/pods/p", "GET")]
    [InlineData("GET", "https://a/api/v1/namespaces/n/pods/p/log?follow=true", "GET")]
    [InlineData("GET", "https://a/api/v1/namespaces/n/pods/p/exec?command=tmux&command=limit=1", "CONNECT")]
    [InlineData("DELETE", "https://a/api/v1/namespaces/n/pods/p", "DELETE")]
    public void A_request_has_the_verb_by_which_the_server_counts_it(string method, string address, string verb) =>
        Assert.Equal(verb, ApiLoad.VerbOf(new HttpMethod(method), address));
}
