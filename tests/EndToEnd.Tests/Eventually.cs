namespace AgentDeck.EndToEnd.Tests;

/// <summary>Waits for evidence: looks again until it holds or the deadline passes, and then says what it saw last.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    public static async Task<T> HoldsAsync<T>(Func<Task<T>> look, Func<T, bool> holds, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (true)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, $"waited in vain until {what}; last seen:\n{seen}");
            await timer.WaitForNextTickAsync();
        }
    }
}
