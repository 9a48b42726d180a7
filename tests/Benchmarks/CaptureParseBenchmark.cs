using System.Text;
using AgentDeck.Tui.Terminal.Ansi;
using AgentDeck.Tui.Terminal.Cells;
using BenchmarkDotNet.Attributes;

namespace AgentDeck.Benchmarks;

/// <summary>Parsing one colourful 200×60 capture; the peer decodes the same bytes as UTF-8 and understands nothing.</summary>
public class CaptureParseBenchmark
{
    private readonly CellTables _tables = new();
    private byte[] _capture = [];

    /// <summary>Makes the capture.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var text = new StringBuilder();
        for (var row = 0; row < 60; row++)
        {
            for (var word = 0; word < 25; word++)
            {
                text.Append($"\u001b[38;5;{16 + (row * 7 + word * 3) % 200}mword{word % 10} ");
            }

            text.Append("\u001b[1;32m✔ 完了\u001b[0m\n");
        }

        _capture = Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The floor.</summary>
    [Benchmark(Baseline = true)]
    public int DecodeUtf8() => Encoding.UTF8.GetString(_capture).Length;

    /// <summary>Ours.</summary>
    [Benchmark]
    public int ParseIntoCells() => SgrParser.Parse(_capture, _tables, 200).Length;
}
