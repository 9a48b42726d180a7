using System.Buffers;
using System.Text;
using AgentDeck.Engine.Sources.Pods;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class TimedLogTests
{
    private const string Three = "2026-11-21T14:00:00.1Z one\n2026-11-21T14:00:00.123456789Z two\n2026-11-21T14:00:00.123456789Z two\n";

    private readonly TimedLog _log = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Lines_are_given_without_their_times_however_they_arrive(int size) =>
        Assert.Equal("one\ntwo\ntwo\n", string.Concat(Three.Chunk(size).Select(piece => Feed(new string(piece)))));

    [Fact]
    public void What_comes_again_after_a_cut_is_given_once_also_of_lines_that_are_alike()
    {
        Feed(Three + "2026-11-21T14:00:00.5Z half a li");
        _log.Resume();

        Assert.Equal("two\nhalf a line\n", Feed(Three + "2026-11-21T14:00:00.123456789Z two\n2026-11-21T14:00:00.5Z half a line\n"));
        _log.Resume();
        Assert.Equal("new\n", Feed("2026-11-21T14:00:00.5Z half a line\n2026-11-21T14:00:00.6Z new\n"));
    }

    [Fact]
    public void Only_what_comes_for_the_second_time_is_dropped_and_not_what_is_out_of_order()
    {
        Assert.Equal("b\na\n", Feed("2026-11-21T14:00:00.2Z b\n2026-11-21T14:00:00.1Z a\n"));
        _log.Resume();
        Assert.Equal("d\nc\n", Feed("2026-11-21T14:00:00.2Z b\n2026-11-21T14:00:00.1Z a\n2026-11-21T14:00:00.4Z d\n2026-11-21T14:00:00.3Z c\n"));
    }

    [Fact]
    public void A_line_without_a_time_is_given_as_it_is_and_what_is_left_at_the_end_too()
    {
        Assert.Equal("no time here\n", Feed("no time here\n2026-11-21T14:00:00Z unfinished"));
        var output = new ArrayBufferWriter<byte>();
        _log.End(output);
        Assert.Equal("unfinished", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_line_without_an_end_does_not_fill_the_memory()
    {
        var given = Feed("2026-11-21T14:00:00Z " + new string('x', TimedLog.LongestLine)) + Feed("rest\n2026-11-21T14:00:01Z next\n");

        Assert.Equal(new string('x', TimedLog.LongestLine) + "rest\nnext\n", given);
    }

    private string Feed(string piece)
    {
        var output = new ArrayBufferWriter<byte>();
        _log.Feed(Encoding.UTF8.GetBytes(piece), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
