using System.CommandLine;

namespace AgentDeck.Tui.Cli;

/// <summary>The options that every verb understands.</summary>
internal sealed class GlobalOptions
{
    private static readonly string[] LogLevels = ["trace", "debug", "information", "warning", "error", "none"];

    /// <summary>The configuration file; null to look in the usual places.</summary>
    public Option<string?> Config { get; } = new("--config")
    {
        Description = "Read this file instead of ./agents.toml or ${XDG_CONFIG_HOME:-~/.config}/agentdeck/agents.toml",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The one source to use; null for all.</summary>
    public Option<string?> Source { get; } = new("--source") { Description = "Use this source of agents.toml alone", HelpName = "NAME", Recursive = true };

    /// <summary>The theme; null for the configured one.</summary>
    public Option<string?> Theme { get; } = new("--theme") { Description = "Use this theme: a name or a file", HelpName = "NAME", Recursive = true };

    /// <summary>Whether nothing may be written to any agent.</summary>
    public Option<bool> ReadOnly { get; } = new("--read-only") { Description = "Take away every command that writes to an agent", Recursive = true };

    /// <summary>How much is logged; null for the default.</summary>
    public Option<string?> LogLevel { get; } = new("--log-level")
    {
        Description = $"Log this much: {string.Join(", ", LogLevels)}",
        HelpName = "LEVEL",
        Recursive = true,
    };

    /// <summary>The kubeconfig context of every Kubernetes source; null for what each declares.</summary>
    public Option<string?> Context { get; } = new("--context") { Description = "Use this context of the kubeconfig for every Kubernetes source", HelpName = "NAME", Recursive = true };

    /// <summary>The namespace of every Kubernetes source; null for what each declares.</summary>
    public Option<string?> Namespace { get; } = new("--namespace", "-n") { Description = "Use this namespace for every Kubernetes source; without agents.toml it shows Gas City's pods there", HelpName = "NAME", Recursive = true };

    /// <summary>Whether every Kubernetes source looks at all namespaces.</summary>
    public Option<bool> AllNamespaces { get; } = new("--all-namespaces", "-A") { Description = "Use all namespaces for every Kubernetes source", Recursive = true };

    /// <summary>Creates the options.</summary>
    public GlobalOptions() => LogLevel.AcceptOnlyFromAmong(LogLevels);

    /// <summary>Adds them to the root.</summary>
    public void AddTo(RootCommand root)
    {
        root.Options.Add(Config);
        root.Options.Add(Source);
        root.Options.Add(Context);
        root.Options.Add(Namespace);
        root.Options.Add(AllNamespaces);
        root.Options.Add(Theme);
        root.Options.Add(ReadOnly);
        root.Options.Add(LogLevel);
        root.Validators.Add(result =>
        {
            if (result.GetResult(Namespace) is not null && result.GetResult(AllNamespaces) is not null)
            {
                result.AddError("--namespace and --all-namespaces exclude each other");
            }
        });
    }
}
