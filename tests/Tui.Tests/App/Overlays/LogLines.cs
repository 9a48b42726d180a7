using System.Text;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Ansi;

namespace AgentDeck.Tui.Tests.App.Overlays;

/// <summary>Lets lines come into an open log.</summary>
internal static class LogLines
{
    public static Transition Lines(this Transition before, int first, int count) =>
        before.Log(string.Concat(Enumerable.Range(first, count).Select(number => $"line {number}\n")));

    public static Transition Log(this Transition before, string text) =>
        before.Tell(new LogRead(before.Open<LogOverlay>().Log, SgrParser.Parse(Encoding.UTF8.GetBytes(text), before.Model.Tables, SgrParser.LongestRow), null));
}
