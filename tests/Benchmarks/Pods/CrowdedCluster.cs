using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>A fake API server with many pods, each as large as real ones are, and a deck's configuration for it.</summary>
internal sealed class CrowdedCluster : IAsyncDisposable
{
    private const string Collection = "/api/v1/namespaces/deck/pods";

    private const string Template = """
        {"metadata":{"name":"NAME","generateName":"agent-","namespace":"deck","uid":"uid-of-NAME","creationTimestamp":"2026-11-20T08:00:00Z",
        "labels":{"app":"gc-agent","gc-session":"NAME","gc-agent":"NAME","app.kubernetes.io/managed-by":"controller","pod-template-hash":"7d9c8b5f46"},
        "annotations":{"gc-session-name":"NAME","kubernetes.io/psp":"restricted","prometheus.io/scrape":"true"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"agents-7d9c8b5f46","uid":"0c9cbb4b-7c3e-4f0b-93b5-111111111111","controller":true,"blockOwnerDeletion":true}],
        "managedFields":[{"manager":"controller","operation":"Update","apiVersion":"v1","time":"2026-11-20T08:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:annotations":{".":{},"f:gc-session-name":{}},"f:labels":{".":{},"f:app":{},"f:gc-agent":{},"f:gc-session":{}},"f:ownerReferences":{".":{},"k:{\"uid\":\"0c9cbb4b-7c3e-4f0b-93b5-111111111111\"}":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"agent\"}":{".":{},"f:command":{},"f:env":{".":{},"k:{\"name\":\"LANG\"}":{".":{},"f:name":{},"f:value":{}},"k:{\"name\":\"GC_AGENT\"}":{".":{},"f:name":{},"f:value":{}}},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:resources":{".":{},"f:limits":{".":{},"f:cpu":{},"f:memory":{}},"f:requests":{".":{},"f:cpu":{},"f:memory":{}}},"f:stdin":{},"f:terminationMessagePath":{},"f:tty":{},"f:volumeMounts":{".":{},"k:{\"mountPath\":\"/workspace\"}":{".":{},"f:mountPath":{},"f:name":{}}}}},"f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:terminationGracePeriodSeconds":{},"f:volumes":{".":{},"k:{\"name\":\"ws\"}":{".":{},"f:emptyDir":{},"f:name":{}}}}}},{"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-11-20T08:00:09Z","fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{"k:{\"type\":\"ContainersReady\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Initialized\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Ready\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},"f:podIPs":{".":{},"k:{\"ip\":\"10.0.3.7\"}":{".":{},"f:ip":{}}},"f:startTime":{}}},"subresource":"status"}]},
        "spec":{"nodeName":"NODE","restartPolicy":"Always","dnsPolicy":"ClusterFirst","serviceAccountName":"default","schedulerName":"default-scheduler","terminationGracePeriodSeconds":30,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority","priority":0,
        "volumes":[{"name":"ws","emptyDir":{}},{"name":"kube-api-access-x7k2p","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}],"defaultMode":420}}],
        "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],
        "containers":[{"name":"agent","image":"registry.example.com/agents/worker:2026.11","command":["/bin/sh","-c","tmux -u new-session -d -s main worker; while tmux has-session -t =main; do sleep 5; done"],"env":[{"name":"LANG","value":"C.UTF-8"},{"name":"GC_AGENT","value":"NAME"}],"resources":{"limits":{"cpu":"2","memory":"4Gi"},"requests":{"cpu":"500m","memory":"1Gi"}},"volumeMounts":[{"name":"ws","mountPath":"/workspace"},{"name":"kube-api-access-x7k2p","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent","stdin":true,"tty":true}]},
        "status":{"phase":"Running","hostIP":"192.0.2.17","podIP":"10.0.3.7","podIPs":[{"ip":"10.0.3.7"}],"startTime":"2026-11-20T08:00:00Z","qosClass":"Burstable",
        "conditions":[{"type":"Initialized","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-11-20T08:00:00Z"},{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-11-20T08:00:09Z"},{"type":"ContainersReady","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-11-20T08:00:09Z"},{"type":"PodScheduled","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-11-20T08:00:00Z"}],
        "containerStatuses":[{"name":"agent","state":STATE,"lastState":{},"ready":true,"restartCount":RESTARTS,"image":"registry.example.com/agents/worker:2026.11","imageID":"registry.example.com/agents/worker@sha256:3b5d5c3712955042212316173ccf37be8001fbb4d1d8e0f1b7e3f9f4f3d0a1c2","containerID":"containerd://9c1e1b4a5d3f4e6f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f","started":true}]}}
        """;

