using System.Text;
using AgentDeck.Engine.Panes;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>Reads captures of a watch until one shows what is expected.</summary>
internal static class PaneReading
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task SeeAsync(IAsyncEnumerator<PaneCapture> captures, string text, FakeTimeProvider time)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var passing = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!Encoding.UTF8.GetString(captures.Current.Content.Span).Contains(text, StringComparison.Ordinal))
        {
            var next = captures.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                await passing.WaitForNextTickAsync(deadline.Token);
                time.Advance(TimeSpan.FromMilliseconds(100));
            }

            Assert.True(await next, $"the watch ended before it showed {text}");
        }
    }
}
