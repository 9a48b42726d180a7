using AgentDeck.Engine.Detection;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Detection;

public sealed class ScreenFingerprintTests
{
    [Theory]
    [InlineData("✻ Thinking… (1s · esc to interrupt)", "✶ Thinking… (2s · esc to interrupt)")]
    [InlineData("✻ Thinking… (59s · esc to interrupt)", "· Thinking… (1m 0s · esc to interrupt)")]
    [InlineData("* Thinking… (59m 59s)", "✳ Thinking… (1h 0m 0s)")]
    [InlineData("• Working (9s • esc to interrupt)", "◦ Working (10s • esc to interrupt)")]
    [InlineData("⠏ Reading (esc to cancel, 9s)", "⠙ Reading (esc to cancel, 10s)")]
    [InlineData("◐ working", "◓ working")]
    [InlineData("| working", "\\ working")]
    [InlineData("working -", "working /")]
    [InlineData("░█        Waiting for a model", " ░█       Waiting for a model")]
    [InlineData("Thinking.", "Thinking...")]
    [InlineData("Thinking..", "Thinking")]
    [InlineData("main · 14:02:11", "main · 14:02:12")]
    [InlineData("9:59 AM", "10:00 AM")]
    [InlineData("took 1.5s", "took 12.25 sec")]
    [InlineData("up 3 min", "up 4 mins")]
    [InlineData("  ⠏ 7s", "     7s")]
    [InlineData("up 1 day", "up 2 days")]
    public void What_only_ticks_changes_nothing(string before, string after) => Assert.Equal(Of(before), Of(after));

    [Theory]
    [InlineData("✻ Thinking… (1s)", "✻ Compiling… (2s)")]
    [InlineData("ann@box:~$", "ann@box:~$ l")]
    [InlineData("42% done", "43% done")]
    [InlineData("212 passed", "213 passed")]
    [InlineData("tests ....", "tests .....")]
    [InlineData("src/a.cs:12:34", "src/a.cs:12:35")]
    [InlineData("v1s", "v2s")]
    [InlineData("line 12", "line 13")]
    [InlineData("ratio 1:2", "ratio 1:3")]
    [InlineData("123:45", "124:45")]
    [InlineData("12:34:56:78", "12:34:56:79")]
    [InlineData("3 seconds ago", "3 commits ago")]
    [InlineData("one", "one\ntwo")]
    [InlineData("- a", "- b")]
    [InlineData("", "x")]
    public void What_says_something_changes_it(string before, string after) => Assert.NotEqual(Of(before), Of(after));

    [Fact]
    public void Rows_that_repeat_themselves_are_output_when_they_scroll()
    {
        Assert.NotEqual(ScreenFingerprint.Of("y\ny\n", 100), ScreenFingerprint.Of("y\ny\n", 101));
        Assert.NotEqual(ScreenFingerprint.Of("y\ny\n", 1), ScreenFingerprint.Of("y\ny\n", 1 + (1 << 16)));
    }

    [Fact]
    public void Any_text_has_one() => Prop.ForAll<string>(text => Of(text ?? "") == Of(text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_clock_of_a_day_is_the_same_status_line()
    {
        var midnight = Of("● main   00:00:00   3 files");

        Assert.All(Enumerable.Range(0, 86_400).Select(second => TimeSpan.FromSeconds(second).ToString("hh\\:mm\\:ss")), clock => Assert.Equal(midnight, Of($"● main   {clock}   3 files")));
    }

    private static ulong Of(string text) => ScreenFingerprint.Of(text, historySize: 0);
}
