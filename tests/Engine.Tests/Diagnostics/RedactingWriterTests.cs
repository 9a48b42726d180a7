using AgentDeck.Engine.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Diagnostics;

public sealed class RedactingWriterTests
{
    [Fact]
    public void Result_does_not_depend_on_how_the_text_was_split()
    {
        const string Text = "start ghp_0123456789abcdefghijABCDEFGHIJ012345 and\nAPI_KEY=\u001b[1mabc\u001b[0m\nhttps://a:b@c/ end";
        var cuts = Gen.Choose(0, Text.Length).ArrayOf().ToArbitrary();

        Prop.ForAll(cuts, places => Write(Pieces(Text, places)) == Redactor.Redact(Text)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Private_key_is_masked_however_it_was_split()
    {
        var key = string.Concat(Enumerable.Repeat("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n", 20));
        var text = $"before\n-----BEGIN PRIVATE KEY-----\n{key}-----END PRIVATE KEY-----\nafter -----BEGIN EC PRIVATE KEY-----\nMHcC";
        var cuts = Gen.Choose(0, text.Length).ArrayOf().ToArbitrary();

        Prop.ForAll(cuts, places => Write(Pieces(text, places)) == Redactor.Redact(text)).QuickCheckThrowOnFailure();
        Assert.Equal("before\n-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----\nafter -----BEGIN EC PRIVATE KEY-----***", Redactor.Redact(text));
    }

    [Fact]
    public void Text_after_a_private_key_without_end_in_a_line_without_end_comes_back_at_the_next_mark()
    {
        var written = Write(["-----BEGIN PRIVATE KEY-----", .. Enumerable.Repeat(new string('M', 1000), 30), "-----END PRIVATE KEY-----\n", "next"]);

        Assert.Equal("-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----\nnext", written);
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(8180)]
    [InlineData(12_000)]
    public void Secret_in_a_line_without_end_is_found_wherever_it_is_cut(int before)
    {
        var filler = new string('x', before) + " ";
        const string Secret = "sk-ant-0a1b2c3d4e5f6a7b8c9d0e1f";

        var written = Write([filler, Secret[..10], Secret[10..], " ", filler]);

        Assert.Equal($"{filler}*** {filler}", written);
    }

    [Fact]
    public void Secret_longer_than_what_is_held_back_is_masked_to_its_end()
    {
        var written = Write(["token=", .. Enumerable.Repeat(new string('s', 1000), 30), " end"]);

        Assert.Equal("token=*** end", written);
    }

    [Fact]
    public void Endless_line_is_passed_on_while_it_comes()
    {
        using var inner = new StringWriter();
        using var writer = new RedactingWriter(inner);

        writer.Write(new string('x', 1_000_000));

        Assert.InRange(inner.ToString().Length, 1_000_000 - 2 * RedactingWriter.LongestSecret, 1_000_000);
    }

    private static IEnumerable<string> Pieces(string text, int[] cuts)
    {
        int[] places = [0, .. cuts.Order(), text.Length];
        return places.Zip(places.Skip(1), (from, to) => text[from..to]);
    }

    private static string Write(IEnumerable<string> pieces)
    {
        using var inner = new StringWriter();
        using (var writer = new RedactingWriter(inner))
        {
            foreach (var piece in pieces)
            {
                writer.Write(piece);
                writer.Flush();
            }
        }

        return inner.ToString();
    }
}
