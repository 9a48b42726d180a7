using AgentDeck.Testing;
using AgentDeck.Tui.Cli;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class ScreenshotFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("agentdeck-shot-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_picture_is_saved_twice_without_secrets()
    {
        var frame = new ScreenBuffer(new CellSize(60, 2), new CellTables());
        Write(frame, 0, "漢 key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789 end");
        Write(frame, 1, "nothing to hide");

        var said = await new ScreenshotFiles(_directory, new FakeTimeProvider()).SaveAsync(frame, CancellationToken.None);

        Assert.Equal($"saved agentdeck-20261121-140000-000.svg and .txt in {_directory}", said);
        var text = await File.ReadAllTextAsync(Path.Combine(_directory, "agentdeck-20261121-140000-000.txt"));
        var svg = await File.ReadAllTextAsync(Path.Combine(_directory, "agentdeck-20261121-140000-000.svg"));
        Assert.DoesNotContain("api03-abc", text + svg, StringComparison.Ordinal);
        Assert.StartsWith("漢 key ", text, StringComparison.Ordinal);
        Assert.Contains(" end\nnothing to hide\n", text, StringComparison.Ordinal);
        Assert.Contains("<svg", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_never_replaces_another()
    {
        var frame = new ScreenBuffer(new CellSize(4, 1), new CellTables());
        var files = new ScreenshotFiles(_directory, new FakeTimeProvider());
        await files.SaveAsync(frame, CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => files.SaveAsync(frame, CancellationToken.None));
    }

    private static void Write(ScreenBuffer frame, int y, string text)
    {
        var x = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWide = rune.Value > 0x2E80;
            frame.Row(y)[x++] = new Cell(rune.Value == ' ' ? 0 : rune.Value, default, default, isWide ? CellAttributes.WideLead : default, 0);
            if (isWide)
            {
                frame.Row(y)[x++] = new Cell(0, default, default, CellAttributes.WideTail, 0);
            }
        }
    }
}
