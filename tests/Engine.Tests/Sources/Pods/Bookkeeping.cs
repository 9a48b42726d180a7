using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tests.Panes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>A book of pods, fed with the JSON of the API.</summary>
internal sealed class Bookkeeping
{
    public Bookkeeping(string dialect = "gascity", params string[] namespaces)
    {
        var spec = new KubernetesSourceSpec("k", dialect) { Namespaces = [.. namespaces] };
        Settings = new PodSourceSettings(spec, KnownDialects.Find(dialect)!, KnownDialects.Find(dialect)!.Layout) { RecallReport = agent => Recall(agent), RecallPhase = agent => RecallPhase(agent) };
        Store = new FleetStore(Time);
        Book = new PodBook(Settings, Store, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>What an engine before remembered that an agent had written of itself.</summary>
    public Func<AgentId, AgentReport?> Recall { get; set; } = _ => null;

    /// <summary>How an engine before knew an agent.</summary>
    public Func<AgentId, PhaseJudgement?> RecallPhase { get; set; } = _ => null;

    public PodSourceSettings Settings { get; }

    public FleetStore Store { get; }

    public PodBook Book { get; }

    /// <summary>The agents of the store as <c>k/name phase/Reason</c>, sorted.</summary>
    public string[] Rows => [.. Store.Current.Agents.Values
        .Select(agent => $"{agent.Id} {agent.Status.Phase}/{agent.Status.Reason}").Order(StringComparer.Ordinal)];

    public AgentStatus Status(string id) => Agent(id).Status;

    public Agent Agent(string id) => Store.Current.Agents.Values.Single(agent => agent.Id.ToString() == id);

    /// <summary>A session as tmux lists it.</summary>
    public TmuxSession Session(string id = "$1") => new() { Id = id, Name = "main", PaneId = "%1", PanePid = 7, LastActivity = Time.GetUtcNow() };

    /// <summary>A pod of Gas City whose container runs.</summary>
    public static JsonObject Pod(string uid, string agent, string podName = "pod-1", string namespaceName = "ns", int createdAt = 0) => JsonNode.Parse($$"""
        {
          "metadata": {
            "namespace": "{{namespaceName}}", "name": "{{podName}}", "uid": "{{uid}}", "creationTimestamp": "2020-01-01T00:00:{{createdAt:00}}Z",
            "labels": { "app": "gc-agent", "gc-session": "{{agent}}" } },
          "spec": { "nodeName": "n-1", "restartPolicy": "Never", "containers": [ { "name": "agent" } ] },
          "status": {
            "phase": "Running", "containerStatuses": [ { "name": "agent", "restartCount": 0, "state": { "running": { "startedAt": "2020-01-01T00:01:00Z" } } } ] }
        }
        """)!.AsObject();

    /// <summary>The same pod with its deletion asked for.</summary>
    public static JsonObject Deleted(JsonObject pod)
    {
        var deleted = pod.DeepClone().AsObject();
        deleted["metadata"]!["deletionTimestamp"] = "2020-01-01T00:05:00Z";
        return deleted;
    }

    /// <summary>The same pod with a mark that says why it is to end.</summary>
    public static JsonObject Marked(JsonObject pod, string mark)
    {
        var marked = pod.DeepClone().AsObject();
        marked["metadata"]!["annotations"] = new JsonObject { [EndMark.Annotation] = mark };
        return marked;
    }

    /// <summary>The same pod with its container ended.</summary>
    public static JsonObject Ended(JsonObject pod, int exitCode)
    {
        var ended = pod.DeepClone().AsObject();
        ended["status"]!["phase"] = exitCode == 0 ? "Succeeded" : "Failed";
        ended["status"]!["containerStatuses"]![0]!["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = exitCode } };
        return ended;
    }

    public PodTrack Track(JsonObject pod) => PodTrack.Of(PodReader.Read(Element(pod), _ => { }), Settings, Time.GetUtcNow())!;

    /// <summary>The API lists these pods, and answers from now on.</summary>
    public ImmutableArray<string> List(string? namespaceName, params JsonObject[] pods)
    {
        var gone = Book.SetPods(namespaceName, [.. pods.Select(Track)]);
        Book.SetLink(SourceLink.Live, null);
        return gone;
    }

    /// <summary>The API tells of a new or changed pod.</summary>
    public void Show(JsonObject pod) => Book.SetPod(Track(pod));

    /// <summary>The tmux of a pod has a session.</summary>
    public void Answer(string uid, TmuxSession? session) => Book.SetSession(uid, PodContact.Streaming, session, _ => new FakeSource());

    /// <summary>The platform has a session.</summary>
    public void Say(JsonObject session, bool isGone = false) => Book.SetSession(AmbientSessionReader.Read(Element(session), _ => { }), isGone);

    public static System.Text.Json.JsonElement Element(JsonNode json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json.ToJsonString());
        return document.RootElement.Clone();
    }
}
