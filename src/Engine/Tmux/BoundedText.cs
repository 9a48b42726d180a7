using System.Text;

namespace AgentDeck.Engine.Tmux;

/// <summary>Reads a stream to its end and keeps only its beginning, as for a client's own complaints.</summary>
internal static class BoundedText
{
    private const int Kept = 2048;

    /// <summary>The first 2 KiB as UTF-8; what was read until the stream broke or reading was stopped is all that there is.</summary>
    public static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new byte[Kept];
        var length = 0;
        var rest = new byte[Kept];
        try
        {
            while (true)
            {
                var target = length < kept.Length ? kept.AsMemory(length) : rest;
                var count = await stream.ReadAsync(target, cancellationToken);
                if (count == 0)
                {
                    break;
                }

                length = Math.Min(kept.Length, length + count);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // What was read so far is all that there will be.
        }

        return Encoding.UTF8.GetString(kept, 0, length);
    }
}
