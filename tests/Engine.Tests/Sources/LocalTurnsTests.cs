using System.Collections.Immutable;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class LocalTurnsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-turns").FullName;
    private readonly FakeTimeProvider _time = new();

    private string Socket => Path.Combine(_folder, "socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task One_turn_is_taken_after_the_other_in_order()
    {
        var first = await new LocalTurns(Socket, _time).TakeAsync(CancellationToken.None);
        var second = new LocalTurns(Socket, _time).TakeAsync(CancellationToken.None);
        var third = new LocalTurns(Socket, _time).TakeAsync(CancellationToken.None);

        Assert.False(second.IsCompleted);
        first.Dispose();
        var taken = await second;
        Assert.False(third.IsCompleted);
        taken.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task A_turn_that_is_given_up_is_nobodys()
    {
        var first = await new LocalTurns(Socket, _time).TakeAsync(CancellationToken.None);
        using var giveUp = new CancellationTokenSource();
        var second = new LocalTurns(Socket, _time).TakeAsync(giveUp.Token);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        first.Dispose();
        (await new LocalTurns(Socket, _time).TakeAsync(CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Another_process_keeps_its_turn_until_it_ends()
    {
        await using var holder = await HoldAsync();
        var waiting = new LocalTurns(Socket, _time).TakeAsync(CancellationToken.None);

        _time.Advance(LocalTurns.Patience / 2);
        Assert.False(waiting.IsCompleted);
        await holder.DisposeAsync();
        _time.Advance(LocalTurns.Patience / 4);

        (await waiting).Dispose();
    }

    [Fact]
    public async Task A_holder_that_hangs_is_not_waited_for_for_ever()
    {
        await using var holder = await HoldAsync();
        var waiting = new LocalTurns(Socket, _time).TakeAsync(CancellationToken.None);

        _time.Advance(LocalTurns.Patience);

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Where_there_is_no_folder_nothing_is_made()
    {
        var nowhere = Path.Combine(_folder, "none", "socket");

        (await new LocalTurns(nowhere, _time).TakeAsync(CancellationToken.None)).Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private async Task<ICommandStream> HoldAsync()
    {
        var holder = await new LocalTransport(TimeProvider.System).OpenAsync(
            new CommandSpec { Program = "flock", Arguments = ["-F", LocalTurns.FileOf(Socket), "sh", "-c", "echo held; read line"], Environment = ImmutableDictionary<string, string?>.Empty },
            CancellationToken.None);
        Assert.True(await holder.Output.ReadAsync(new byte[16]) > 0);
        return holder;
    }
}
