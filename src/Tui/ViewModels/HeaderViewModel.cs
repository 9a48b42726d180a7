using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.ViewModels;

/// <summary>The header line: sources on the left, totals and clock on the right. What does not fit is left out whole.</summary>
/// <param name="Left">From the left edge.</param>
/// <param name="Right">Up to the right edge.</param>
internal sealed record HeaderViewModel(ImmutableArray<TextRun> Left, ImmutableArray<TextRun> Right)
{
    private const int Gap = 3;

    /// <summary>Makes the header of a deck, whose fleet was counted, for so many cells.</summary>
    public static HeaderViewModel Build(AppModel model, FleetCounts counts, int width)
    {
        ImmutableArray<TextRun> title = model.ReadOnly
            ? [new(" AgentDeck", ThemeRole.HeaderTitle), new("  read-only", ThemeRole.LinkStale)]
            : [new(" AgentDeck", ThemeRole.HeaderTitle)];
        var shown = Totals(counts);
        string[] totals = [CommandText.Count(counts.All), .. shown.Select(total => $"{total.Count} {total.Word}")];
        var urgent = shown.Count(total => total.IsUrgent);
        TextRun clock = new("   " + model.Now.ToOffset(model.UtcOffset).ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " ", ThemeRole.Header);
        ImmutableArray<ImmutableArray<TextRun>> choices = [[.. AllSources(model)], [.. LostSources(model)]];

        // What needs the operator is worth more than the names of sources that are well; how many are busy or idle is not.
        foreach (var (most, least) in new[] { (totals.Length, urgent + 1), (urgent, 1) })
        {
            foreach (var sources in choices)
            {
                for (var count = most; count >= least; count--)
                {
                    var header = new HeaderViewModel(title.AddRange(sources), [new(string.Join(" · ", totals[..count]), ThemeRole.Header), clock]);
                    if (header.Width <= width)
                    {
                        return header;
                    }
                }
            }
        }

        var small = new HeaderViewModel(title.AddRange(LostSources(model)), []);
        return small.Width <= width ? small : new HeaderViewModel(title, []);
    }

    private int Width => Left.Sum(run => TextMeasure.Width(run.Text)) + (Right.IsEmpty ? 0 : Gap) + Right.Sum(run => TextMeasure.Width(run.Text));

    private static IEnumerable<TextRun> AllSources(AppModel model) => model.Fleet.Sources.Select(source => Source(source, model.Now));

    // Where there is no room for all, those that are live need no mention.
    private static IEnumerable<TextRun> LostSources(AppModel model)
    {
        var live = model.Fleet.Sources.Count(source => source.Link == SourceLink.Live);
        var lost = model.Fleet.Sources.Where(source => source.Link != SourceLink.Live).Select(source => Source(source, model.Now));
        return live == 0 ? lost : lost.Prepend(new TextRun($"   {StateLook.Glyph(SourceLink.Live)} {live} live", ThemeRole.LinkLive));
    }

    private static TextRun Source(SourceStatus source, DateTimeOffset now)
    {
        var age = StateLook.IsOld(source) && source.LastSeen is { } seen ? $" {AgeText.Of(now - seen)}" : "";
        return new TextRun(
            $"   {StateLook.Glyph(source.Link)} {TextMeasure.Cut(PlainText.Sanitize(source.Name), 20)} {Words.Of(source.Link)}{age}",
            StateLook.Role(source.Link));
    }

    private static (int Count, string Word, bool IsUrgent)[] Totals(FleetCounts counts)
    {
        (int Count, string Word, bool IsUrgent)[] all =
        [
            (counts.Failed, "failed", true),
            (counts.Blocked, "blocked", true),
            (counts.Waiting, "waiting", true),
            (counts.Limited, "limited", true),
            (counts.Unknown, "unknown", true),
            (counts.Busy, "busy", false),
            (counts.Idle, "idle", false),
        ];
        return [.. all.Where(total => total.Count > 0)];
    }
}
