using System.Runtime.CompilerServices;
using Xunit;

namespace AgentDeck.Testing;

/// <summary>
/// Compares a text with a readable file beside the test: <c>Golden/Name.verified.txt</c>. A difference leaves
/// <c>Name.received.txt</c> beside it; accept it by renaming, or run with <c>AGENTDECK_ACCEPT_GOLDEN=1</c>.
/// </summary>
public static class Golden
{
    /// <summary>Fails unless <paramref name="actual"/> equals the verified file.</summary>
    public static void Verify(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden");
        var verified = Path.Combine(folder, name + ".verified.txt");
        var received = Path.Combine(folder, name + ".received.txt");
        if (Environment.GetEnvironmentVariable("AGENTDECK_ACCEPT_GOLDEN") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(verified, actual);
            return;
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(received, actual);
        Assert.Fail($"{verified} differs from what was drawn (see {received}):\n{actual}");
    }
}
