using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// What is done around the start of one agent on this machine, in the order and with the consequences that Gas City gives it in its own tmux:
/// files that cannot be copied are a warning, a <c>pre_start</c> that fails stops the start, what fails after the start is a warning again.
/// </summary>
/// <param name="spec">The declaration.</param>
/// <param name="runner">Runs the commands.</param>
/// <param name="variables">The agent's variables with the values of secrets among them.</param>
internal sealed class LocalSetup(AgentSpec spec, ICommandRunner runner, ImmutableDictionary<string, string> variables)
{
    /// <summary>How long a start may take, until its session is seen, when nothing is declared: Gas City's own.</summary>
    internal static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long each command may take once the session is there: Gas City's own.</summary>
    internal static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(10);

    private const long LargestSecret = 64 * 1024;

    private const int LongestWords = 300;

    /// <summary>How long this start may take.</summary>
    public TimeSpan Timeout => spec.Setup.StartupTimeout ?? UsualTimeout;

    /// <summary>Whether anything is to be done once the session is there.</summary>
    public bool HasSteps => !spec.Setup.SessionSetup.IsEmpty || spec.Setup.SessionSetupScript is not null;

    /// <summary>The agent's variables with the values of secrets among them: never log or show them.</summary>
    public ImmutableDictionary<string, string> Variables => variables;

    /// <summary>What is under way now, or was last, in words; empty before anything is.</summary>
    public string Step { get; private set; } = "";

    /// <summary>Reads the values of secrets, so that nobody else has to know where they are.</summary>
    /// <exception cref="TransportException">One cannot be read; the message names the variable and the file.</exception>
    public static async Task<LocalSetup> OpenAsync(AgentSpec spec, ICommandRunner runner, CancellationToken cancellationToken)
    {
        var variables = spec.Environment.ToBuilder();
        foreach (var (name, path) in spec.Setup.SecretFiles)
        {
            variables[name] = await ReadSecretAsync(name, path, cancellationToken);
        }

        return new LocalSetup(spec, runner, variables.ToImmutable());
    }

    /// <summary>Copies what is declared into the agent's directory, which is made when it is not there.</summary>
    /// <returns>What was left out, each with the reason.</returns>
    public async Task<ImmutableArray<string>> StageAsync(CancellationToken cancellationToken)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var file in spec.Setup.Stage)
        {
            Step = "copying its files";
            try
            {
                Directory.CreateDirectory(spec.Directory);
                await using var archive = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
                warnings.AddRange(await StagedTar.WriteAsync(file, archive, cancellationToken));
                archive.Position = 0;
                await TarFile.ExtractToDirectoryAsync(archive, spec.Directory, overwriteFiles: true, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                warnings.Add(Plain($"{file.From} was not copied: {failure.Message}"));
            }
        }

        return warnings.ToImmutable();
    }

    /// <summary>Runs what has to be done before the agent. It may make the agent's directory, and runs above it until that is there.</summary>
    /// <exception cref="TransportException">One failed; the message says which, and how.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        for (var index = 0; index < spec.Setup.PreStart.Length; index++)
        {
            Step = $"pre_start {index + 1}";
            if (await TryAsync(["-c", spec.Setup.PreStart[index]], Nearest(spec.Directory), System.Threading.Timeout.InfiniteTimeSpan, [], cancellationToken) is { } why)
            {
                throw new TransportException(TransportFault.Denied, $"{Step} failed: {why}");
            }
        }
    }

    /// <summary>Runs what has to be done once the session is there. A tmux that is called by it without a socket means the agent's own pane.</summary>
    /// <param name="socketPath">The socket of the session's server.</param>
    /// <param name="paneId">The agent's pane.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What failed, each with the reason.</returns>
    public async Task<ImmutableArray<string>> SetUpAsync(string socketPath, string paneId, CancellationToken cancellationToken)
    {
        (string Name, string? Value)[] inside = [("TMUX", $"{socketPath},0,0"), ("TMUX_PANE", paneId)];
        var steps = spec.Setup.SessionSetup.Select((line, index) => (Name: $"session_setup {index + 1}", Arguments: ImmutableArray.Create("-c", line)));
        if (spec.Setup.SessionSetupScript is { } script)
        {
            steps = steps.Append(("session_setup_script", [script]));
        }

        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var step in steps)
        {
            if (await TryAsync(step.Arguments, spec.Directory, StepTimeout, inside, cancellationToken) is { } why)
            {
                warnings.Add($"{step.Name} failed: {why}");
            }
        }

        return warnings.ToImmutable();
    }

    private static async Task<string> ReadSecretAsync(string name, string path, CancellationToken cancellationToken)
    {
        try
        {
            // What is no file, such as a pipe, has no length; reading it could wait for ever.
            if (new FileInfo(path).Length is 0 or > LargestSecret)
            {
                throw Unreadable("it is empty, or has more than 64 KiB");
            }

            var value = await File.ReadAllTextAsync(path, cancellationToken);
            return value.Contains('\0', StringComparison.Ordinal) ? throw Unreadable("it contains a NUL, which no variable can hold") : value.TrimEnd('\n', '\r');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(failure.Message);
        }

        TransportException Unreadable(string why) =>
            new(TransportFault.Denied, PlainText.Sanitize($"the file {path}, which holds the value of {name}, cannot be used: {why}", LongestWords));
    }

    private static string Nearest(string directory)
    {
        while (!Directory.Exists(directory) && Path.GetDirectoryName(directory.TrimEnd('/')) is { } above)
        {
            directory = above;
        }

        return directory;
    }

    private async Task<string?> TryAsync(
        ImmutableArray<string> arguments, string directory, TimeSpan limit, (string Name, string? Value)[] inside, CancellationToken cancellationToken)
    {
        // A deck that runs inside tmux is not where the agent is.
        var environment = ImmutableDictionary<string, string?>.Empty.Add("TMUX", null).Add("TMUX_PANE", null)
            .SetItems(variables.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)))
            .SetItems(inside.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        var command = new CommandSpec { Program = "sh", Arguments = arguments, Directory = directory, Environment = environment };
        try
        {
            var result = await runner.RunAsync(command, null, limit, cancellationToken);
            var said = AgentScreen.Of(Encoding.UTF8.GetBytes(result.Error.Length > 0 ? result.Error : result.Output), historySize: 0).Telling;
            return result.ExitCode == 0 ? null : $"exit code {result.ExitCode}{(said.Length > 0 ? $": {Plain(said)}" : "")}";
        }
        catch (TransportException failure)
        {
            return Plain(failure.Message);
        }
    }

    // What a command says of its failure may quote a secret that it was given.
    private string Plain(string text)
    {
        foreach (var name in spec.Setup.SecretFiles.Keys)
        {
            text = variables.GetValueOrDefault(name) is { Length: > 0 } secret ? text.Replace(secret, "…", StringComparison.Ordinal) : text;
        }

        return PlainText.Sanitize(Redactor.Redact(text), LongestWords);
    }
}
