using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Detection;
using BenchmarkDotNet.Attributes;

namespace AgentDeck.Benchmarks;

/// <summary>What one look at a full 200×60 screen costs; the peer decodes the same bytes as UTF-8 and understands nothing.</summary>
public class JudgeBenchmark
{
    private byte[] _capture = [];
    private AgentScreen _screen = AgentScreen.Empty;

    /// <summary>Makes a screen of coloured text with a prompt box below, which only one of the last rules matches.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var text = new StringBuilder();
        for (var row = 0; row < 55; row++)
        {
            for (var word = 0; word < 25; word++)
            {
                text.Append($"\u001b[38;5;{16 + (row * 7 + word * 3) % 200}mword{word % 10} ");
            }

            text.Append("\u001b[1;32m✔ 12s\u001b[0m\n");
        }

        var border = new string('─', 200);
        text.Append($"{border}\n❯ \n{border}\n  main · 42% left · 14:02:11\n");
        _capture = Encoding.UTF8.GetBytes(text.ToString());
        _screen = AgentScreen.Of(_capture, historySize: 0);
    }

    /// <summary>The floor.</summary>
    [Benchmark(Baseline = true)]
    public int DecodeUtf8() => Encoding.UTF8.GetString(_capture).Length;

    /// <summary>The text of the screen, its prompt box and its fingerprint.</summary>
    [Benchmark]
    public ulong ReadScreen() => AgentScreen.Of(_capture, historySize: 0).Fingerprint;

    /// <summary>The rules alone.</summary>
    [Benchmark]
    public bool Judge() => ShippedRules.Set.Judge(_screen, "claude", ScreenMoment.Quiet).IsCertain;

    /// <summary>All rules, whether one matched already or not.</summary>
    [Benchmark]
    public int JudgeByEveryRule() => ShippedRules.Set.Ranked.Count(rule => rule.Match(_screen, "claude") is not null);
}
