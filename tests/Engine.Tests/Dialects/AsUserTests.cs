using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class AsUserTests
{
    private static readonly CommandSpec Command = new() { Program = "printf", Arguments = ["<%s>", "-a b", "it's", "$(id)", "`id`", "\\", "", "\"", "x\ny"] };

    [Fact]
    public async Task Who_is_that_user_already_runs_the_command_at_once()
    {
        var wrapped = AsUser.Wrap(Command, Environment.UserName);

        Assert.Equal("<-a b><it's><$(id)><`id`><\\><><\"><x\ny>", await RunAsync(wrapped));
    }

    [Theory]
    [InlineData(false, "-c")]
    [InlineData(true, "--session-command")]
    public async Task Others_run_it_by_su_with_every_argument_as_it_is(bool terminal, string option)
    {
        // A su of our own tells what it was asked, and hands the line to a shell as su does.
        var folder = Directory.CreateTempSubdirectory("agentdeck-su-");
        try
        {
            var su = Path.Combine(folder.FullName, "su");
            await File.WriteAllTextAsync(su, "#!/bin/sh\n[ \"$1\" = --help ] && { echo 'knows --session-command'; exit; }\nprintf '%s %s %s:' \"$1\" \"$2\" \"$3\"; exec sh -c \"$4\"\n", CancellationToken.None);
            await RunAsync(new CommandSpec { Program = "chmod", Arguments = ["+x", su] });
            var wrapped = AsUser.Wrap(Command with { Terminal = terminal ? new Size(80, 24) : null }, "somebody-else");

            var output = await RunAsync(wrapped with { Environment = wrapped.Environment.SetItem("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}") });

            Assert.Equal($"- somebody-else {option}:<-a b><it's><$(id)><`id`><\\><><\"><x\ny>", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-c")]
    [InlineData("a b")]
    [InlineData("$(id)")]
    public void A_name_that_is_none_is_refused(string user) => Assert.Throws<ArgumentException>(() => AsUser.Wrap(Command, user));

    private static async Task<string> RunAsync(CommandSpec command)
    {
        var result = await new LocalCommandRunner(TimeProvider.System).RunAsync(command, null, TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.Equal("", result.Error);
        return result.Output;
    }
}