    private readonly FakeApiServer _server;
    private readonly int _count;
    private int _changes;

    private CrowdedCluster(FakeApiServer server, int count) => (_server, _count) = (server, count);

    /// <summary>Its address.</summary>
    public string Address => _server.Address;

    /// <summary>The requests so far that opened a stream into a pod.</summary>
    public int ExecRequests => _server.Requests.Count(request => request.Contains("/exec", StringComparison.Ordinal));

    /// <summary>Starts the server, makes the pods and writes the configuration; every stream into a pod is cut at once.</summary>
    /// <param name="playground">Where the configuration stands.</param>
    /// <param name="count">How many pods.</param>
    /// <param name="source">The rest of the source's table.</param>
    public static async Task<CrowdedCluster> StartAsync(Playground playground, int count, string source)
    {
        var server = await FakeApiServer.StartAsync();
        server.Exec.Instead = static _ => Task.CompletedTask;
        var kubeconfig = Path.Combine(playground.Folder, "kubeconfig");
        File.WriteAllText(kubeconfig, server.Kubeconfig());
        File.WriteAllText(playground.Configuration, $"[[source]]\nname = \"many\"\nkind = \"kubernetes\"\nkubeconfig = \"{kubeconfig}\"\nnamespace = \"deck\"\n{source}\n");
        var cluster = new CrowdedCluster(server, count);
        for (var index = 0; index < count; index++)
        {
            cluster.Put(index, restarts: 0);
        }

        server.Objects.Compact();
        return cluster;
    }

    /// <summary>Changes the pods in turn, so many a second, in bursts of ten: each container was started again, or is about to be.</summary>
    public async Task ChangeAsync(int perSecond, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10.0 / perSecond), TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            for (var burst = 0; burst < 10; burst++)
            {
                _changes++;
                Put(_changes % _count, restarts: 1 + (_changes / _count));
            }
        }
    }

    /// <summary>Fetches every page of the list and throws it away: what the network and the server alone cost.</summary>
    public async Task<long> FetchAllAsync()
    {
        using var authority = X509Certificate2.CreateFromPem(_server.Certificates.Authority);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { authority } };
        using var client = new HttpClient(handler) { DefaultRequestVersion = new Version(2, 0) };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer good");
        var bytes = 0L;
        for (var from = 0; from < _count; from += 500)
        {
            bytes += (await client.GetByteArrayAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"{Address}{Collection}?limit=500&continue={from}")))).Length;
        }

        return bytes;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Put(int index, int restarts)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"agent-{index:00000}");
        _server.Objects.Put($"{Collection}/{name}", (JsonObject)JsonNode.Parse(Pod(name, restarts))!);
    }

    private static string Pod(string name, int restarts)
    {
        var state = restarts % 2 == 1
            ? """{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 10s restarting failed container=agent pod=agent"}}"""
            : """{"running":{"startedAt":"2026-11-20T08:00:07Z"}}""";
        return Template.Replace("NAME", name, StringComparison.Ordinal).Replace("NODE", "node-" + name[^2..], StringComparison.Ordinal)
            .Replace("RESTARTS", restarts.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("STATE", state, StringComparison.Ordinal);
    }
}
