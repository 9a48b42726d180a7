using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Running;
using AgentDeck.Tui.Terminal.Device;
using AgentDeck.Tui.Terminal.Rendering;
using AgentDeck.Tui.Theming;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Tui.Cli;

/// <summary><c>agentdeck</c> alone: puts engine, terminal and deck together and runs them until the operator leaves.</summary>
internal static class DeckVerb
{
    private static readonly TimeSpan HintTime = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Returns the deck's exit code. The operator's signals reach the deck through its terminal, which it gives back before it
    /// ends: that is why nothing here is cancelled.
    /// </summary>
    public static async Task<int> RunAsync(VerbContext context)
    {
        var services = context.Services;
        var input = context.Configuration;
        if (!context.Console.IsOutputTerminal)
        {
            throw new CliException(ExitCode.Usage, "the deck needs a terminal and standard output is none; print the fleet with: agentdeck --once");
        }

        var result = input.Read();
        var configured = input.Apply(result.Configuration ?? throw input.Refusal(result));
        var themes = input.Themes();
        var detachKey = ConfigurationInput.DetachKeyOf(configured);
        var webhook = PrivateEnvironment.WebhookOf(services.Environment);
        using var log = DeckLogging.Create(input.Directories.State, LevelOf(context.Get(context.Options.LogLevel)));

        // A run that gets no terminal must not have started agents. It is given back before the engine ends, which may take a moment.
        await using var host = ScreenHost.Open(services.Environment, services.Time);
        var configuration = ForScreen(configured, context, host);
        var theme = themes.Load(configuration.Deck.Theme);
        await using var engine = FleetEngine.Start(configuration, [.. result.Problems, .. theme.Problems], new EngineOptions
        {
            ReadOnly = configuration.Deck.ReadOnly,
            JournalDirectory = input.JournalDirectoryOf(configured),
            Notify = new NotificationOptions { Terminal = new TerminalNotices(host), Webhook = webhook },
            TimeProvider = services.Time,
            Redact = Redactor.Redact,
            LoggerFactory = log.Factory,
        });
        await using var reloads = new ConfigurationReloads(input, engine, services.Time);
        var now = services.Time.GetUtcNow();
        var model = DeckStart.Model(configuration, theme.Theme, themes.Names(), detachKey, services.Time.LocalTimeZone.GetUtcOffset(now));
        var deck = new DeckApp(
            new DeckServices
            {
                Host = host,
                Store = engine.Store,
                Operations = engine.Operations,
                Panes = engine.Panes,
                Time = services.Time,
                LoadTheme = name => LoadTheme(themes, name),
                SaveScreenshot = new ScreenshotFiles(input.CurrentDirectory, services.Time).SaveAsync,
                Program = context.Get(context.Options.Config) is { } file ? $"agentdeck --config {ShellWord.Of(file)}" : "agentdeck",
                Reloads = reloads.ReadAllAsync().Select(read => ForScreen(read, context, host)),
            },
            WithHints(model, now, result.Hint, log.Notice, reloads.Fault));
        var exit = await deck.RunAsync(CancellationToken.None);
        await host.DisposeAsync();
        await SayAsync(context.Console, exit.Farewell);
        return exit.Code;
    }

    // After a hang-up there is nobody left to say it to.
    private static async Task SayAsync(ICliConsole console, string farewell)
    {
        try
        {
            await console.Out.WriteLineAsync(farewell);
            await console.Out.FlushAsync(CancellationToken.None);
        }
        catch (OutputClosedException)
        {
        }
    }

    // Without colours only a theme made of attributes still shows what is selected.
    private static DeckConfiguration ForScreen(DeckConfiguration configuration, VerbContext context, ScreenHost host) =>
        host.Depth == ColorDepth.None && context.Get(context.Options.Theme) is null
            ? configuration with { Deck = configuration.Deck with { Theme = "mono" } }
            : configuration;

    private static AppModel WithHints(AppModel model, DateTimeOffset now, params string?[] hints) =>
        model with { Notices = [.. hints.OfType<string>().Select(hint => new Notice(NoticeKind.Info, PlainText.Sanitize(hint), now + HintTime))] };

    private static Theme LoadTheme(ThemeCatalog themes, string name)
    {
        var result = themes.Load(name);
        return result.Problems.IsEmpty ? result.Theme : throw new CliException(ExitCode.Usage, result.Problems[0].ToString());
    }

    private static LogLevel LevelOf(string? name) => name is null ? LogLevel.Information : Enum.Parse<LogLevel>(name, ignoreCase: true);
}
