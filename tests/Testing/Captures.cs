using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;

namespace AgentDeck.Testing;

/// <summary>Makes captures for tests.</summary>
public static class Captures
{
    /// <summary>A capture of rows in a pane of a size; rows above the pane's height are history.</summary>
    public static PaneCapture Of(AgentId agent, IEnumerable<string> rows, int columns = 80, int height = 24, long version = 1, int historySize = 0, string command = "claude")
    {
        var content = string.Concat(rows.Select(row => row + "\n"));
        return new PaneCapture(agent, version, PaneContentKind.Screen, Fleets.Now, Encoding.UTF8.GetBytes(content), new PaneMetadata
        {
            PaneId = "%1",
            Size = new Size(columns, height),
            HistorySize = historySize,
            Command = command,
        });
    }
}
