using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class TmuxErrorsTests
{
    [Theory]
    [InlineData("no server running on /tmp/tmux-0/default", nameof(TmuxFault.ServerGone))]
    [InlineData("error connecting to /tmp/tmux-0/x (No such file or directory)", nameof(TmuxFault.ServerGone))]
    [InlineData("error connecting to /tmp/tmux-0/x (Connection refused)", nameof(TmuxFault.ServerGone))]
    [InlineData("error connecting to /tmp/tmux-0/x (Permission denied)", nameof(TmuxFault.Denied))]
    [InlineData("error connecting to /tmp/tmux-0/x (Operation not permitted)", nameof(TmuxFault.Denied))]
    [InlineData("error connecting to /tmp/tmux-0/x (Too many open files)", nameof(TmuxFault.Unreachable))]
    [InlineData("access not allowed", nameof(TmuxFault.Denied))]
    [InlineData("server exited unexpectedly", nameof(TmuxFault.ServerGone))]
    [InlineData("no sessions", nameof(TmuxFault.NoSessions))]
    [InlineData("can't find session: x", nameof(TmuxFault.TargetGone))]
    [InlineData("can't find pane: %9", nameof(TmuxFault.TargetGone))]
    [InlineData("duplicate session: x", nameof(TmuxFault.DuplicateSession))]
    [InlineData("server version is too old for client", nameof(TmuxFault.VersionMismatch))]
    [InlineData("protocol version mismatch (client 8, server 7)", nameof(TmuxFault.VersionMismatch))]
    [InlineData("tmux: unknown option -- N", nameof(TmuxFault.TooOld))]
    [InlineData("usage: attach-session [-dErx] [-c working-directory] [-t target-session]", nameof(TmuxFault.TooOld))]
    [InlineData("command attach-session: unknown flag -f", nameof(TmuxFault.TooOld))]
    [InlineData("invalid option: nosuch", nameof(TmuxFault.Refused))]
    [InlineData("", nameof(TmuxFault.Refused))]
    public void Words_of_tmux_are_told_apart(string words, string fault)
    {
        Assert.Equal(fault, TmuxErrors.Classify(words).ToString());
    }

    [Theory]
    [InlineData("tmux 3.3a", 3, 3, true)]
    [InlineData("3.2", 3, 2, true)]
    [InlineData("tmux 3.1c", 3, 1, false)]
    [InlineData("tmux 2.8", 2, 8, false)]
    [InlineData("tmux next-3.5", 3, 5, true)]
    [InlineData("4", 4, 0, true)]
    [InlineData("tmux master", int.MaxValue, 0, true)]
    [InlineData("tmux openbsd-7.0", int.MaxValue, 0, true)]
    public void Version_is_read_without_its_letters(string text, int major, int minor, bool supportsLinks)
    {
        var version = TmuxVersion.Parse(text);

        Assert.Equal(new TmuxVersion(major, minor), version);
        Assert.Equal(supportsLinks, version.SupportsLinks);
    }
}
