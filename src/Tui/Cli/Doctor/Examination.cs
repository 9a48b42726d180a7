using System.Runtime.CompilerServices;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Doctor;

/// <summary>Looks at everything that the deck needs, the quick things first. It changes nothing, save that it tries whether a file can be written.</summary>
internal static class Examination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What was found, one after the other.</summary>
    public static async IAsyncEnumerable<Finding> RunAsync(VerbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await TmuxCheck.RunAsync(context.Services.Tools, cancellationToken);
        yield return TerminalCheck.Type(context.Services.Environment);
        yield return TerminalCheck.Colors(context.Services.Environment);
        yield return TerminalCheck.Locale(context.Services.Environment);
        yield return TerminalCheck.Output(context.Console);
        yield return FolderCheck.State(context.Configuration.Directories.State);

        var result = context.Configuration.Read();
        foreach (var finding in Configuration(context, result))
        {
            yield return finding;
        }

        if (result.Configuration is not { } read)
        {
            yield break;
        }

        var configuration = context.Configuration.Apply(read);
        foreach (var finding in configuration.Sources.OfType<LocalSourceSpec>().Select(source => FolderCheck.Socket(source, context.Services.Environment)))
        {
            yield return finding;
        }

        var isExplained = new HashSet<string>();
        foreach (var source in configuration.Sources.OfType<KubernetesSourceSpec>())
        {
            await foreach (var found in ClusterDoctor.ExamineAsync(source, configuration.Deck.ReadOnly, context.Services.Environment, context.Services.Time, cancellationToken))
            {
                _ = found.IsGood || isExplained.Add(source.Name);
                yield return FindingOf(source, found);
            }
        }

        foreach (var source in configuration.Sources.OfType<ContainerSourceSpec>())
        {
            await foreach (var found in ContainerDoctor.ExamineAsync(source, context.Services.Tools, context.Services.Time, cancellationToken))
            {
                _ = found.IsGood || isExplained.Add(source.Name);
                yield return FindingOf(source, found);
            }
        }

        await using var fleet = context.Services.Launcher.Observe(configuration, readOnly: true, SourceDepth.ListOnly, journalDirectory: null);
        await fleet.WaitUntilSettledAsync(Patience, cancellationToken);
        // Why one is not live stands above already, once is enough.
        foreach (var source in fleet.Store.Current.Sources.Where(source => source.Link == SourceLink.Live || !isExplained.Contains(source.Name)))
        {
            yield return Source(source, fleet.Store.Current);
        }
    }

    private static Finding FindingOf(SourceSpec source, SourceFinding found) =>
        new(found.IsGood ? Grade.Good : Grade.Bad, $"source {source.Name}", found.Text, found.Remedy);

    private static IEnumerable<Finding> Configuration(VerbContext context, ConfigurationResult result)
    {
        const string subject = "configuration";
        var file = context.Configuration.FindFile();
        var problems = context.Configuration.ProblemsOf(result);
        foreach (var problem in problems)
        {
            yield return new Finding(problem.IsWarning ? Grade.Doubtful : Grade.Bad, subject, problem.ToString());
        }

        if (file is null)
        {
            yield return new Finding(Grade.Good, subject, $"no file; {result.Hint}");
        }
        else if (problems.IsEmpty)
        {
            yield return new Finding(Grade.Good, subject, $"{file} has no problems");
        }
    }

    private static Finding Source(SourceStatus source, FleetSnapshot fleet)
    {
        var subject = $"source {source.Name}";
        var agents = fleet.Agents.Keys.Count(id => id.Source == source.Name);
        return source.Link switch
        {
            SourceLink.Live => new Finding(Grade.Good, subject, agents == 1 ? "live, 1 agent" : $"live, {agents} agents"),
            SourceLink.Connecting => new Finding(Grade.Bad, subject, $"did not answer within {Patience.TotalSeconds:0} s", "look whether its tmux server hangs: tmux list-sessions on its socket should answer at once"),
            _ => new Finding(Grade.Bad, subject, $"{Words.Of(source.Link)}: {source.Error ?? "no reason is known"}"),
        };
    }
}
