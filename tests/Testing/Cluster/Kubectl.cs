using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing.Cluster;

/// <summary>kubectl in one namespace: what a test looks with and prepares with, independent of our own client.</summary>
public sealed class Kubectl(string program, string kubeconfig, string namespaceName)
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The program, for measurements beside ours.</summary>
    public string Program => program;

    /// <summary>Runs kubectl and gives what it printed; fails when it does.</summary>
    public Task<string> RunAsync(params string[] arguments) => FeedAsync(null, arguments);

    /// <summary>Runs kubectl, which may fail.</summary>
    public Task<CommandResult> TryRunAsync(params string[] arguments) => TryFeedAsync(null, arguments);

    /// <summary>Creates an object.</summary>
    public Task CreateAsync(JsonObject manifest) => FeedAsync(manifest.ToJsonString(), "create", "-f", "-");

    /// <summary>Creates an object or brings it to this state.</summary>
    public Task ApplyAsync(JsonObject manifest) => FeedAsync(manifest.ToJsonString(), "apply", "-f", "-");

    /// <summary>Replaces the status of an object that has it as a subresource.</summary>
    /// <param name="path">The object's path at the server, for example <c>/apis/group/v1/namespaces/n/things/name</c>.</param>
    /// <param name="status">The whole new status.</param>
    public async Task ReplaceStatusAsync(string path, JsonObject status)
    {
        var current = JsonNode.Parse(await RunAsync("get", "--raw", path))!;
        current["status"] = status.DeepClone();
        await FeedAsync(current.ToJsonString(), "replace", "--raw", $"{path}/status", "-f", "-");
    }

    /// <summary>Reads an object.</summary>
    public async Task<JsonElement> GetAsync(string kind, string name)
    {
        using var document = JsonDocument.Parse(await RunAsync("get", kind, name, "-o", "json"));
        return document.RootElement.Clone();
    }

    /// <summary>Runs a command in a container.</summary>
    public Task<string> ExecAsync(string pod, string container, params string[] command) =>
        RunAsync(["exec", pod, "-c", container, "--", .. command]);

    /// <summary>Waits with <c>kubectl wait</c>.</summary>
    /// <param name="what">For example <c>pod/name</c>.</param>
    /// <param name="condition">For example <c>condition=Ready</c> or <c>delete</c>.</param>
    public Task WaitAsync(string what, string condition) =>
        RunAsync("wait", what, $"--for={condition}", $"--timeout={Deadline.TotalSeconds:0}s");

    /// <summary>Deletes an object and waits until it is gone.</summary>
    /// <param name="what">For example <c>pod/name</c>.</param>
    /// <param name="graceSeconds">How long its processes may take.</param>
    public Task DeleteAsync(string what, int graceSeconds = 1) =>
        RunAsync("delete", what, $"--grace-period={graceSeconds}");

    /// <summary>Runs a command again and again until its result is as expected; fails with the last result after two minutes.</summary>
    public async Task<CommandResult> SeeAsync(Func<CommandResult, bool> isExpected, string what, params string[] arguments)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (true)
        {
            var result = await TryRunAsync(arguments);
            if (isExpected(result))
            {
                return result;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
            {
                throw new TimeoutException($"waited in vain until {what}; kubectl {string.Join(' ', arguments)} gave {result.ExitCode}:\n{result.Output}{result.Error}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private async Task<string> FeedAsync(string? input, params string[] arguments)
    {
        var result = await TryFeedAsync(input, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)} failed: {result.Error}{result.Output}");
    }

    private Task<CommandResult> TryFeedAsync(string? input, params string[] arguments)
    {
        var command = new CommandSpec
        {
            Program = program,
            Arguments = ["--kubeconfig", kubeconfig, "--namespace", namespaceName, .. arguments],
            Environment = ImmutableDictionary<string, string?>.Empty.Add("KUBECONFIG", null),
        };
        return new LocalCommandRunner(TimeProvider.System).RunAsync(command, input, CommandTimeout, CancellationToken.None);
    }
}
