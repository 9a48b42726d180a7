using System.Text;
using Serilog.Sinks.File;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>Lets only the operator read a log file, from the moment it is opened.</summary>
internal sealed class PrivateFileHooks : FileLifecycleHooks
{
    /// <inheritdoc/>
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return underlyingStream;
    }
}
