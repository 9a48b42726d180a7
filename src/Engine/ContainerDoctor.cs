using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Containers;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine;

/// <summary>Looks whether a source of containers can work: its runtime's program, the runtime, which containers it finds, and their tmux. Changes nothing.</summary>
public static class ContainerDoctor
{
    private const int MostLookedInto = 20;

    /// <summary>What was found, one after the other; what depends on something broken is not looked at.</summary>
    /// <param name="spec">The source as the file has it.</param>
    /// <param name="runner">Runs short commands on this machine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<SourceFinding> ExamineAsync(
        ContainerSourceSpec spec, ICommandRunner runner, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (cli, settings) = (new ContainerCli(spec, runner), PodSourceSettings.OfContainers(spec));
        var program = await AskAsync(async () => new SourceFinding(true, await cli.VersionAsync(cancellationToken)), MissingProgram(spec));
        yield return program;
        if (!program.IsGood)
        {
            yield break;
        }

        var (containers, answer) = (ImmutableArray<ContainerInfo>.Empty, default(SourceFinding));
        answer = await AskAsync(
            async () =>
            {
                var selection = new ContainerSelection(settings.Layout.LabelSelector, spec.Names);
                containers = [.. (await cli.InspectAsync(await cli.ListAsync(selection, cancellationToken), cancellationToken)).Where(selection.Has)];
                return Count(containers, Describe(spec, settings));
            },
            Silent(spec));
        yield return answer;
        if (settings.Layout.Session is not { } session)
        {
            yield break;
        }

        var running = containers.Where(container => container.Runs)
            .Select(container => ContainerPod.Track(container, settings, time.GetUtcNow())).OfType<PodTrack>().OrderBy(track => track.Pod.Name, StringComparer.Ordinal).ToList();
        foreach (var track in running.Take(MostLookedInto))
        {
            yield return await LookIntoAsync(cli, track, session, cancellationToken);
        }

        if (running.Count > MostLookedInto)
        {
            yield return new SourceFinding(true, $"{running.Count - MostLookedInto} more run and were not looked into");
        }
    }

    private static async Task<SourceFinding> AskAsync(Func<Task<SourceFinding>> ask, string remedy)
    {
        try
        {
            return await ask();
        }
        catch (TransportException failure)
        {
            return new SourceFinding(false, Plain(failure.Message), remedy);
        }
    }

    private static Task<SourceFinding> LookIntoAsync(ContainerCli cli, PodTrack track, string session, CancellationToken cancellationToken)
    {
        var name = Plain(track.Pod.Name);
        return AskAsync(
            async () => await cli.TmuxIn(track.Pod.Uid, track.Reading.User, cancellationToken) is { } version
                ? new SourceFinding(true, $"{version} in {name}, where session {session} is looked for")
                : new SourceFinding(
                    false, $"there is no tmux in {name}: its log stands for its screen, and it takes no keys", "install tmux 3.2 or later in its image, or say session = \"\" where containers have none"),
            $"look whether commands run there at all: {track.Pod.Name} has to take them from exec{(track.Reading.User is { } user ? $" as {user}" : "")}; user in [[source]] names another");
    }

    private static SourceFinding Count(ImmutableArray<ContainerInfo> found, string what) =>
        found.IsEmpty
            ? new SourceFinding(true, $"no container has {what}", "start one that has, or say with label_selector and names in [[source]] which are meant")
            : new SourceFinding(true, $"{found.Length} with {what}, {found.Count(container => container.Runs)} of them running");

    private static string Describe(ContainerSourceSpec spec, PodSourceSettings settings)
    {
        string[] parts = [settings.Layout.LabelSelector is { Length: > 0 } labels ? $"the labels {labels}" : "", spec.Names is { } names ? $"a name like {names}" : ""];
        return Plain(string.Join(" and ", parts.Where(part => part.Length > 0)));
    }

    private static string MissingProgram(ContainerSourceSpec spec) =>
        $"install {spec.RuntimeName}, or say with program in [[source]] how it is run here, for example [\"sudo\", \"{spec.RuntimeName}\"]; runtime says whether it is docker or podman";

    private static string Silent(ContainerSourceSpec spec) => spec.Runtime == ContainerRuntime.Podman
        ? "'podman info' says more; containers of another user are seen by that user alone: program = [\"sudo\", \"podman\"] shows root's"
        : "look whether its daemon runs (systemctl status docker), whether DOCKER_HOST or 'docker context' points to it, and whether you may use it (group docker)";

    private static string Plain(string text) => PlainText.Sanitize(text);
}
