using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>What is done inside a pod while its agent starts. Each command may be given again.</summary>
/// <param name="api">The cluster.</param>
/// <param name="pod">The pod.</param>
/// <param name="container">The agent's container.</param>
/// <param name="user">The user that tmux runs as; null for the container's own.</param>
/// <param name="time">The clock.</param>
internal sealed class PodInside(IKubernetesApi api, Pod pod, string container, string? user, TimeProvider time)
{
    /// <summary>How many of the last lines are kept of what ended.</summary>
    public const int KeptLines = 30;

    private const string Log = "/tmp/agent-output.log";
    private const int NoTmux = 127;

    // $1 is the user, or empty. The tmux of another user is only seen by that user.
    private const string Prelude = """
        as() { if [ -n "$user" ] && [ "$(whoami)" != "$user" ]; then su - "$user" -c "$1"; else sh -c "$1"; fi; }
        alive() { as 'tmux has-session -t =main' </dev/null >/dev/null 2>&1; }
        user=$1

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PodContainer _agent = new(pod.Namespace, pod.Name, container);

    /// <summary>Asks for the session.</summary>
    public async Task<SessionWord> LookAsync(CancellationToken cancellationToken)
    {
        var said = await ShellAsync($"if alive; then [ \"$(as 'tmux display-message -p -t =main: \"#{{{SetUpMark.Option}}}\"' </dev/null)\" = {SetUpMark.Done} ] && echo ready || echo alive; elif [ -e {Log} ]; then echo ended; else echo none; fi", "", cancellationToken);
        return said.Output.Trim() switch { "ready" => SessionWord.Ready, "alive" => SessionWord.Alive, "ended" => SessionWord.Ended, _ => SessionWord.None };
    }

    /// <summary>Waits some seconds for the session.</summary>
    /// <returns>Whether it is there.</returns>
    /// <exception cref="TransportException">There is no tmux, or the way to the pod is lost.</exception>
    public async Task<bool> SeeSessionAsync(CancellationToken cancellationToken)
    {
        var said = await ShellAsync($"command -v tmux >/dev/null || exit {NoTmux}; i=0; while [ $i -lt 75 ]; do alive && exit 0; sleep 0.2; i=$((i+1)); done; exit 1", "", cancellationToken);
        return said.ExitCode == NoTmux
            ? throw new TransportException(TransportFault.Denied, "there is no tmux in its image; Gas City's images have one")
            : said.ExitCode == 0;
    }

    /// <summary>Says to a container that what it waits for is there.</summary>
    /// <exception cref="TransportException">It could not be said.</exception>
    public async Task SignAsync(string inContainer, string sign, CancellationToken cancellationToken)
    {
        var said = await RunAsync(pod, inContainer, new CommandSpec { Program = "touch", Arguments = [sign] }, cancellationToken);
        if (said.ExitCode != 0)
        {
            throw new TransportException(TransportFault.Denied, $"{sign} cannot be written in its pod: {Said(said)}");
        }
    }

    /// <summary>Copies the city's state to where the agent's container has the city.</summary>
    public Task CopyCityAsync(CancellationToken cancellationToken) => RunAsync(
        pod, GasCityDialect.StageContainer, new CommandSpec { Program = "sh", Arguments = ["-c", "[ ! -d /workspace/.gc ] || cp -r /workspace/.gc /city-stage/"] }, cancellationToken);

    /// <summary>Copies files into the work space.</summary>
    /// <returns>What was left out, each with the reason.</returns>
    public async Task<ImmutableArray<string>> StageAsync(StagedFile file, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            var leftOut = await StagedTar.WriteAsync(file, archive, cancellationToken);
            if (archive.Length == 0)
            {
                return leftOut;
            }

            archive.Position = 0;
            var said = await FeedAsync(GasCityDialect.StageContainer, $"mkdir -p {GasCityPaths.WorkSpace} && tar -xpf - -C {GasCityPaths.WorkSpace}", archive, Timeout.InfiniteTimeSpan, cancellationToken);
            return said.ExitCode == 0 ? leftOut : leftOut.Add(Plain($"{file.From} was not copied whole: {Said(said)}"));
        }
        catch (IOException failure)
        {
            return [Plain($"{file.From} was not copied: {failure.Message}")];
        }
    }

    /// <summary>Has what the agent prints kept in a file, unless that is done already, and asks what failed before it began.</summary>
    /// <returns>The numbers of the lines that failed, from 1.</returns>
    public async Task<ImmutableArray<string>> KeepOutputAsync(CancellationToken cancellationToken)
    {
        var keep = $"[ \"$(tmux display-message -p -t =main: \"#{{pane_pipe}}\")\" != 0 ] || {{ tmux capture-pane -p -S - -t =main: >> {Log}; tmux pipe-pane -t =main: -o \"cat >> {Log}\"; }}";
        var said = await ShellAsync($"as '{keep}' >/dev/null 2>&1; cat {GasCityEntrypoint.FailedPreStart} 2>/dev/null; true", "", cancellationToken);
        return [.. said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(KeptLines)];
    }

    /// <summary>Runs a shell line.</summary>
    /// <returns>Why it failed; null when it did not.</returns>
    public async Task<string?> SetUpAsync(string line, CancellationToken cancellationToken) =>
        Failure(await RunAsync(pod, container, new CommandSpec { Program = "sh", Arguments = ["-c", line] }, cancellationToken));

    /// <summary>Runs a script of this machine.</summary>
    /// <returns>Why it failed; null when it did not.</returns>
    public async Task<string?> SetUpByFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var script = new MemoryStream(await File.ReadAllBytesAsync(path, cancellationToken));
            return Failure(await FeedAsync(container, "sh", script, Patience, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Plain(failure.Message);
        }
    }

    /// <summary>Notes in the session that everything was done, so that nothing is done again, and what went wrong with it.</summary>
    /// <exception cref="TransportException">It could not be noted.</exception>
    public async Task FinishAsync(string note, CancellationToken cancellationToken)
    {
        var said = await ShellAsync(
            $"as 'tmux set-option -t =main: {NoteMark.Option} \"{NoteMark.Write(note)}\" \\; set-option -t =main: {SetUpMark.Option} {SetUpMark.Done}' </dev/null", "", cancellationToken);
        if (said.ExitCode != 0)
        {
            throw new TransportException(TransportFault.Denied, $"its session does not take that it is set up: {Said(said)}");
        }
    }

    /// <summary>What the agent printed last; empty when that cannot be had.</summary>
    public async Task<ImmutableArray<string>> LastOutputAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (pod.StatusOf(container)?.State is ContainerRunning)
            {
                var said = await RunAsync(pod, container, new CommandSpec { Program = "tail", Arguments = ["-n", KeptLines.ToString(CultureInfo.InvariantCulture), Log] }, cancellationToken);
                return Lines(Encoding.UTF8.GetBytes(said.Output));
            }

            var tail = new LogTail(KeptLines);
            await foreach (var piece in PodLog.ReadAsync(new KubernetesPlace(api, container, time), _agent, new LogRequest(Follow: false, Previous: false, KeptLines), cancellationToken))
            {
                tail.Feed(piece.Span);
            }

            return Lines(tail.Content());
        }
        catch (TransportException)
        {
            return [];
        }
    }

    private static ImmutableArray<string> Lines(byte[] printed) =>
        AgentScreen.Of(printed, historySize: 0).TryGet(ScreenRegion.Lines, KeptLines, out var text) && !text.IsEmpty ? [.. text.ToString().Split('\n').Select(Redactor.Redact)] : [];

    private Task<CommandResult> ShellAsync(string script, string argument, CancellationToken cancellationToken) =>
        RunAsync(pod, container, new CommandSpec { Program = "sh", Arguments = ["-c", Prelude + script, "sh", user ?? "", argument] }, cancellationToken);

    private Task<CommandResult> RunAsync(Pod where, string inContainer, CommandSpec command, CancellationToken cancellationToken) =>
        new StreamCommandRunner(TransportTo(where, inContainer), time).RunAsync(command, null, Patience, cancellationToken);

    // Older servers know no end of what is written, so the reader is told its length.
    private Task<CommandResult> FeedAsync(string inContainer, string script, Stream input, TimeSpan limit, CancellationToken cancellationToken) => new StreamCommandRunner(TransportTo(pod, inContainer), time).FeedAsync(
        new CommandSpec { Program = "sh", Arguments = ["-c", FormattableString.Invariant($"head -c {input.Length} | ( {script} )")] }, input, limit, cancellationToken);

    private OwnPodTransport TransportTo(Pod where, string inContainer) => new(new PodExecTransport(api, new PodContainer(where.Namespace, where.Name, inContainer)), where.Uid);

    private static string? Failure(CommandResult said) => said.ExitCode == 0 ? null : $"exit code {said.ExitCode}{(Said(said) is { Length: > 0 } words ? $": {words}" : "")}";

    private static string Said(CommandResult said) => Plain(AgentScreen.Of(Encoding.UTF8.GetBytes(said.Error.Length > 0 ? said.Error : said.Output), historySize: 0).Telling);

    private static string Plain(string text) => PlainText.Sanitize(Redactor.Redact(text), 300);
}
