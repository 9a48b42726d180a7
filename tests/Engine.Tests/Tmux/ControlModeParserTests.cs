using System.Text;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class ControlModeParserTests
{
    private readonly List<object> _seen = [];

    [Fact]
    public void Block_becomes_a_reply_with_its_raw_lines()
    {
        Feed("%begin 1795 12 1\n\u001b[31mred\u001b[0m\n\n%end 1795 12 1\n");

        var reply = Assert.IsType<TmuxReply>(Assert.Single(_seen));
        Assert.Equal("\u001b[31mred\u001b[0m\n\n", Encoding.UTF8.GetString(reply.Body.Span));
        Assert.Equal((12, 1, false, false), (reply.Number, reply.Flags, reply.IsError, reply.IsTruncated));
    }

    [Fact]
    public void Error_block_is_an_error_with_its_words()
    {
        Feed("%begin 1795 12 1\ncan't find pane: %99\n%error 1795 12 1\n");

        var reply = Assert.IsType<TmuxReply>(Assert.Single(_seen));
        Assert.True(reply.IsError);
        Assert.Equal("can't find pane: %99", reply.Text);
    }

    [Theory]
    [InlineData("%end 1795 13 1")]
    [InlineData("%end 1796 12 1")]
    [InlineData("%end 1795 12 0")]
    [InlineData("%end 1795 12 1 ")]
    [InlineData("%error 1795 12")]
    [InlineData("%begin 1795 13 1")]
    [InlineData("%exit")]
    [InlineData("%output %1 x")]
    public void Body_line_that_looks_like_protocol_is_a_body_line(string line)
    {
        Feed($"%begin 1795 12 1\n{line}\n%end 1795 12 1\n");

        Assert.Equal(line, Assert.IsType<TmuxReply>(Assert.Single(_seen)).Text);
    }

    [Fact]
    public void Forged_end_leaves_the_true_one_stray_and_that_is_seen()
    {
        var parser = Feed("%begin 1795 12 1\n%end 1795 12 1\nthe rest\n%end 1795 12 1\n");

        Assert.True(parser.IsOutOfStep);
    }

    [Theory]
    [InlineData("%sessions-changed", typeof(TmuxNotification.SessionsChanged))]
    [InlineData("%session-renamed $1 new name", typeof(TmuxNotification.SessionRenamed))]
    [InlineData("%session-window-changed $1 @2", typeof(TmuxNotification.SessionWindowChanged))]
    [InlineData("%window-pane-changed @1 %2", typeof(TmuxNotification.WindowPaneChanged))]
    [InlineData("%layout-change @1 b25f,80x24,0,0,2 b25f,80x24,0,0,2 *", typeof(TmuxNotification.LayoutChanged))]
    [InlineData("%pane-mode-changed %3", typeof(TmuxNotification.PaneModeChanged))]
    [InlineData("%pause %3", typeof(TmuxNotification.Unknown))]
    [InlineData("%output %3 a\\033[1m", typeof(TmuxNotification.Output))]
    [InlineData("%extended-output %3 120 : a", typeof(TmuxNotification.Output))]
    [InlineData("%exit", typeof(TmuxNotification.Exited))]
    [InlineData("%something-of-the-future 1 2 3", typeof(TmuxNotification.Unknown))]
    public void Notification_has_its_type(string line, Type type)
    {
        Feed(line + "\n");

        Assert.IsType(type, Assert.Single(_seen));
    }

    [Fact]
    public void Subscription_carries_its_name_and_value()
    {
        Feed("%subscription-changed deck $1 - - - : $0 : %0|$1 x\n");

        Assert.Equal(new TmuxNotification.SubscriptionChanged("deck", "$0 : %0|$1 x"), Assert.Single(_seen));
    }

    [Fact]
    public void Exit_carries_its_reason()
    {
        Feed("%exit server exited unexpectedly\n");

        Assert.Equal(new TmuxNotification.Exited("server exited unexpectedly"), Assert.Single(_seen));
    }

    [Fact]
    public void Output_of_any_length_is_a_mark_and_nothing_is_kept()
    {
        var parser = new ControlModeParser(_seen.Add, _seen.Add);

        Assert.InRange(Allocations.Of(Flood), 0, 8 * 1024);
        Assert.All(_seen, seen => Assert.Equal(new TmuxNotification.Output("%7"), seen));

        void Flood()
        {
            parser.Feed("%output %7 "u8);
            for (var index = 0; index < 1000; index++)
            {
                parser.Feed(Chunk);
            }

            parser.Feed("\n"u8);
        }
    }

    [Fact]
    public void Reply_beyond_the_limit_is_cut_and_says_so_and_the_next_one_is_whole()
    {
        var parser = new ControlModeParser(_seen.Add, _seen.Add);
        parser.Feed("%begin 1 2 1\n"u8);
        for (var written = 0; written < ControlModeParser.BodyLimit + Chunk.Length; written += Chunk.Length)
        {
            parser.Feed(Chunk);
        }

        parser.Feed("\n%end 1 2 1\n%begin 1 3 1\nshort\n%end 1 3 1\n"u8);

        Assert.Equal([true, false], _seen.Cast<TmuxReply>().Select(reply => reply.IsTruncated));
        Assert.True(((TmuxReply)_seen[0]).Body.Length <= ControlModeParser.BodyLimit);
        Assert.Equal("short", ((TmuxReply)_seen[1]).Text);
    }

    [Fact]
    public void Notification_beyond_the_limit_is_dropped()
    {
        var parser = new ControlModeParser(_seen.Add, _seen.Add);
        parser.Feed("%session-renamed $1 "u8);
        for (var written = 0; written <= ControlModeParser.LineLimit; written += Chunk.Length)
        {
            parser.Feed(Chunk);
        }

        parser.Feed("\n%sessions-changed\n"u8);

        Assert.Equal([typeof(TmuxNotification.Unknown), typeof(TmuxNotification.SessionsChanged)], _seen.Select(item => item.GetType()));
    }

    [Fact]
    public void What_is_read_does_not_depend_on_how_it_is_cut()
    {
        string[] pieces =
        [
            "%begin 1 2 1\n", "%end 1 2 1\n", "%error 1 2 1\n", "%begin 1 3 0\n", "%end 1 3 0\n", "%begin 1 2", "%output %1 ", "%output %12345 x\n",
            "%extended-output %2 3 : ", "%out", "%sessions-changed\n", "\n", "text é\u001b[0m", "%", "%exit r\n", new string('x', 200), "%begin + 2 1\n",
            "%subscription-changed a - - - - : v\n",
        ];
        var streams = Gen.Elements(pieces).ArrayOf().Select(string.Concat).Zip(Gen.Choose(1, 40));
        Prop.ForAll(streams.ToArbitrary(), stream =>
        {
            var (text, size) = stream;
            var bytes = Encoding.UTF8.GetBytes(text);
            return Read(bytes, bytes.Length + 1).SequenceEqual(Read(bytes, size)) && Read(bytes, size).SequenceEqual(Read(bytes, 1));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Arbitrary_bytes_never_throw()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            _ = Read(bytes, 3);
            _ = Read([.. "%begin 1 2 1\n"u8, .. bytes, .. "\n%end 1 2 1\n"u8], 7);
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Chunk { get; } = [.. Enumerable.Repeat((byte)'x', 8 * 1024)];

    private static List<string> Read(byte[] bytes, int size)
    {
        var seen = new List<string>();
        var parser = new ControlModeParser(
            reply => seen.Add($"{reply.Number} {reply.Flags} {reply.IsError} {Convert.ToHexString(reply.Body.Span)}"),
            notification => seen.Add(notification.ToString()));
        foreach (var piece in bytes.Chunk(size))
        {
            parser.Feed(piece);
        }

        seen.Add($"out of step: {parser.IsOutOfStep}");
        return seen;
    }

    private ControlModeParser Feed(string text)
    {
        var parser = new ControlModeParser(_seen.Add, _seen.Add);
        parser.Feed(Encoding.UTF8.GetBytes(text));
        return parser;
    }
}
