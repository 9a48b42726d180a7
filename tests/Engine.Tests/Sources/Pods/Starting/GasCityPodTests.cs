using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources.Pods.Starting;

public sealed class GasCityPodTests
{
    private static readonly GasCityPodSettings Settings = new(Image: "agent:1");

    // The document of a start that Gas City's description of its protocol gives as an example.
    private static readonly AgentSpec Example = Spec("demo-coder", "claude", "/city/demo", ("GC_CITY", "/city"), ("GC_ALIAS", "demo/coder")) with
    {
        Setup = new AgentSetup { PreStart = ["mkdir -p x"], Stage = [new StagedFile("/city/a.txt", "a.txt")] },
        Pod = new PodDeclaration(),
    };

    [Fact]
    public void A_pod_is_what_gas_city_makes_of_the_same_start()
    {
        var plan = GasCityPod.Plan(Example, Settings, "gc");

        Assert.Equal((true, true, true, "demo-coder", "gc-session=demo-coder"), (plan.Stages, plan.WaitsForWorkSpace, plan.HasCity, plan.Name, plan.Selector));
        var program = "mkdir -p $HOME/.claude; cp -rL /tmp/claude-secret/. $HOME/.claude/ 2>/dev/null; git config --global --add safe.directory '*' 2>/dev/null; "
            + "while [ ! -f /workspace/.gc-workspace-ready ]; do sleep 0.5; done; "
            + $"echo {Encoded("mkdir -p x")} | base64 -d | sh || echo 1 >> /tmp/agentdeck-pre-start-failed; "
            + $"CMD=$(echo {Encoded("claude")} | base64 -d) && tmux new-session -d -s main \"$CMD\" && sleep infinity";
        AssertSame(
            $$"""
            {
              "apiVersion": "v1", "kind": "Pod",
              "metadata": {
                "name": "demo-coder", "namespace": "gc",
                "labels": { "app": "gc-agent", "gc-session": "demo-coder", "gc-agent": "demo-coder" },
                "annotations": { "gc-session-name": "demo-coder", "agentdeck/spec-hash": "{{plan.Hash}}" } },
              "spec": {
                "restartPolicy": "Never",
                "containers": [ {
                  "name": "agent", "image": "agent:1", "imagePullPolicy": "IfNotPresent", "workingDir": "/workspace/demo",
                  "command": [ "/bin/sh", "-c" ], "args": [ {{JsonValue.Create(program).ToJsonString()}} ], "stdin": true, "tty": true,
                  "env": [
                    { "name": "CLAUDE_CONFIG_DIR", "value": "/home/gcagent/.claude" },
                    { "name": "GC_AGENT", "value": "demo/coder" },
                    { "name": "GC_ALIAS", "value": "demo/coder" },
                    { "name": "GC_CITY", "value": "/workspace" },
                    { "name": "GC_SESSION_NAME", "value": "demo-coder" },
                    { "name": "GC_TMUX_SESSION", "value": "main" },
                    { "name": "GITHUB_TOKEN", "valueFrom": { "secretKeyRef": { "name": "git-credentials", "key": "token", "optional": true } } } ],
                  "resources": { "requests": { "cpu": "500m", "memory": "1Gi" }, "limits": { "cpu": "2", "memory": "4Gi" } },
                  "volumeMounts": [
                    { "name": "ws", "mountPath": "/workspace" },
                    { "name": "claude-config", "mountPath": "/tmp/claude-secret", "readOnly": true },
                    { "name": "city", "mountPath": "/city" } ] } ],
                "volumes": [
                  { "name": "ws", "emptyDir": {} },
                  { "name": "claude-config", "secret": { "secretName": "claude-credentials", "optional": true } },
                  { "name": "city", "emptyDir": {} } ],
                "initContainers": [ {
                  "name": "stage", "image": "agent:1", "imagePullPolicy": "IfNotPresent",
                  "command": [ "sh", "-c", "while [ ! -f /workspace/.gc-ready ]; do sleep 0.5; done" ],
                  "volumeMounts": [ { "name": "ws", "mountPath": "/workspace" }, { "name": "city", "mountPath": "/city-stage" } ] } ] } }
            """,
            plan.Manifest);
    }

