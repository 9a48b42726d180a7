using System.CommandLine;
using AgentDeck.Engine;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Cli.Json;
using AgentDeck.Tui.Cli.Output;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Cli;

/// <summary><c>agentdeck --once</c>: one look at the fleet, printed. It starts nothing and changes nothing.</summary>
internal sealed class OnceVerb
{
    private static readonly string[] Formats = [.. Enum.GetValues<OutputFormat>().Select(NameOf)];

    private readonly Option<string?> _output = new("--output", "-o") { Description = $"With --once: {string.Join('|', Formats)}", HelpName = "FORMAT" };
    private readonly Option<bool> _watch = new("--watch") { Description = "With --once: go on with one line of JSON an event until interrupted" };
    private readonly Option<string?> _filter = new("--filter")
    {
        Description = "With --once: only agents that pass, for example 'phase:failed', 'source:here is:waiting', '!word'",
        HelpName = "FILTER",
    };

    private readonly Option<string?> _failOn = new("--fail-on") { Description = "With --once: exit 4 when an agent is in one of these states", HelpName = "STATES" };

    /// <summary>Asks for a look instead of the deck.</summary>
    public Option<bool> Once { get; } = new("--once") { Description = "Print one look at the fleet instead of opening the deck" };

    /// <summary>Adds the options to the root.</summary>
    public void AddTo(RootCommand root)
    {
        _output.AcceptOnlyFromAmong(Formats);
        _failOn.Validators.Add(result =>
        {
            if (UnknownStates(result.GetValueOrDefault<string?>()) is { Length: > 0 } unknown)
            {
                result.AddError($"--fail-on does not know {string.Join(", ", unknown)}: give one or more of {string.Join(", ", FilterWords.States.Select(state => state.Key))}");
            }
        });
        _filter.Validators.Add(result =>
        {
            if (AgentFilter.Parse(result.GetValueOrDefault<string?>() ?? "").Problem is { } problem)
            {
                result.AddError($"--filter: {problem}");
            }
        });
        root.Options.Add(Once);
        root.Options.Add(_output);
        root.Options.Add(_watch);
        root.Options.Add(_filter);
        root.Options.Add(_failOn);
        root.Validators.Add(result =>
        {
            Option[] withOnce = [_output, _watch, _filter, _failOn];
            if (result.GetResult(Once) is null && withOnce.FirstOrDefault(option => result.GetResult(option) is not null) is { } lonely)
            {
                result.AddError($"{lonely.Name} needs --once");
            }
        });
    }

    /// <summary>Looks and prints; with <c>--watch</c> goes on until cancelled or until nobody reads.</summary>
    public async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = Enum.Parse<OutputFormat>(context.Get(_output) ?? nameof(OutputFormat.Table), ignoreCase: true);
        var filter = AgentFilter.Parse(context.Get(_filter) ?? "");
        var isWatching = context.Get(_watch);

        await using var fleet = await context.LookAsync(DepthOf(context, format), cancellationToken);
        using var subscription = fleet.Store.Subscribe();
        var snapshot = subscription.Initial;
        var agents = snapshot.Agents.Values.Where(agent => filter.Matches(agent, snapshot)).ToArray();

        var console = context.Console;
        var color = console.IsOutputTerminal && string.IsNullOrEmpty(context.Services.Environment("NO_COLOR"));
        FleetPrinter.Print(console, format, snapshot, agents, context.Services.Time.GetUtcNow(), color, onOneLine: isWatching);
        await console.Out.FlushAsync(cancellationToken);
        var isIncomplete = context.ReportMissing(snapshot);
        // Where a source did not answer nobody knows whether there are agents.
        if (agents.Length == 0 && format is (OutputFormat.Table or OutputFormat.Wide) && !(isIncomplete && snapshot.Agents.IsEmpty))
        {
            await console.Error.WriteLineAsync(snapshot.Agents.IsEmpty
                ? "agentdeck: no agents yet: declare some in agents.toml, or start tmux sessions"
                : $"agentdeck: none of {snapshot.Agents.Count} agents passes the filter");
        }

        if (isWatching)
        {
            await EventStream.PrintAsync(subscription, after: 0, only: null, filter, FleetJson.WriteLine, console, cancellationToken);
            return ExitCode.Success;
        }

        return IsIn(agents, snapshot, context.Get(_failOn)) ? ExitCode.FailOn : isIncomplete ? ExitCode.Unreachable : ExitCode.Success;
    }

    // Names and counts need no word from inside the agents.
    private SourceDepth DepthOf(VerbContext context, OutputFormat format) =>
        context.Get(_watch) ? SourceDepth.Follow
        : format is OutputFormat.Name or OutputFormat.Count && context.Get(_filter) is null && context.Get(_failOn) is null ? SourceDepth.ListOnly
        : SourceDepth.LookOnce;

    private static string NameOf(OutputFormat format) => format.ToString().ToLowerInvariant();

    private static string[] UnknownStates(string? states) =>
        [.. StatesIn(states).Where(state => !FilterWords.States.Any(known => known.Key == state))];

    private static bool IsIn(Agent[] agents, FleetSnapshot fleet, string? states)
    {
        var wanted = StatesIn(states);
        return FilterWords.States.Any(state => Array.IndexOf(wanted, state.Key) >= 0 && Array.Exists(agents, agent => state.Value(agent, fleet)));
    }

    private static string[] StatesIn(string? states) =>
        states?.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
