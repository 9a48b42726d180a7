namespace AgentDeck.Engine.Sources;

/// <summary>Where a path really leads, through every link on its way.</summary>
internal static class RealPath
{
    // What the kernel allows.
    private const int MostLinks = 40;

    /// <summary>The absolute path without any link in it; null when it leads nowhere.</summary>
    public static string? Of(string path)
    {
        var rest = new Stack<string>(Parts(path).Reverse());
        var real = "/";
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is { } target)
            {
                if (++links > MostLinks)
                {
                    return null;
                }

                real = target.StartsWith('/') ? "/" : real;
                foreach (var step in Parts(target).Reverse())
                {
                    rest.Push(step);
                }
            }
            else
            {
                real = next;
            }
        }

        return Path.Exists(real) ? real : null;
    }

    private static string[] Parts(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];
}