    [Fact]
    public void A_prebaked_pod_keeps_only_the_credentials()
    {
        var plan = GasCityPod.Plan(Example, Settings with { Prebaked = true }, "gc");

        var pod = plan.Manifest["spec"]!;
        Assert.Equal((false, false, false), (plan.Stages, plan.WaitsForWorkSpace, plan.HasCity));
        Assert.Null(pod["initContainers"]);
        Assert.Equal("claude-config", Assert.Single(pod["volumes"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal("claude-config", Assert.Single(Agent(plan)["volumeMounts"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.DoesNotContain("while", Agent(plan)["args"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_files_nothing_is_staged_and_without_a_city_none_is_mounted()
    {
        var plan = GasCityPod.Plan(Spec("mayor"), Settings, "gc");

        Assert.False(plan.Stages);
        Assert.Null(plan.Manifest["spec"]!["initContainers"]);
        Assert.Equal(["ws", "claude-config"], plan.Manifest["spec"]!["volumes"]!.AsArray().Select(volume => volume!["name"]!.GetValue<string>()));
        Assert.Null(plan.Manifest["spec"]!["serviceAccountName"]);
        Assert.Null(Agent(plan)["securityContext"]);
        Assert.Equal("mayor", plan.Manifest["metadata"]!["labels"]!["gc-agent"]!.GetValue<string>());
    }

    [Fact]
    public void The_city_itself_as_working_directory_is_not_mounted_a_second_time()
    {
        var plan = GasCityPod.Plan(Spec("mayor", "x", "/city", ("GC_CITY", "/city")), Settings, "gc");

        Assert.Equal("/workspace", Agent(plan)["workingDir"]!.GetValue<string>());
        Assert.DoesNotContain(plan.Manifest["spec"]!["volumes"]!.AsArray(), volume => volume!["name"]!.GetValue<string>() == "city");
    }

    [Fact]
    public void What_the_agent_declares_wins_over_its_source()
    {
        var spec = Spec("gastown__mayor", "run /city/x", "", ("GC_CITY", "/city"), ("LINUX_USERNAME", "ann")) with
        {
            Pod = new PodDeclaration { Image = "mine:2", CpuRequest = "1", MemoryLimit = "8Gi" },
            Setup = Example.Setup with { Labels = ImmutableDictionary<string, string>.Empty.Add("team", "blue") },
        };

        var plan = GasCityPod.Plan(spec, Settings with { ServiceAccount = "sa", CpuLimit = "3" }, "gc");

        Assert.Equal("gastown--mayor", plan.Manifest["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal(("gastown__mayor", "blue"), (plan.Manifest["metadata"]!["labels"]!["gc-session"]!.GetValue<string>(), plan.Manifest["metadata"]!["labels"]!["team"]!.GetValue<string>()));
        Assert.Equal("sa", plan.Manifest["spec"]!["serviceAccountName"]!.GetValue<string>());
        Assert.Equal("mine:2", Agent(plan)["image"]!.GetValue<string>());
        AssertSame("""{ "requests": { "cpu": "1", "memory": "1Gi" }, "limits": { "cpu": "3", "memory": "8Gi" } }""", Agent(plan)["resources"]!);
        Assert.Equal(0, Agent(plan)["securityContext"]!["runAsUser"]!.GetValue<int>());
        Assert.Contains(Encoded("run /workspace/x"), Agent(plan)["args"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_made_says_what_is_missing()
    {
        Assert.Contains("no image is named", Refusal(() => GasCityPod.Plan(Spec("a"), new GasCityPodSettings(), "gc")), StringComparison.Ordinal);
        Assert.Contains("GC_DOLT_PORT", Refusal(() => GasCityPod.Plan(Spec("a", "x", "", ("GC_DOLT_HOST", "h")), Settings, "gc")), StringComparison.Ordinal);
        Assert.Contains("LINUX_USERNAME", Refusal(() => GasCityPod.Plan(Spec("a", "x", "", ("LINUX_USERNAME", "a b")), Settings, "gc")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_change_of_what_is_declared_is_another_hash_and_nothing_else_is()
    {
        var pod = Example.Pod!;
        var setup = Example.Setup;
        PodDeclaration[] changed =
        [
            pod with { Image = "b" }, pod with { CpuRequest = "2" }, pod with { Secrets = ImmutableDictionary<string, SecretReference>.Empty.Add("A", new SecretReference("s", "k")) },
        ];
        AgentSetup[] setups =
        [
            setup with { PreStart = ["y"] }, setup with { SessionSetup = ["y"] }, setup with { SessionSetupScript = "/s" },
            setup with { Stage = [new StagedFile("/city/a.txt", "b.txt")] }, setup with { Labels = ImmutableDictionary<string, string>.Empty.Add("a", "b") },
        ];
        AgentSpec[] others = [.. changed.Select(other => Example with { Pod = other }), .. setups.Select(other => Example with { Setup = other }), Example with { Command = "c" }, Example with { Environment = Example.Environment.Add("A", "b") }, Example with { Directory = "/city" }];

        Assert.Equal(others.Length + 1, others.Append(Example).Select(Hash).Distinct().Count());
        Assert.Equal(Hash(Example), Hash(Example with { Setup = setup with { StartupTimeout = TimeSpan.FromSeconds(1) }, Desired = DesiredState.Stopped, InterruptKey = "Escape" }));
        Assert.Matches("^[0-9a-f]{32}$", Hash(Example));

        static string Hash(AgentSpec spec) => GasCityPod.Plan(spec, Settings, "gc").Hash;
    }

    internal static AgentSpec Spec(string name, string command = "", string directory = "", params (string Name, string Value)[] variables) => new(
        name, "gc", command, directory, variables.ToImmutableDictionary(pair => pair.Name, pair => pair.Value), DesiredState.Running, RestartPolicy.Never, null)
    {
        Pod = new PodDeclaration(),
    };

    private static string Refusal(Func<PodPlan> plan) => Assert.Throws<TransportException>(() => plan()).Message;

    private static JsonNode Agent(PodPlan plan) => plan.Manifest["spec"]!["containers"]![0]!;

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void AssertSame(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected\n{JsonNode.Parse(expected)}\nbut it is\n{actual}");
}
