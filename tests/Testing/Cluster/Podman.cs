using System.Collections.Immutable;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;
using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>
/// A podman of one collection of tests: images, containers and settings are in a folder that goes with it. Has the images of
/// <see cref="TestImages"/>. Containers that outlive a killed process end by themselves.
/// </summary>
public sealed class Podman : IAsyncLifetime
{
    private const string Lifetime = "900";

    // No rlimits above our own, no network and no systemd: a small virtual machine has none to give.
    private const string Settings = """
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        netns = "none"
        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        lock_type = "file"
        tmp_dir = "{0}/tmp"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly LocalCommandRunner Runner = new(TimeProvider.System);

    private static readonly Lazy<string?> Reason = new(TryStart);

    private static string _folder = "";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (WhyNot is null)
        {
            Assert.Null(await StartAsync());
        }
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => RemoveAsync();

    /// <summary>Why podman runs no containers here, as one line; null when it does.</summary>
    public static string? WhyNot => Reason.Value;

    /// <summary>A folder that goes with the containers.</summary>
    public static string Folder => _folder;

    /// <summary>The program and what stands before every argument, for a source.</summary>
    public static ImmutableArray<string> Program => ["env", $"HOME={_folder}", $"CONTAINERS_CONF={_folder}/containers.conf", "podman", "--root", $"{_folder}/root", "--runroot", $"{_folder}/run", "--storage-driver", "vfs"];

    /// <summary>Starts a container with a label that no other test has, and gives its id.</summary>
    public static async Task<string> StartAsync(string name, IEnumerable<string> labels, string image, string script) =>
        (await RunAsync(["run", "-d", "--name", name, "--timeout", Lifetime, .. labels.SelectMany(label => new[] { "--label", label }), image, "sh", "-c", script])).Trim();

    /// <summary>Runs a podman command; fails the test when podman refuses.</summary>
    public static async Task<string> RunAsync(params ImmutableArray<string> arguments)
    {
        var result = await TryRunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"podman {string.Join(' ', arguments)} failed: {result.Error}");
        return result.Output;
    }

    /// <summary>Runs a podman command that may be refused.</summary>
    public static Task<CommandResult> TryRunAsync(ImmutableArray<string> arguments) =>
        Runner.RunAsync(new CommandSpec { Program = Program[0], Arguments = [.. Program.Skip(1), .. arguments] }, null, Patience, CancellationToken.None);

    private static string? TryStart()
    {
        if (TestCluster.WhyNoImages is { } reason)
        {
            return $"no containers to test with: {reason}";
        }

        try
        {
            return Task.Run(TryAsync).GetAwaiter().GetResult();
        }
        catch (TransportException)
        {
            return "no containers to test with: podman is not installed";
        }
    }

    // By a container that ends at once: whatever podman lacks here, it would say now.
    private static async Task<string?> TryAsync()
    {
        try
        {
            return await StartAsync() is { } failure ? $"no containers to test with: podman says: {failure.ReplaceLineEndings(" ").Trim()}" : null;
        }
        finally
        {
            await RemoveAsync();
        }
    }

    private static async Task<string?> StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("agentdeck-podman-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "tmp"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "containers.conf"), Settings.Replace("{0}", _folder, StringComparison.Ordinal));
        if (await TryRunAsync(["--version"]) is { ExitCode: not 0 } missing)
        {
            return missing.Error;
        }

        var images = Path.Combine(_folder, "images");
        var script = new CommandSpec { Program = Path.Combine(Repository.Root, "tests", "cluster", "cluster.sh"), Arguments = ["images", images] };
        if (await Runner.RunAsync(script, null, Patience, CancellationToken.None) is { ExitCode: not 0 } unmade)
        {
            return unmade.Error;
        }

        foreach (var image in Directory.GetFiles(images, "*.tar"))
        {
            if (await TryRunAsync(["load", "--quiet", "--input", image]) is { ExitCode: not 0 } failed)
            {
                return failed.Error;
            }
        }

        var tried = await TryRunAsync(["run", "--rm", TestImages.Agent, "true"]);
        return tried.ExitCode == 0 ? null : tried.Error;
    }

    private static async Task RemoveAsync()
    {
        if (Directory.Exists(_folder))
        {
            await TryRunAsync(["rm", "--all", "--force", "--time", "0"]);
            Directory.Delete(_folder, recursive: true);
        }
    }
}
