namespace AgentDeck.Testing;

/// <summary>Counts what work costs in memory.</summary>
public static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// The bytes that <paramref name="work"/> allocates on this thread every time: the least of several rounds, because the runtime adds
    /// work of its own to one now and then, such as compiling a method again.
    /// </summary>
    public static long Of(Action work)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
