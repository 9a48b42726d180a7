using System.Text;
using System.Text.Json;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Toml;

public sealed class TomlCorpusTests
{
    public static TheoryData<string> ValidFiles() => [.. TomlCorpus.Valid()];

    public static TheoryData<string> InvalidFiles() => [.. TomlCorpus.Invalid()];

    [Theory]
    [MemberData(nameof(ValidFiles))]
    public void Valid_file_equals_its_json(string name)
    {
        if (name == TomlCorpus.Absent)
        {
            return;
        }

        var actual = new TomlReader().Read(TomlCorpus.Read(name));

        using var expected = JsonDocument.Parse(TomlCorpus.Read(Path.ChangeExtension(name, ".json")));
        TaggedJson.AssertEqual(expected.RootElement, actual, "");
    }

    [Theory]
    [MemberData(nameof(InvalidFiles))]
    public void Invalid_file_is_refused_with_a_position(string name)
    {
        if (name == TomlCorpus.Absent)
        {
            return;
        }

        var bytes = TomlCorpus.Read(name);

        var error = Assert.Throws<TomlException>(() => new TomlReader().Read(bytes));

        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        Assert.InRange(error.Position.Line, 1, lines.Length);
        Assert.InRange(error.Position.Column, 1, lines[error.Position.Line - 1].Length + 1);
        Assert.NotEmpty(error.Message);
    }
}
