using System.Text.Json;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Access;

/// <summary>Every way to say who we are, as far as the screen of an agent: requests, watches and exec streams all carry it.</summary>
[Collection(ClusterCollection.Name)]
public sealed class CredentialTests(OneAgent agent) : IClassFixture<OneAgent>, IAsyncLifetime
{
    private AccessScene _scene = null!;

    public async Task InitializeAsync() => _scene = TestCluster.WhyNot is null ? await AccessScene.OpenAsync(agent.Space) : null!;

    public async Task DisposeAsync() => await (_scene?.DisposeAsync() ?? default);

    [ClusterTheory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public async Task The_token_of_a_plugin(string version)
    {
        var token = await FriendAsync(version);
        var plugin = _scene.Script("login", $$$"""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{{{version}}}","status":{"token":"{{{token}}}"}}'""");

        await SeesItAsync(_scene.Kubeconfig(CredentialFaultTests.Plugin(plugin, version)));
    }

    [ClusterAuthorityFact]
    public async Task The_client_certificate_of_a_plugin()
    {
        using var authority = ClusterAuthority.Of(agent.Space.Cluster);
        var (certificate, key) = authority.Sign("ann", "system:masters");
        var answer = _scene.Write("ann.json", JsonSerializer.Serialize(
            new { kind = "ExecCredential", apiVersion = "client.authentication.k8s.io/v1", status = new { clientCertificateData = certificate, clientKeyData = key } }));

        await SeesItAsync(_scene.Kubeconfig(CredentialFaultTests.Plugin(_scene.Script("login", $"cat {answer}"))));
    }

    [ClusterAuthorityFact]
    public async Task A_client_certificate()
    {
        using var authority = ClusterAuthority.Of(agent.Space.Cluster);

        await SeesItAsync(_scene.Kubeconfig(CredentialFaultTests.Certificate(authority.Sign("ann", "system:masters"))));
    }

    [ClusterFact]
    public async Task Somebody_else_who_may_by_impersonation()
    {
        await FriendAsync("unused");
        var administrator = await AdministratorAsync();
        var name = $"system:serviceaccount:{agent.Space.Name}";

        await SeesItAsync(_scene.Kubeconfig($"{administrator}, as: '{name}:friend', as-groups: ['system:authenticated']"));

        await using var stranger = Deck(_scene.Kubeconfig($"{administrator}, as: '{name}:stranger', as-groups: ['system:authenticated']"));
        var fleet = await stranger.SeeFleetAsync(fleet => fleet.Sources.Single().Link == SourceLink.Denied);
        Assert.Contains($"User \"{name}:stranger\" cannot list", fleet.Sources.Single().Error, StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task A_server_that_is_known_by_another_name() =>
        await SeesItAsync(_scene.Kubeconfig(await AdministratorAsync(), cluster: "tls-server-name: kubernetes.default.svc"));

    [ClusterFact]
    public async Task A_token_that_is_revoked_while_it_is_watched_and_then_replaced()
    {
        var (first, second) = (await FriendAsync("first"), await FriendAsync("second"));
        var file = _scene.Write("token", first);
        var plugin = _scene.Script("login", $$$"""printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s"}}' "$(cat {{{file}}})" """);
        await using var proxy = CuttingProxy.Open(agent.Space.Cluster);
        string[] configs = [_scene.Kubeconfig($"tokenFile: {file}", server: proxy.Address), _scene.Kubeconfig(CredentialFaultTests.Plugin(plugin), server: proxy.Address)];
        await using var byFile = Deck(configs[0]);
        await using var byPlugin = Deck(configs[1]);
        ClusterDeck[] decks = [byFile, byPlugin];
        await Task.WhenAll(decks.Select(deck => deck.SeeAsync(OneAgent.Id, status => status.Reason == "SessionAlive")));

        await _scene.RevokeAsync("first");
        // The server tells nobody of it who already watches.
        proxy.Cut();

        foreach (var (deck, config) in decks.Zip(configs))
        {
            var denied = await deck.SeeFleetAsync(fleet => fleet.Sources.Single().Link == SourceLink.Denied);
            Assert.Equal($"{proxy.Address} does not know the user deck of {config}: renew its credentials", denied.Sources.Single().Error);
            Assert.NotNull(denied.Sources.Single().LastSeen);
            Assert.Equal(AgentPhase.Running, Assert.Single(denied.Agents.Values).Status.Phase);
        }

        File.WriteAllText(file, second);

        foreach (var deck in decks)
        {
            await deck.SeeFleetAsync(fleet => fleet.Sources.Single() is { Link: SourceLink.Live, Error: null });
            await deck.SeeAsync(OneAgent.Id, status => status.Conditions.Any(condition => condition is { Type: ConditionTypes.StreamConnected, Status: ConditionStatus.True }));
        }
    }

    /// <summary>A token of a service account that may do everything to the agent.</summary>
    private async Task<string> FriendAsync(string secret)
    {
        await _scene.AllowAsync("friend", "gascity");
        return await _scene.TokenAsync("friend", secret);
    }

    private async Task<string> AdministratorAsync()
    {
        using var config = JsonDocument.Parse(await agent.Space.Kubectl.RunAsync("config", "view", "--raw", "--minify", "--flatten", "-o", "json"));
        return config.RootElement.GetProperty("users")[0].GetProperty("user").GetRawText().Trim('{', '}', ' ', '\n');
    }

    private ClusterDeck Deck(string config) => ClusterDeck.Open(agent.Space, "gascity", spec => spec with { Kubeconfig = config });

    private async Task SeesItAsync(string config)
    {
        await using var deck = Deck(config);
        await deck.SeeAsync(OneAgent.Id, status => status is { Phase: AgentPhase.Running, Reason: "SessionAlive" });
        Assert.Contains("at work", await deck.PeekAsync(OneAgent.Id), StringComparison.Ordinal);
    }
}
