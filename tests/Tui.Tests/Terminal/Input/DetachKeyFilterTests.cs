using System.Buffers;
using System.Text;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.Terminal.Input;

public sealed class DetachKeyFilterTests
{
    private static readonly string[] Encodings = ["\u001d", "\e[27;5;93~", "\e[93;5u", "\e[93;5:1u"];

    private readonly ArrayBufferWriter<byte> _passed = new();

    [Fact]
    public void Every_encoding_is_found_anywhere_and_however_it_is_split()
    {
        foreach (var encoding in Encodings)
        {
            var bytes = Encoding.UTF8.GetBytes($"ls ä\e[A{encoding}after");
            for (var split = 0; split <= bytes.Length; split++)
            {
                var filter = Filter("ctrl+]");
                _passed.ResetWrittenCount();

                var found = filter.Process(bytes.AsSpan(0, split), _passed) || filter.Process(bytes.AsSpan(split), _passed);

                Assert.True(found);
                Assert.Equal("ls ä\e[A", Passed);
            }
        }
    }

    [Theory]
    [InlineData("\e[27;5;94~\e[93;6u\e[1;5A\e\e[93;5")]
    [InlineData("plain text, ä漢, \u0003\t\r")]
    [InlineData("\e[200~pasted\e[201~")]
    public void Everything_else_passes_unchanged(string text)
    {
        var filter = Filter("ctrl+]");
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            Assert.False(filter.Process([value], _passed));
        }

        filter.Flush(_passed);

        Assert.Equal(text, Passed);
    }

    [Fact]
    public void Only_a_possible_start_is_held()
    {
        var filter = Filter("ctrl+]");

        filter.Process("abc\e"u8, _passed);
        Assert.Equal("abc", Passed);
        Assert.True(filter.HasPartialSequence);

        filter.Process("O"u8, _passed);
        Assert.Equal("abc\eO", Passed);
        Assert.False(filter.HasPartialSequence);
    }

    [Fact]
    public void An_alt_chord_is_found_in_its_raw_form() => Assert.True(Filter("alt+q").Process("x\eq"u8, _passed));

    [Theory]
    [InlineData("f12")]
    [InlineData("q")]
    public void A_chord_that_cannot_be_watched_for_is_refused(string key) =>
        Assert.Contains("for example ctrl+]", Assert.Throws<ArgumentException>(() => Filter(key)).Message, StringComparison.Ordinal);

    private string Passed => Encoding.UTF8.GetString(_passed.WrittenSpan);

    private static DetachKeyFilter Filter(string key) =>
        new(KeyText.TryParse(key, out var chord, out var error) ? chord : throw new InvalidOperationException(error));
}
