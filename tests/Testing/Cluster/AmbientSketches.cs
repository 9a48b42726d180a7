using System.Text.Json.Nodes;

namespace AgentDeck.Testing.Cluster;

/// <summary>The Ambient Code Platform's <c>AgenticSession</c>: its definition, sessions, and the pod that runs one.</summary>
public static class AmbientSketches
{
    private const string Group = "vteam.ambient-code";
    private const string Version = "v1alpha1";

    /// <summary>The name of the definition.</summary>
    public const string DefinitionName = $"agenticsessions.{Group}";

    /// <summary>The definition, in the fields that a dashboard reads; unknown fields are kept, as several generations of it are in use.</summary>
    public static JsonObject Definition() => Parse("""
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "agenticsessions.vteam.ambient-code"},
          "spec": {
            "group": "vteam.ambient-code", "scope": "Namespaced",
            "names": {"plural": "agenticsessions", "singular": "agenticsession", "kind": "AgenticSession", "shortNames": ["as"]},
            "versions": [{
              "name": "v1alpha1", "served": true, "storage": true, "subresources": {"status": {}},
              "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                "spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {
                  "repos": {"type": "array", "items": {"type": "object", "required": ["url"], "x-kubernetes-preserve-unknown-fields": true, "properties": {
                    "url": {"type": "string"}, "branch": {"type": "string", "default": "main"}}}},
                  "initialPrompt": {"type": "string"}, "displayName": {"type": "string"},
                  "timeout": {"type": "integer", "default": 300}, "inactivityTimeout": {"type": "integer", "minimum": 0}}},
                "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {
                  "observedGeneration": {"type": "integer", "format": "int64"},
                  "phase": {"type": "string", "enum": ["Pending", "Creating", "Running", "Stopping", "Stopped", "Completed", "Failed"], "default": "Pending"},
                  "startTime": {"type": "string", "format": "date-time"}, "completionTime": {"type": "string", "format": "date-time"},
                  "lastActivityTime": {"type": "string", "format": "date-time"},
                  "conditions": {"type": "array", "items": {"type": "object", "required": ["type", "status"], "properties": {
                    "type": {"type": "string"}, "status": {"type": "string", "enum": ["True", "False", "Unknown"]}, "reason": {"type": "string"},
                    "message": {"type": "string"}, "lastTransitionTime": {"type": "string", "format": "date-time"},
                    "observedGeneration": {"type": "integer", "format": "int64"}}}}}}}}}
            }]
          }
        }
        """);

    /// <summary>The definition of <c>ProjectSettings</c>, in the one field that a dashboard reads.</summary>
    public static JsonObject ProjectDefinition() => Parse("""
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "projectsettings.vteam.ambient-code"},
          "spec": {
            "group": "vteam.ambient-code", "scope": "Namespaced",
            "names": {"plural": "projectsettings", "singular": "projectsetting", "kind": "ProjectSettings", "shortNames": ["ps"]},
            "versions": [{
              "name": "v1alpha1", "served": true, "storage": true,
              "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                "spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {
                  "inactivityTimeoutSeconds": {"type": "integer", "minimum": 0, "default": 86400}}}}}}
            }]
          }
        }
        """);

    /// <summary>The settings of a namespace's project.</summary>
    /// <param name="inactivitySeconds">After how long without activity its sessions are stopped.</param>
    public static JsonObject Project(int inactivitySeconds) => Parse($$"""
        {
          "apiVersion": "{{Group}}/{{Version}}", "kind": "ProjectSettings", "metadata": {"name": "projectsettings"},
          "spec": { "inactivityTimeoutSeconds": {{inactivitySeconds}} }
        }
        """);

    /// <summary>A session as it is created; its status is another request, to <see cref="PathOf"/>.</summary>
    public static JsonObject Session(string name) => Parse($$"""
        {
          "apiVersion": "{{Group}}/{{Version}}", "kind": "AgenticSession", "metadata": {"name": "{{name}}"},
          "spec": {
            "displayName": "Fix the build", "initialPrompt": "Fix the build", "timeout": 300, "inactivityTimeout": 3600,
            "llmSettings": {"model": "claude-sonnet-4-6", "temperature": 0.7, "maxTokens": 4000},
            "userContext": {"userId": "u1", "displayName": "Ada", "groups": []},
            "repos": [{"url": "https://example.test/repo.git", "branch": "main"}]
          }
        }
        """);

    /// <summary>The path of a session at the server.</summary>
    public static string PathOf(string namespaceName, string name) => $"/apis/{Group}/{Version}/namespaces/{namespaceName}/agenticsessions/{name}";

    /// <summary>The pod that runs a session: container <c>ambient-code-runner</c> beside <c>state-sync</c>, no tmux.</summary>
    /// <param name="session">The session's name.</param>
    /// <param name="sessionUid">The session's uid, which owns the pod.</param>
    /// <param name="command">What the runner does, as a shell line.</param>
    public static JsonObject Runner(string session, string sessionUid, string command = "echo serving; exec sleep infinity")
    {
        var pod = PodSketches.Pod(
            $"{session}-runner",
            new Dictionary<string, string> { ["agentic-session"] = session, ["app"] = "ambient-code-runner" },
            new JsonObject
            {
                ["terminationGracePeriodSeconds"] = 60,
                ["initContainers"] = new JsonArray(PodSketches.Container("init-hydrate", TestImages.Shell, "echo hydrated")),
                ["containers"] = new JsonArray(
                    PodSketches.Container("ambient-code-runner", TestImages.Shell, command),
                    PodSketches.Container("state-sync", TestImages.Shell, "exec sleep infinity")),
            });
        pod["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = $"{Group}/{Version}",
            ["kind"] = "AgenticSession",
            ["name"] = session,
            ["uid"] = sessionUid,
            ["controller"] = true,
        });
        return pod;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
