using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine;

/// <summary>What the engines on one <c>agents.toml</c> wrote down, as it stands on disk. Takes no part in writing it.</summary>
/// <param name="directory">The journal's folder, absolute; it need not exist.</param>
/// <param name="time">The clock.</param>
public sealed class FleetHistory(string directory, TimeProvider time)
{
    // Where the system cannot watch files, they are looked at.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Whether an engine writes now.</summary>
    public bool IsKept
    {
        get
        {
            try
            {
                return JournalNative.IsLocked(Path.Combine(directory, DiskJournalFiles.LockFile));
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>What is remembered, oldest first, the last 1,000; what no engine took in yet has the number 0.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is another's.</exception>
    public ImmutableArray<FleetEvent> Read() => [.. ReadState().Events.SelectMany(Known)];

    /// <summary>What is written down from now on, until cancelled.</summary>
    /// <param name="after">The number of the last event that is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<FleetEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pulse = new Pulse();
        var tail = new JournalTail(Path.Combine(directory, JournalLog.FileName), after);
        using var watch = JournalWatch.Start(directory, JournalLog.FileName, pulse.Set);
        await using var look = watch is null ? time.CreateTimer(_ => pulse.Set(), null, Look, Look) : null;
        do
        {
            foreach (var happened in tail.Read().SelectMany(Known))
            {
                yield return happened;
            }
        }
        while (await pulse.WaitAsync(cancellationToken));
    }

    /// <summary>Everything that is remembered; its events as <see cref="Read"/> orders and limits them.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is another's.</exception>
    internal JournalState ReadState()
    {
        if (!Directory.Exists(directory))
        {
            return JournalState.Empty;
        }

        var files = new DiskJournalFiles(directory);
        try
        {
            var state = new JournalReader(files.Read(JournalLog.FileName) ?? [], files.PathOf(JournalLog.FileName)).Read().State;
            var waiting = new JournalInbox(directory).Read().Select(left => left.Happened).Where(left => !state.Holds(left));
            return state with { Events = [.. state.Events.Concat(waiting).OrderBy(happened => happened.At)] };
        }
        catch (JournalException newer)
        {
            throw new IOException(newer.Message, newer);
        }
    }

    private static IEnumerable<FleetEvent> Known(JournalledEvent happened) => happened.What is { } what ? [what with { Seq = happened.Seq }] : [];
}
