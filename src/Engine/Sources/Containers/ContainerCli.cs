using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>The command line of a container runtime. Says what failed in the runtime's own words, because there is no other sign of it.</summary>
/// <param name="spec">Which program, and whose command line it speaks.</param>
/// <param name="runner">Runs short commands.</param>
internal sealed class ContainerCli(ContainerSourceSpec spec, ICommandRunner runner)
{
    /// <summary>How long a container may take to end after it was asked to, before it is killed.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>The exit codes by which both runtimes say that they could not start a program; older ones by the first.</summary>
    public const int CannotRun = 126, NotFound = 127;

    private const int LongestWords = 300;
    private const int InspectedAtOnce = 100;

    // A key that nobody presses six times in a row: docker takes the empty text for its usual keys, which programs need.
    private const string NoDetachKeys = "ctrl-^,ctrl-^,ctrl-^,ctrl-^,ctrl-^,ctrl-^";

    // A runtime that follows something reads nothing, so it would not learn of our end: its standard input ends with us, and it with that.
    private const string Leash = """
        exec 3<&0
        { read -r line <&3; kill $$; } >/dev/null 2>&1 &
        exec "$@" </dev/null 3<&-
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What its program says of itself; needs no daemon.</summary>
    /// <exception cref="TransportException">The program is not there, or says nothing of itself.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken) => PlainText.Sanitize((await RunAsync(["--version"], cancellationToken)).Trim(), LongestWords);

    /// <summary>The version of the tmux in a container; null when there is none.</summary>
    /// <exception cref="TransportException">No command could be run there.</exception>
    public async Task<string?> TmuxIn(string id, string? user, CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync(Exec(id, user, [], new CommandSpec { Program = "tmux", Arguments = ["-V"] }), null, Patience, cancellationToken);
        return result.ExitCode switch
        {
            0 => PlainText.Sanitize(result.Output.Trim(), LongestWords),
            CannotRun or NotFound => null,
            var code => throw new TransportException(TransportFault.Unreachable, Failure("exec", result.Error, code)),
        };
    }

    /// <summary>The ids of all containers with these labels, those that ended too.</summary>
    /// <exception cref="TransportException">The runtime is not there or does not answer.</exception>
    public async Task<ImmutableArray<string>> ListAsync(ContainerSelection selection, CancellationToken cancellationToken)
    {
        var printed = await RunAsync(["ps", "--all", "--quiet", "--no-trunc", .. Filters(selection)], cancellationToken);
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>What these containers are; those that there are no more are left out.</summary>
    /// <exception cref="TransportException">The runtime is not there or does not answer.</exception>
    public async Task<ImmutableArray<ContainerInfo>> InspectAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<ContainerInfo>();
        foreach (var some in ids.Chunk(InspectedAtOnce))
        {
            // One that is gone makes it fail after it told of the others; so does a runtime that is gone, of which no container is.
            var result = await runner.RunAsync(Command(["container", "inspect", "--format", ContainerInspection.Format, .. some]), null, Patience, cancellationToken);
            if (result.ExitCode != 0)
            {
                await RunAsync(["ps", "--quiet", "--last", "1"], cancellationToken);
            }

            found.AddRange(ContainerInspection.Read(result.Output));
        }

        return found.ToImmutable();
    }

    /// <summary>Starts a container that exists.</summary>
    /// <exception cref="TransportException">It was refused.</exception>
    public Task StartAsync(string id, CancellationToken cancellationToken) => RunAsync(["start", id], cancellationToken);

    /// <summary>Stops a container, by force after <see cref="StopGrace"/>.</summary>
    /// <exception cref="TransportException">It was refused.</exception>
    public Task StopAsync(string id, CancellationToken cancellationToken) =>
        RunAsync(["stop", "-t", StopGrace.TotalSeconds.ToString(CultureInfo.InvariantCulture), id], cancellationToken);

    /// <summary>Tells what happens to containers with these labels, one line each, from a time on and until it is ended.</summary>
    public CommandSpec Events(ContainerSelection selection, DateTimeOffset since) => Shell(Leash, Command([
        "events", "--since", since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "--format", spec.Runtime == ContainerRuntime.Podman ? "json" : "{{json .}}",
        "--filter", "type=container", .. ContainerEvent.Names.SelectMany(name => new[] { "--filter", $"event={name}" }), .. Filters(selection),
    ]));

    /// <summary>Runs a command in a container.</summary>
    public CommandSpec Exec(string id, string? user, ImmutableArray<string> variables, CommandSpec command) => Command([
        "exec", "-i", .. command.Terminal is null ? Array.Empty<string>() : ["-t", $"--detach-keys={(spec.Runtime == ContainerRuntime.Podman ? "" : NoDetachKeys)}"],
        .. user is null ? Array.Empty<string>() : ["-u", user], .. variables.SelectMany(variable => new[] { "-e", variable }),
        id, command.Program, .. command.Arguments,
    ]) with
    { Terminal = command.Terminal };

    /// <summary>Prints the log of a container; what it wrote to standard error stands in its place between the other lines.</summary>
    public CommandSpec Logs(string id, LogRequest request) => Shell(
        $"exec 2>&1\n{Leash}",
        Command([
            "logs", .. request.Follow ? ["--follow"] : Array.Empty<string>(), .. request.Timestamps ? ["--timestamps"] : Array.Empty<string>(),
            .. request.TailLines is { } tail ? ["--tail", tail.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            .. request.Since is { } since ? ["--since", since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            id,
        ]));

    /// <summary>What it said on standard error, fit to be shown.</summary>
    public static string Said(string error) => PlainText.Sanitize(Redactor.Redact(error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? ""), LongestWords);

    private static IEnumerable<string> Filters(ContainerSelection selection) => selection.Labels.SelectMany(label => new[] { "--filter", $"label={label}" });

    private static CommandSpec Shell(string script, CommandSpec command) => command with { Program = "sh", Arguments = ["-c", script, "sh", command.Program, .. command.Arguments] };

    private CommandSpec Command(ImmutableArray<string> arguments) => new() { Program = spec.Program[0], Arguments = [.. spec.Program.Skip(1), .. arguments] };

    private async Task<string> RunAsync(ImmutableArray<string> arguments, CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync(Command(arguments), null, Patience, cancellationToken);
        return result.ExitCode == 0
            ? result.Output
            : throw new TransportException(TransportFault.Unreachable, Failure(arguments[0], result.Error, result.ExitCode));
    }

    private string Failure(string asked, string error, int code) => $"{spec.RuntimeName} {asked}: {(Said(error) is { Length: > 0 } said ? said : $"exit code {code}")}";
}
