namespace AgentDeck.EndToEnd.Tests;

/// <summary>The completion scripts in the shells that they are for.</summary>
public sealed class CompletionTests
{
    [ShellFact("bash")]
    public async Task Bash_completes_verbs_agents_options_and_values()
    {
        const string Complete = """
            source <(agentdeck completion bash)
            complete_line() { COMP_WORDS=(agentdeck "$@"); COMP_CWORD=$#; COMPREPLY=(); _agentdeck; echo "${COMPREPLY[*]}"; }
            complete_line nud
            complete_line nudge here/pa
            complete_line nudge --for
            complete_line --once -o ta
            """;

        Assert.Equal("nudge\nhere/parrot\n--force\ntable\n", await CompleteAsync("bash", "--norc", "-c", Complete));
    }

    [ShellFact("fish")]
    public async Task Fish_completes_verbs_agents_options_and_values()
    {
        const string Complete = """
            agentdeck completion fish | source
            for line in 'nud' 'nudge here/pa' 'nudge --for' '--once -o ta'
                complete -C "agentdeck $line" | string split -f1 \t
            end
            """;

        Assert.Equal("nudge\nhere/parrot\n--force\ntable\n", await CompleteAsync("fish", "--no-config", "-c", Complete));
    }

    [ShellFact("zsh")]
    public async Task Zsh_completes_verbs_agents_options_and_values()
    {
        await using var bench = await BenchAsync();
        var shell = await bench.StartShellAsync("zsh", "-f");
        await shell.TypeAsync($"path=({Path.GetDirectoryName(Workbench.Program)} $path); autoload -U compinit; compinit -u -D; source <(agentdeck completion zsh); PS1='complete> '");
        await shell.PressAsync("Enter");
        await shell.SeeAsync("\ncomplete>");

        await CompletesAsync("agentdeck nud", "agentdeck nudge");
        await CompletesAsync("here/pa", "agentdeck nudge here/parrot");
        await CompletesAsync("--for", "agentdeck nudge here/parrot --force");
        await shell.PressAsync("C-u");
        await CompletesAsync("agentdeck --once -o ta", "agentdeck --once -o table");

        async Task CompletesAsync(string typed, string line)
        {
            await shell.TypeAsync(typed);
            await shell.PressAsync("Tab");
            await shell.SeeAsync(line);
        }
    }

    private static async Task<string> CompleteAsync(string shell, params string[] arguments)
    {
        await using var bench = await BenchAsync();
        var result = await bench.RunShellAsync(shell, arguments);
        Assert.Equal("", result.Error);
        return result.Output;
    }

    private static async Task<Workbench> BenchAsync()
    {
        var bench = new Workbench();
        await bench.Agents.StartAsync("parrot", Agents.Parrot);
        return bench;
    }
}
