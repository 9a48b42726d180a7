using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class PodReaderTests
{
    private const string Whole = """
        {
          "metadata": {
            "namespace": "gc", "name": "mayor", "uid": "u-1", "resourceVersion": "42",
            "labels": { "app": "gc-agent" },
            "annotations": { "gc-session-name": "mayor", "kubectl.kubernetes.io/last-applied-configuration": "{secret}" },
            "creationTimestamp": "2026-05-01T10:00:00+02:00", "deletionTimestamp": "2026-05-01T09:00:05Z",
            "ownerReferences": [ { "kind": "Helper", "name": "h", "uid": "o-0" }, { "kind": "AgenticSession", "name": "s", "uid": "o-1", "controller": true } ]
          },
          "spec": {
            "nodeName": "worker-1", "restartPolicy": "Never",
            "initContainers": [ { "name": "stage", "restartPolicy": "Always" } ],
            "containers": [ {
              "name": "agent", "image": "agent:1", "tty": true,
              "env": [ { "name": "TOKEN", "value": "secret" }, { "name": "LINUX_USERNAME", "value": "ann" } ],
              "resources": { "requests": { "cpu": "500m" }, "limits": { "memory": "4Gi" } } } ]
          },
          "status": {
            "phase": "Running", "reason": "Odd", "message": "very odd",
            "conditions": [ { "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "no node", "lastTransitionTime": "2026-05-01T08:00:01Z" } ],
            "initContainerStatuses": [ { "name": "stage", "ready": true, "restartCount": 0, "state": { "running": { "startedAt": "2026-05-01T08:00:02Z" } } } ],
            "containerStatuses": [
              { "name": "agent", "ready": true, "restartCount": "3",
                "state": { "terminated": { "reason": "OOMKilled", "message": "m", "exitCode": 137.0, "signal": 9, "startedAt": "2026-05-01T08:00:03Z", "finishedAt": "2026-05-01T08:00:04Z" } },
                "lastState": { "terminated": { "exitCode": 1, "startedAt": null } } },
              { "name": "sidecar", "ready": false, "restartCount": 0, "state": { "waiting": { "reason": "ImagePullBackOff", "message": "back-off" } } },
              { "name": "unknown", "ready": false, "restartCount": 0, "state": {} } ]
          }
        }
        """;

    private static readonly DateTimeOffset Eight = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Everything_that_is_used_of_a_pod_is_read()
    {
        var (pod, warnings) = Read(Whole);

        Assert.Empty(warnings);
        Assert.Equal(("gc", "mayor", "u-1", "42"), (pod.Namespace, pod.Name, pod.Uid, pod.ResourceVersion));
        Assert.Equal("gc-agent", pod.Labels["app"]);
        Assert.Equal("gc-session-name", Assert.Single(pod.Annotations).Key);
        Assert.Equal((Eight, Eight.AddHours(1).AddSeconds(5)), (pod.CreatedAt, pod.DeletionTimestamp));
        Assert.Equal(new PodOwner("AgenticSession", "s", "o-1"), pod.Owner);
        Assert.Equal(("worker-1", "Never", "Running", "Odd", "very odd"), (pod.Node, pod.RestartPolicy, pod.Phase, pod.Reason, pod.Message));
        Assert.Equal(new PodCondition("PodScheduled", ConditionStatus.False, "Unschedulable", "no node", Eight.AddSeconds(1)), pod.ConditionOf("PodScheduled"));
        var container = pod.ContainerNamed("agent")!;
        Assert.Equal(("agent:1", true, false, "ann", "500m", "4Gi"),
            (container.Image, container.Tty, container.IsSidecar, container.LinuxUser, container.Requests["cpu"], container.Limits["memory"]));
        Assert.True(Assert.Single(pod.InitContainers).IsSidecar);
        Assert.Equal(new ContainerRunning(Eight.AddSeconds(2)), Assert.Single(pod.InitStatuses).State);
        Assert.Equal(
            new PodContainerStatus("agent", true, 3,
                new ContainerTerminated("OOMKilled", "m", 137, 9, Eight.AddSeconds(3), Eight.AddSeconds(4)),
                new ContainerTerminated("", "", 1, null, null, null)),
            pod.StatusOf("agent"));
        Assert.Equal(new ContainerWaiting("ImagePullBackOff", "back-off"), pod.StatusOf("sidecar")!.State);
        Assert.Equal(new ContainerWaiting("", ""), pod.StatusOf("unknown")!.State);
    }

    [Theory]
    [InlineData("[]", "the object is an array instead of an object")]
    [InlineData("""{ "metadata": 7 }""", "metadata is a number instead of an object")]
    [InlineData("""{ "metadata": { "name": null } }""", "metadata.name is missing")]
    [InlineData("""{ "metadata": { "labels": { "a": 1, "b": "kept" } } }""", "metadata.labels has an entry that is not text")]
    [InlineData("""{ "metadata": { "creationTimestamp": "yesterday" } }""", "metadata.creationTimestamp is text of another form instead of a time")]
    [InlineData("""{ "status": { "phase": {} } }""", "status.phase is an object instead of text")]
    [InlineData("""{ "status": { "conditions": [null, 5, {}, { "type": 7 }] } }""", "status.conditions[] is null instead of an object")]
    [InlineData("""{ "status": { "conditions": [{ "type": 7 }] } }""", "status.conditions[].type is a number instead of text")]
    [InlineData("""{ "status": { "conditions": [{ "type": "Ready", "status": "Maybe" }] } }""", "status.conditions[].status is none of True, False and Unknown")]
    [InlineData("""{ "status": { "containerStatuses": "x" } }""", "status.containerStatuses is text of another form instead of an array")]
    [InlineData("""{ "status": { "containerStatuses": [{ "state": { "terminated": { "exitCode": "x" } } }] } }""", "status.containerStatuses[].state.terminated.exitCode is text of another form instead of a whole number")]
    [InlineData("""{ "status": { "containerStatuses": [{ "restartCount": 99999999999 }] } }""", "status.containerStatuses[].restartCount is out of range")]
    [InlineData("""{ "spec": { "containers": [{ "tty": "yes" }] } }""", "spec.containers[].tty is text of another form instead of true or false")]
    public void A_field_that_cannot_be_used_becomes_a_default_and_a_warning(string json, string warning) =>
        Assert.Contains(warning, Read(json).Warnings);

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("\"3\"", 3)]
    [InlineData("\"x\"", null)]
    [InlineData("3.5", null)]
    [InlineData("[3]", null)]
    public void A_number_may_be_spelled_in_several_ways_and_what_is_none_is_unknown_and_not_zero(string spelled, int? number)
    {
        var (pod, warnings) = Read($$$"""{ "status": { "containerStatuses": [ { "name": "agent", "state": { "terminated": { "exitCode": {{{spelled}}} } } } ] } }""");

        Assert.Equal(number, Assert.IsType<ContainerTerminated>(pod.StatusOf("agent")!.State).ExitCode);
        Assert.Equal(number is null, warnings.Any(warning => warning.EndsWith("instead of a whole number", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_bad_field_hides_no_other()
    {
        var (pod, _) = Read("""
            {
              "metadata": { "name": "a", "uid": [], "labels": { "x": 1, "app": "gc-agent" } },
              "spec": { "containers": [ 3, { "name": "agent", "resources": "many" } ] },
              "status": { "phase": "Running", "conditions": [ null, { "type": "Ready", "status": "Maybe" } ], "containerStatuses": [ { "name": "agent", "state": { "running": { "startedAt": 5 } } } ] }
            }
            """);

        Assert.Equal(("a", "gc-agent", "Running"), (pod.Name, pod.Labels["app"], pod.Phase));
        Assert.NotNull(pod.ContainerNamed("agent"));
        Assert.Equal(ConditionStatus.Unknown, pod.ConditionOf("Ready")!.Status);
        Assert.Equal(new ContainerRunning(null), pod.StatusOf("agent")!.State);
    }

    [Fact]
    public void Half_a_surrogate_pair_spoils_only_its_own_field()
    {
        var (pod, warnings) = Read("""{ "metadata": { "\ud800": 1, "name": "a", "namespace": "\udfff", "labels": { "\ud800": "x", "b": "\ud800", "c": "kept" } } }""");

        Assert.Equal(("a", "", "kept"), (pod.Name, pod.Namespace, Assert.Single(pod.Labels).Value));
        Assert.NotEmpty(warnings);
    }

    [Fact]
    public void Texts_to_show_are_plain_and_labels_and_annotations_are_bounded()
    {
        var many = string.Join(',', Enumerable.Range(0, 1000).Select(number => $"\"a{number}\": \"{new string('x', 5000)}\""));
        var (pod, _) = Read($$"""
            { "metadata": { "name": "\u001b[31m", "annotations": { {{many}} } }, "spec": { "nodeName": "\u0007" }, "status": { "phase": "\u009b", "message": "a\nb" } }
            """);

        Assert.DoesNotContain($"{pod.Name}{pod.Node}{pod.Phase}{pod.Message}", char.IsControl);
        Assert.Equal(128, pod.Annotations.Count);
        Assert.All(pod.Annotations.Values, value => Assert.Equal(1024, value.Length));
    }

    [Fact]
    public void No_mutation_of_a_pod_makes_the_reader_throw()
    {
        var places = Places(JsonNode.Parse(Whole)!).ToArray();
        var strange = new[] { "null", "5", "-1.5", "1e300", "\"\"", "\"x\"", "\"\\ud800\"", "true", "[]", "{}", "[null,5,{}]", """{"a":{"b":[]}}""", """{"\ud800":{}}""" };
        var mutation = Gen.Choose(0, places.Length - 1).SelectMany(place => Gen.Elements(strange).Select(value => (place, value)));

        Prop.ForAll(Gen.ListOf(mutation).ToArbitrary(), mutations =>
        {
            var json = Whole;
            foreach (var (place, value) in mutations)
            {
                json = Replace(json, places[place], value);
            }

            var pod = Read(json).Pod;
            return !$"{pod}".Any(char.IsControl);
        }).QuickCheckThrowOnFailure();
    }

    // A place is a path of property names and indexes; a path that an earlier mutation removed is left alone.
    private static IEnumerable<object[]> Places(JsonNode node, params object[] path) => node switch
    {
        JsonObject inner => inner.SelectMany(pair => Below(pair.Value, [.. path, pair.Key])),
        JsonArray inner => inner.SelectMany((item, index) => Below(item, [.. path, index])),
        _ => [],
    };

    private static IEnumerable<object[]> Below(JsonNode? node, object[] path) => node is null ? [path] : Places(node, path).Prepend(path);

    private static string Replace(string json, object[] path, string value)
    {
        const string Mark = "\"the place\"";
        var root = JsonNode.Parse(json)!;
        try
        {
            var parent = path[..^1].Aggregate(root, (node, step) => step is int index ? node[index]! : node[(string)step]!);
            if (path[^1] is int last)
            {
                parent[last] = "the place";
            }
            else
            {
                parent[(string)path[^1]] = "the place";
            }

            return root.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentOutOfRangeException or NullReferenceException or ArgumentException)
        {
            return json;
        }
    }

    private static (Pod Pod, List<string> Warnings) Read(string json)
    {
        var warnings = new List<string>();
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
        return (PodReader.Read(document.RootElement, warnings.Add), warnings);
    }
}
