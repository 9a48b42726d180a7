using System.Text;
using AgentDeck.Engine.Toml;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Toml;

public sealed class TomlReaderTests
{
    private static readonly TomlReader Reader = new();

    [Theory]
    [InlineData("a = ", 1, 5, "expected a value, found the end of the file")]
    [InlineData("a = yes", 1, 5, "'yes' is not a value; put text in quotes, and write true or false in lower case")]
    [InlineData("\na b = 1", 2, 3, "expected '=' after the key 'a', found 'b'")]
    [InlineData("a = \"x\nb = 2", 1, 7, "expected \" to close the string that starts in column 5, found the end of the line; a text of several lines needs three quotes")]
    [InlineData("ä = \"\U0001F600\" !", 1, 9, "expected the end of the line, found '!'")]
    [InlineData("a = 1\na = 2", 2, 1, "'a' is already defined in line 1; remove one of the two")]
    [InlineData("[t]\n[t]", 2, 2, "'t' is already defined in line 1; remove one of the two")]
    [InlineData("t = {}\n[t.x]", 2, 2, "'t' has its whole value in line 1; nothing can be added to it here")]
    [InlineData("a = [1 2]", 1, 8, "expected ',' or ']' in the array that starts in line 1, found '2'")]
    [InlineData("a = { x = 1,\n}", 1, 13, "expected a key (letters, digits, '_' and '-', or a quoted string), found the end of the line")]
    [InlineData("a = 012", 1, 5, "012 starts with a zero; leave the zero out, or write 0o for an octal number")]
    [InlineData("a = 9223372036854775808", 1, 5, "9223372036854775808 does not fit into a 64-bit integer")]
    [InlineData("a = 2026-02-30", 1, 5, "2026-02-30 is not a day in the calendar")]
    [InlineData("a = \"\\q\"", 1, 6, "found 'q' after \\, expected one of b t n f r e \" \\ uXXXX UXXXXXXXX; write \\\\ for a backslash, or use single quotes")]
    [InlineData("a = \"\\", 1, 7, "expected a character after \\, found the end of the file")]
    [InlineData("[a", 1, 3, "expected ']' after '[a', found the end of the file")]
    public void Error_says_where_what_was_found_and_what_was_expected(string document, int line, int column, string message)
    {
        if (document.StartsWith('ä'))
        {
            document = '"' + "ä" + '"' + document[1..];
            column += 2;
        }

        var error = Assert.Throws<TomlException>(() => Read(document));

        Assert.Equal(message, error.Message);
        Assert.Equal(new TomlPosition(line, column), error.Position);
    }

    [Fact]
    public void Byte_that_is_not_utf8_is_an_error_where_it_stands()
    {
        var error = Assert.Throws<TomlException>(() => Reader.Read([.. "a = 1\nb = 'ä"u8, 0xff, .. "'"u8]));

        Assert.Equal(new TomlPosition(2, 7), error.Position);
        Assert.Equal("byte 0xff is not UTF-8; save the file as UTF-8", error.Message);
    }

    [Fact]
    public void Values_and_keys_know_line_and_column_in_code_points()
    {
        var root = Read("# comment\n[deck]\n  \"\U0001F600\" = [ 1,\n    2 ]\n");

        var deck = Assert.IsType<TomlTable>(root.Find("deck"));
        var entry = Assert.Single(deck.Entries);
        var array = Assert.IsType<TomlArray>(entry.Value);
        Assert.Equal(new TomlPosition(3, 3), entry.KeyPosition);
        Assert.Equal(new TomlPosition(3, 9), array.Position);
        Assert.Equal([new TomlPosition(3, 11), new TomlPosition(4, 5)], array.Items.Select(item => item.Position));
    }

    [Fact]
    public void Byte_order_mark_at_the_start_is_ignored() =>
        Assert.Equal(1, Assert.IsType<TomlInteger>(Reader.Read("\uFEFFa = 1"u8).Find("a")).Value);

    [Fact]
    public void Multi_line_strings_have_line_feeds_only() =>
        Assert.Equal("one\ntwo\n", Assert.IsType<TomlString>(Read("a = '''\r\none\r\ntwo\r\n'''").Find("a")).Value);

    [Fact]
    public void Fractions_of_a_second_are_kept_to_100_ns()
    {
        var time = Assert.IsType<TomlLocalTime>(Read("a = 14:02:11.12345678").Find("a"));

        Assert.Equal(new TimeOnly(14, 2, 11).Add(TimeSpan.FromTicks(1_234_567)), time.Value);
    }

    [Theory]
    [InlineData("a = ", "[", "")]
    [InlineData("a = ", "{a=", "")]
    [InlineData("", "a.", "b = 1")]
    [InlineData("[", "a.", "b]")]
    public void Nesting_without_end_is_refused(string start, string repeated, string end)
    {
        var document = start + string.Concat(Enumerable.Repeat(repeated, 100_000)) + end;

        Assert.Contains("256", Assert.Throws<TomlException>(() => Read(document)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_a_toml_exception_is_ever_thrown_for_bytes()
    {
        Prop.ForAll<byte[]>(bytes => ReadsOrRefuses(bytes)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_but_a_toml_exception_is_ever_thrown_for_pieces_of_toml()
    {
        var piece = Gen.Elements("a", "b.c", " = ", "[", "]", "[[", "]]", "{", "}", ",", "\n", "\r", "\"", "'''", "\"\"\"", "\\", "\\u", "00e4",
            "0x", "1_0", "-", "+inf", "1e", ".5", "2026-11-21", "T", "14:02:11", "+25:00", "0000-00-00", "9999-12-31T23:59:60-01:00", "true", "#", "\0", "ä", "\U0001F600");
        var documents = Gen.ArrayOf(piece).Select(string.Concat).ToArbitrary();

        Prop.ForAll(documents, document => ReadsOrRefuses(Encoding.UTF8.GetBytes(document)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static bool ReadsOrRefuses(byte[] document)
    {
        try
        {
            return Reader.Read(document) is not null;
        }
        catch (TomlException error)
        {
            return error.Position is { Line: > 0, Column: > 0 };
        }
    }

    private static TomlTable Read(string document) => Reader.Read(Encoding.UTF8.GetBytes(document));
}
