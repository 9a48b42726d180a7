using System.Buffers;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Rendering;
using BenchmarkDotNet.Attributes;

namespace AgentDeck.Benchmarks;

/// <summary>
/// Drawing, comparing and encoding a 200×60 frame of 58 rows. The peer sends every frame whole, which is what a program
/// without a difference engine does.
/// </summary>
public class FrameBenchmark
{
    private static readonly Style Text = new(Color.FromRgb(192, 202, 245), Color.FromRgb(26, 27, 38));

    private static readonly ScreenState State = new(null, "AgentDeck", Mouse: true);

    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private ScreenBuffer _shown = null!;
    private ScreenBuffer _next = null!;
    private int _frame;

    /// <summary>Makes both buffers.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var tables = new CellTables();
        _shown = new ScreenBuffer(new CellSize(200, 60), tables);
        _next = new ScreenBuffer(new CellSize(200, 60), tables);
        Draw(_shown, 0);
    }

    /// <summary>Everything is sent.</summary>
    [Benchmark(Baseline = true)]
    public int WholeFrame() => Present(0, null);

    /// <summary>Nothing changed.</summary>
    [Benchmark]
    public int SteadyFrame() => Present(0, _shown);

    /// <summary>One number in every row changed.</summary>
    [Benchmark]
    public int EveryRowChangedALittle() => Present(++_frame, _shown);

    private static void Draw(ScreenBuffer buffer, int number)
    {
        buffer.Clear();
        var surface = new Surface(buffer);
        surface.Fill(surface.Bounds, Text);
        Span<char> digits = stackalloc char[8];
        for (var y = 1; y < 59; y++)
        {
            surface.Write(1, y, "● gc/worker     running   busy", Text);
            (number + y).TryFormat(digits, out var length, default, null);
            surface.Write(40, y, digits[..length], Text);
            surface.Write(60, y, "│ Reading src/Engine/Store/FleetStore.cs and its tests before the change … ✔", Text);
        }
    }

    private int Present(int number, ScreenBuffer? previous)
    {
        _output.ResetWrittenCount();
        Draw(_next, number);
        ScreenDiff.Encode(previous, _next, previous is null ? null : State, State, ColorDepth.TrueColor, _output);
        if (previous is not null && number != 0)
        {
            _next.Cells.CopyTo(_shown.Cells);
        }

        return _output.WrittenCount;
    }
}
