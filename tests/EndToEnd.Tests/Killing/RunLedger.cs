using System.Globalization;

namespace AgentDeck.EndToEnd.Tests.Killing;

/// <summary>
/// Agents that keep the books themselves: each run writes down its process id, and that another run of the same agent was alive when it
/// came. So it is they who tell what happened to them, and not the engine under test.
/// </summary>
internal sealed class RunLedger
{
    // A lock is held until its process is gone, which after a server's end can be a moment later.
    private const string Script = """
        exec 9>>"$0.$1.lock"
        flock -w 3 9 || { echo "$1: $$ came while another run was alive" >>"$0.doubles"; flock 9; }
        echo $$ >>"$0.$1.runs"
        shift
        exec "$@"
        """;

    private readonly string _script;

    public RunLedger(string folder)
    {
        _script = Path.Combine(folder, "run");
        File.WriteAllText(_script, Script);
    }

    /// <summary>What was seen to be alive twice, one a line; empty when nothing was.</summary>
    public string Doubles => Read("doubles");

    /// <summary>The command of an agent that writes down its runs and then does <paramref name="work"/>.</summary>
    public string CommandOf(string agent, string work) => $"exec sh {_script} {agent} {work}";

    /// <summary>The process ids of an agent's runs, in their order.</summary>
    public int[] RunsOf(string agent) =>
        [.. Read($"{agent}.runs").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>What sets an agent up after its start, and writes that down.</summary>
    public string SetUpOf(string agent) => $"echo done >> {_script}.{agent}.set-up";

    /// <summary>How often an agent was set up.</summary>
    public int SetUpsOf(string agent) => Read($"{agent}.set-up").Count(character => character == '\n');

    /// <summary>Whether the last run of an agent is alive.</summary>
    public bool IsAlive(string agent) => RunsOf(agent) is [.., var last] && Directory.Exists($"/proc/{last}");

    private string Read(string name)
    {
        var file = $"{_script}.{name}";
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }
}
