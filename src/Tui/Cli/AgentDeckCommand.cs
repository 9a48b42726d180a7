using System.CommandLine;
using System.CommandLine.Help;
using AgentDeck.Tui.Cli.Verbs;

namespace AgentDeck.Tui.Cli;

/// <summary>The whole command line: the deck, the look, and every verb.</summary>
internal static class AgentDeckCommand
{
    private static readonly string[] Examples =
    [
        "agentdeck                                      open the deck",
        "agentdeck --once                               look once and print a table",
        "agentdeck --once -o json --filter is:waiting   the same for programs",
        "agentdeck --once --watch -o jsonl              and go on with one line an event",
        "agentdeck nudge mayor 'Continue.'              type a text into an agent and submit it",
    ];

    /// <summary>Builds the command line around <paramref name="services"/>.</summary>
    public static RootCommand Create(CliServices services)
    {
        var root = new RootCommand("A full-screen dashboard for AI agents that run in tmux.");
        root.Directives.Clear();
        var options = new GlobalOptions();
        options.AddTo(root);

        var look = new OnceVerb();
        look.AddTo(root);
        Run(root, async (context, cancellationToken) => context.Get(look.Once)
            ? await look.RunAsync(context, cancellationToken)
            : await DeckVerb.RunAsync(context));

        Add(AttachVerb.Create);
        Add(NudgeVerb.Create);
        Add(InterruptVerb.Create);
        Add(ClearVerb.Create);
        Add(PeekVerb.Create);
        Add(LogsVerb.Create);
        Add(StartVerb.Create);
        Add(StopVerb.Create);
        Add(RestartVerb.Create);
        Add(EventsVerb.Create);
        Add(RunVerb.Create);
        Add(DoctorVerb.Create);
        Add(ManifestsVerb.Create);
        Add(ConfigVerb.Create);
        Add(DetectVerb.Create);
        Add(ThemeVerb.Create);
        Add(KeysVerb.Create);
        Add(CompletionVerb.Create);

        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        var help = new HelpOption("--help", "-h");
        help.Action = new HelpWithExamples((HelpAction)help.Action!, Examples, services.Console.Width);
        root.Options.Add(help);
        return root;

        void Add(Func<VerbRunner, Verb> create) => root.Subcommands.Add(create(Run));

        void Run(Command command, Func<VerbContext, CancellationToken, Task<int>> body) =>
            command.SetAction((arguments, cancellationToken) => body(new VerbContext(services, options, arguments), cancellationToken));
    }
}
