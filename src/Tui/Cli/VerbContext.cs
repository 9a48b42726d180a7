using System.CommandLine;
using AgentDeck.Engine;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Cli;

/// <summary>One run of a verb: what was typed, and what verbs have in common.</summary>
internal sealed class VerbContext(CliServices services, GlobalOptions options, ParseResult arguments)
{
    /// <summary>How long a source may take to answer before it counts as unreachable.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What comes from outside.</summary>
    public CliServices Services => services;

    /// <summary>Where to read and print.</summary>
    public ICliConsole Console => services.Console;

    /// <summary>What was typed.</summary>
    public ParseResult Arguments => arguments;

    /// <summary>The options that every verb understands.</summary>
    public GlobalOptions Options => options;

    /// <summary>The value of an option of this verb.</summary>
    public T? Get<T>(Option<T> option) => arguments.GetValue(option);

    /// <summary>The value of an argument of this verb.</summary>
    public T? Get<T>(Argument<T> argument) => arguments.GetValue(argument);

    /// <summary>The configuration that was asked for.</summary>
    public ConfigurationInput Configuration { get; } = new(services, options, arguments);

    /// <summary>An engine that has looked at every source once and goes on; dispose it.</summary>
    public Task<IFleet> LookAsync(CancellationToken cancellationToken) => LookAsync(SourceDepth.Follow, cancellationToken);

    /// <summary>An engine that has looked at every source as far as is asked for; dispose it.</summary>
    public async Task<IFleet> LookAsync(SourceDepth depth, CancellationToken cancellationToken)
    {
        var configuration = Configuration.Load();
        var fleet = services.Launcher.Observe(configuration, configuration.Deck.ReadOnly, depth, Configuration.JournalDirectoryOf(configuration));
        try
        {
            await fleet.WaitUntilSettledAsync(Patience, cancellationToken);
            return fleet;
        }
        catch (OperationCanceledException)
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>The one agent that was named, looked at now; no other's tmux is asked where that costs a request for each agent.</summary>
    /// <param name="text">The agent as the operator named it.</param>
    /// <param name="fleet">An engine that learned which agents there are: <see cref="SourceDepth.ListOnly"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CliException">None or several fit; the message names those that could be meant.</exception>
    public static async Task<Agent> ReachAsync(string text, IFleet fleet, CancellationToken cancellationToken)
    {
        var found = Find(text, fleet.Store.Current);
        await fleet.ReachAsync(found.Id, Patience, cancellationToken);
        return fleet.Store.Current.Agents.GetValueOrDefault(found.Id, found);
    }

    /// <summary>The one agent that was named.</summary>
    /// <exception cref="CliException">None or several fit; the message names those that could be meant.</exception>
    public static Agent Find(string text, FleetSnapshot fleet)
    {
        switch (AgentResolver.Resolve(text, fleet))
        {
            case AgentResolution.One one:
                return one.Agent;

            case AgentResolution.Ambiguous ambiguous:
                throw new CliException(
                    ExitCode.Usage,
                    $"'{Plain(text)}' fits {ambiguous.Candidates.Length} agents, name one of them:{Listed(ambiguous.Candidates)}");

            case AgentResolution.None { Nearest: var nearest }:
                var missing = fleet.Sources.Where(IsMissing).Select(source => Plain(source.Name)).ToArray();
                var hint = nearest.Length > 0 ? $"; did you mean{Listed(nearest)}" : "; 'agentdeck --once' lists those that exist";
                throw missing.Length > 0
                    ? new CliException(ExitCode.Unreachable, $"no agent '{Plain(text)}' is known, but not everything could be seen: {string.Join(", ", missing)} did not answer; 'agentdeck doctor' says why{hint}")
                    : new CliException(ExitCode.Usage, $"there is no agent '{Plain(text)}'{hint}");

            default:
                throw new InvalidOperationException("unknown resolution");
        }
    }

    /// <summary>Whether a source may have agents that are not known, because it is not live.</summary>
    public static bool IsMissing(SourceStatus source) => source.Link != SourceLink.Live;

    /// <summary>Tells on standard error which sources could not be seen and why. Returns whether there are any.</summary>
    public bool ReportMissing(FleetSnapshot fleet)
    {
        var any = false;
        foreach (var source in fleet.Sources.Where(IsMissing))
        {
            any = true;
            var why = source.Error ?? (source.Link == SourceLink.Connecting ? $"it did not answer within {Patience.TotalSeconds:0} s" : "its link was lost");
            Console.Error.WriteLine($"agentdeck: source {Plain(source.Name)} is {Words.Of(source.Link == SourceLink.Connecting ? SourceLink.Unreachable : source.Link)}: {Plain(why)}");
        }

        return any;
    }

    /// <summary>A text of anybody's making, safe to print.</summary>
    public static string Plain(string text) => PlainText.Sanitize(text);

    private static string Listed(IEnumerable<AgentId> agents) => string.Concat(agents.Select(id => $"\n  {Plain(id.ToString())}"));
}
