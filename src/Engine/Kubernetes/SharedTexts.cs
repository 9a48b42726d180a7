namespace AgentDeck.Engine.Kubernetes;

/// <summary>
/// Keeps one of equal short texts: thousands of pods have the same labels, images and reasons. Of a fixed size, so that it forgets, and
/// never wrong: threads that race at worst keep two. Safe to call from any thread.
/// </summary>
internal static class SharedTexts
{
    private const int Longest = 128;

    // A power of two.
    private static readonly string?[] Kept = new string?[4096];

    /// <summary>An equal text, if possible one that is kept already.</summary>
    public static string Share(string text)
    {
        if (text.Length > Longest)
        {
            return text;
        }

        ref var slot = ref Kept[string.GetHashCode(text, StringComparison.Ordinal) & (Kept.Length - 1)];
        var kept = slot;
        return kept == text ? kept : slot = text;
    }
}
