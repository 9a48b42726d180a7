namespace AgentDeck.Engine.Configuration;

/// <summary>Reads a configuration file from disk. Never writes.</summary>
public static class ConfigurationFile
{
    /// <summary>The largest file that is read: 1 MiB.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>Reads and checks a file; a file that cannot be read is a problem, not an exception.</summary>
    /// <param name="loader">Checks the content.</param>
    /// <param name="path">The file, also as problems name it.</param>
    /// <param name="currentDirectory">What a relative <paramref name="path"/> is relative to; absolute.</param>
    public static ConfigurationResult Load(ConfigurationLoader loader, string path, string currentDirectory)
    {
        var absolute = Path.GetFullPath(path, currentDirectory);
        try
        {
            using var stream = new FileStream(absolute, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaximumBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > MaximumBytes
                ? ConfigurationResult.Failed(path, "is larger than 1 MiB; is it the right file?")
                : loader.Load(buffer.AsSpan(0, length), path, Path.GetDirectoryName(absolute)!);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return ConfigurationResult.Failed(path, "does not exist; create it, or name another with --config FILE");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ConfigurationResult.Failed(path, $"cannot be read ({error.Message}); check that it is a file that you may read");
        }
    }
}
