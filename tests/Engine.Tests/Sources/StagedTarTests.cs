using System.Collections.Immutable;
using System.Formats.Tar;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class StagedTarTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-tar-").FullName;

    [Fact]
    public async Task A_directory_is_packed_with_its_modes_and_without_owners()
    {
        Write("d/run.sh", "#!/bin/sh", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write("d/sub/note", "hello", UnixFileMode.UserRead);
        Write("d/empty", "", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var (entries, warnings) = await PackAsync("d", "prompts/");

        Assert.Empty(warnings);
        Assert.Equal(["prompts/empty 0440 0", "prompts/run.sh 0700 9", "prompts/sub 0755 0", "prompts/sub/note 0400 5"], entries.Select(Line));
        Assert.All(entries, entry => Assert.Equal((0, 0), (entry.Uid, entry.Gid)));
        Assert.All(entries.Cast<PosixTarEntry>(), entry => Assert.Equal(("", ""), (entry.UserName, entry.GroupName)));
    }

    [Theory]
    [InlineData("", "a.txt")]
    [InlineData("x/", "x/a.txt")]
    [InlineData("x/b.txt", "x/b.txt")]
    public async Task A_file_gets_the_name_that_is_asked_for(string to, string name)
    {
        Write("a.txt", "1");

        Assert.Equal(name, Assert.Single((await PackAsync("a.txt", to)).Entries).Name);
    }

    [Fact]
    public async Task Links_are_followed_to_files_of_the_same_directory_and_nowhere_else()
    {
        Write("d/real", "inside");
        Write("secret", "outside");
        Directory.CreateDirectory(At("d/sub"));
        Directory.CreateDirectory(At("elsewhere"));
        Write("elsewhere/deep", "outside");
        File.CreateSymbolicLink(At("d/good"), "real");
        File.CreateSymbolicLink(At("d/sub/up"), "../real");
        File.CreateSymbolicLink(At("d/bad"), "../secret");
        File.CreateSymbolicLink(At("d/absolute"), At("secret"));
        File.CreateSymbolicLink(At("d/broken"), "nothing");
        File.CreateSymbolicLink(At("d/loop"), "loop");
        Directory.CreateSymbolicLink(At("d/way"), At("elsewhere"));
        // Its last step is no link; the way to it is.
        File.CreateSymbolicLink(At("d/sneaky"), "way/deep");
        Directory.CreateSymbolicLink(At("d/folder"), "sub");

        var (entries, warnings) = await PackAsync("d", "");

        Assert.Equal(["good 6", "real 6", "sub 0", "sub/up 6"], entries.Select(entry => $"{entry.Name} {entry.Length}"));
        Assert.Equal(
            ["absolute out of", "bad out of", "broken nowhere", "folder to a directory", "loop nowhere", "sneaky out of", "way out of"],
            warnings.Select(warning => Path.GetFileName(warning.Split(' ')[0]) + (
                warning.Contains("leads out of the directory", StringComparison.Ordinal) ? " out of"
                : warning.Contains("leads nowhere", StringComparison.Ordinal) ? " nowhere"
                : warning.Contains("to a directory", StringComparison.Ordinal) ? " to a directory" : warning)));
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        Directory.CreateDirectory(At("d"));
        var made = await new LocalCommandRunner(TimeProvider.System).RunAsync(
            new CommandSpec { Program = "mkfifo", Arguments = [At("d/pipe")] }, null, TimeSpan.FromSeconds(10), CancellationToken.None);
        Assert.Equal(0, made.ExitCode);

        Assert.Equal(0, Assert.Single((await PackAsync("d", "")).Entries).Length);
    }

    [Fact]
    public async Task What_is_not_there_is_a_warning()
    {
        using var archive = new MemoryStream();

        var warning = Assert.Single(await StagedTar.WriteAsync(new StagedFile(At("nothing"), ""), archive, CancellationToken.None));

        Assert.Contains("is not there", warning, StringComparison.Ordinal);
        Assert.Equal(0, archive.Length);
    }

    [Fact]
    public async Task What_is_declared_may_itself_be_a_link()
    {
        Write("real/a", "1");
        Directory.CreateSymbolicLink(At("link"), "real");

        Assert.Equal("a", Assert.Single((await PackAsync("link", "")).Entries).Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Line(TarEntry entry) => $"{entry.Name} {Convert.ToString((int)entry.Mode, 8).PadLeft(4, '0')} {entry.Length}";

    private async Task<(List<TarEntry> Entries, ImmutableArray<string> Warnings)> PackAsync(string from, string to)
    {
        using var archive = new MemoryStream();
        var warnings = await StagedTar.WriteAsync(new StagedFile(At(from), to), archive, CancellationToken.None);
        archive.Position = 0;
        var entries = new List<TarEntry>();
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            entries.Add(entry);
        }

        return (entries, warnings);
    }

    private void Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(name), mode);
        }
    }

    private string At(string name) => Path.Combine(_folder, name);
}
