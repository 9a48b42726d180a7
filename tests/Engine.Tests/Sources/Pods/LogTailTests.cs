using System.Text;
using AgentDeck.Engine.Sources.Pods;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class LogTailTests
{
    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one\n")]
    [InlineData("one\ntwo\nthr")]
    [InlineData("\n\n")]
    public void What_is_fed_in_any_pieces_comes_out_as_lines(string text)
    {
        var expected = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
        for (var size = 1; size <= text.Length + 1; size++)
        {
            var tail = new LogTail(10);
            foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(size))
            {
                tail.Feed(piece);
            }

            Assert.Equal(expected, Encoding.UTF8.GetString(tail.Content()));
        }
    }

    [Fact]
    public void Only_the_last_lines_are_kept_beside_the_one_that_is_open()
    {
        var tail = new LogTail(2);

        tail.Feed("one\ntwo\nthree\nfou"u8);

        Assert.Equal(2, tail.Count);
        Assert.Equal("two\nthree\nfou\n", Encoding.UTF8.GetString(tail.Content()));
    }

    [Fact]
    public void A_line_without_end_takes_no_more_than_its_limit()
    {
        var tail = new LogTail(2);
        var piece = new byte[1000];
        Array.Fill(piece, (byte)'x');
        for (var round = 0; round < 100; round++)
        {
            tail.Feed(piece);
        }

        tail.Feed("\nnext\n"u8);

        var lines = Encoding.UTF8.GetString(tail.Content()).Split('\n');
        Assert.Equal((LogTail.LineLimit, "next"), (lines[0].Length, lines[1]));
    }
}
