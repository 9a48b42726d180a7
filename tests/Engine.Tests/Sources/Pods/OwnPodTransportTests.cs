using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>What a real shell makes of lists of mounts as kernels print them.</summary>
public sealed class OwnPodTransportTests : IDisposable
{
    private const string Proc = "612 611 0:61 / /proc rw,nosuid - proc proc rw\n";
    private const string Volume = "630 611 0:71 /x/kubelet/pods/other/volumes/a /workspace rw - ext4 /dev/vda rw\n";

    private readonly string _mounts = Path.GetTempFileName();

    public void Dispose() => File.Delete(_mounts);

    [Theory]
    [InlineData(Proc + "629 611 254:1 /var/lib/kubelet/pods/u-1/etc-hosts /etc/hosts rw,relatime - ext4 /dev/vda rw\n" + Volume)]
    [InlineData(Proc + "629 611 254:1 /docker/containers/0b/hosts /etc/hosts rw - ext4 /dev/vda rw\n" + Volume)]
    [InlineData(Proc)]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_command_runs_in_its_own_pod_and_where_it_cannot_be_told_which_one_it_is(string? mounts)
    {
        Write(mounts);

        var result = await RunAsync("u-1");

        Assert.Equal((3, "a  b\nfed", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task No_command_runs_in_the_pod_that_had_its_name_before()
    {
        Write(Proc + "629 611 254:1 /var/lib/kubelet/pods/u-0/etc-hosts /etc/hosts rw,relatime - ext4 /dev/vda rw\n");

        var failure = await Assert.ThrowsAsync<TransportException>(() => RunAsync("u-1"));

        Assert.Equal((TransportFault.Unreachable, "the pod of its name that was there before has not ended yet"), (failure.Fault, failure.Message));
    }

    private void Write(string? mounts)
    {
        if (mounts is null)
        {
            File.Delete(_mounts);
        }
        else
        {
            File.WriteAllText(_mounts, mounts);
        }
    }

    private Task<CommandResult> RunAsync(string uid) =>
        new StreamCommandRunner(new OwnPodTransport(new LocalTransport(TimeProvider.System), uid, _mounts), TimeProvider.System).RunAsync(
            new CommandSpec { Program = "sh", Arguments = ["-c", "echo \"$1\"; cat; exit 3", "sh", "a  b"] }, "fed", TimeSpan.FromMinutes(1), CancellationToken.None);
}
