using System.CommandLine;
using System.Net;
using AgentDeck.Engine;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using AgentDeck.Tui.Cli.Json;
using AgentDeck.Tui.Cli.Serving;
using AgentDeck.Tui.ViewModels;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck run</c>: the engine without a screen.</summary>
internal static class RunVerb
{
    private const string StandardAddress = "127.0.0.1:9464";

    // What began gets this long to end when the engine is asked to.
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(5);

    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var listen = new Option<string>("--listen")
        {
            Description = $"Answer /healthz, /readyz and /metrics here; anywhere but on loopback with TLS and with a token in {ServerSecrets.TokenVariable} only",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => StandardAddress,
        };
        var certificate = new Option<string?>("--tls-cert") { Description = "The server's certificate in PEM", HelpName = "FILE" };
        var key = new Option<string?>("--tls-key") { Description = "Its key in PEM", HelpName = "FILE" };
        var probe = new Option<string?>("--probe") { Description = "Only ask the engine that listens there, print its answer and exit with 0 when it is well: healthz|readyz|metrics", HelpName = "PAGE" };
        probe.AcceptOnlyFromAmong("healthz", "readyz", "metrics");
        var verb = new Verb(
            "run",
            "Run the engine without a screen: declared agents are kept as declared, events are printed as lines of JSON; SIGTERM ends it and leaves the agents running",
            "agentdeck run",
            "AGENTDECK_LOG_STDOUT=1 agentdeck run --listen 127.0.0.1:9465",
            "agentdeck run --probe readyz")
        { listen, certificate, key, probe };
        run(verb, async (context, cancellationToken) =>
        {
            if (!ListenAddress.TryParse(context.Get(listen)!, out var address))
            {
                throw new CliException(ExitCode.Usage, "--listen must be an address with a port, such as 127.0.0.1:9464 or [::1]:9464");
            }

            using var secrets = ServerSecrets.Read(context.Get(certificate), context.Get(key), context.Services.Environment(ServerSecrets.TokenVariable));
            if (context.Get(probe) is { } page)
            {
                return await ProbeAsync(context, address, page, secrets, cancellationToken);
            }

            if (ListenAddress.WhyNot(address, secrets.Certificate is not null, secrets.Token is not null) is { } why)
            {
                throw new CliException(ExitCode.Usage, why);
            }

            return await RunAsync(context, address, secrets, cancellationToken);
        });
        return verb;
    }

    private static async Task<int> ProbeAsync(VerbContext context, IPEndPoint address, string page, ServerSecrets secrets, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(ProbePatience, context.Services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var answer = await StatusProbe.AskAsync(address, $"/{page}", secrets, either.Token);
            await context.Console.Out.WriteAsync(answer.Text);
            return answer.Code == 200 ? ExitCode.Success : ExitCode.Failure;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Failure, $"the engine on {address} did not answer within {ProbePatience.TotalSeconds:0} s");
        }
    }

    private static async Task<int> RunAsync(VerbContext context, IPEndPoint address, ServerSecrets secrets, CancellationToken cancellationToken)
    {
        var services = context.Services;
        var input = context.Configuration;
        var result = input.Read();
        var configuration = input.Apply(result.Configuration ?? throw input.Refusal(result));
        var webhook = PrivateEnvironment.WebhookOf(services.Environment);
        foreach (var problem in result.Problems)
        {
            await context.Console.Error.WriteLineAsync($"agentdeck: {VerbContext.Plain(problem.ToString())}");
        }

        var console = new SharedOutput(context.Console);
        var level = context.Get(context.Options.LogLevel) is { } named ? Enum.Parse<LogLevel>(named, ignoreCase: true) : LogLevel.Information;
        using var log = services.Environment("AGENTDECK_LOG_STDOUT") == "1" ? DeckLogging.ToLines(console.Out, level) : DeckLogging.Create(input.Directories.State, level);
        if (log.Notice is { } notice)
        {
            await context.Console.Error.WriteLineAsync($"agentdeck: {VerbContext.Plain(notice)}");
        }

        using var meters = new MeterBook();
        var pages = new RunPages(meters);
        // Before any agent is touched: an address that is taken must cost nothing.
        await using var server = StatusServer.Start(address, secrets, pages.All, services.Time);
        await using var engine = FleetEngine.Start(configuration, result.Problems, new EngineOptions
        {
            ReadOnly = configuration.Deck.ReadOnly,
            JournalDirectory = input.JournalDirectoryOf(configuration),
            Notify = new NotificationOptions { Webhook = webhook },
            TimeProvider = services.Time,
            Redact = Redactor.Redact,
            LoggerFactory = log.Factory,
        });
        pages.Begin(engine, cancellationToken);
        await context.Console.Error.WriteLineAsync($"agentdeck: the engine runs; {(secrets.Certificate is null ? "http" : "https")}://{server.Address}/healthz, /readyz, /metrics");
        await using (new ConfigurationReloads(input, engine, services.Time))
        {
            var printed = 0L;
            string LineOf(FleetEvent happened)
            {
                printed = happened.Seq;
                return FleetJson.WriteLine(happened);
            }

            using var subscription = engine.Store.Subscribe();
            await PrintNewAsync(0);
            await EventStream.PrintAsync(subscription, printed, only: null, AgentFilter.Everything, LineOf, console, cancellationToken);

            pages.Drain();
            await server.DisposeAsync();
            await engine.DrainAsync(DrainPatience);
            await PrintNewAsync(printed);

            async Task PrintNewAsync(long after)
            {
                foreach (var happened in engine.Store.RecentEvents.Where(happened => happened.Seq > after))
                {
                    await console.Out.WriteLineAsync(LineOf(happened));
                }

                await console.Out.FlushAsync(CancellationToken.None);
            }
        }

        return ExitCode.Success;
    }

    /// <summary>A console on which log lines and events may come from several threads.</summary>
    private sealed class SharedOutput(ICliConsole inner) : ICliConsole
    {
        public TextWriter Out { get; } = TextWriter.Synchronized(inner.Out);

        public TextWriter Error => inner.Error;

        public TextReader In => inner.In;

        public bool IsInputTerminal => inner.IsInputTerminal;

        public bool IsOutputTerminal => inner.IsOutputTerminal;

        public int? Width => inner.Width;

        public Task WaitForClosedOutputAsync(CancellationToken cancellationToken) => inner.WaitForClosedOutputAsync(cancellationToken);
    }
}
