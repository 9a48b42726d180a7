using System.Text;
using System.Text.Json;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The file in which an agent of scion reports on itself, read in its own container by one command.</summary>
/// <param name="path">Where it is.</param>
/// <param name="transport">Runs commands there.</param>
/// <param name="time">The clock of the timeout.</param>
/// <param name="warn">Takes one sentence for what in it cannot be used.</param>
internal sealed class ScionInfoFile(string path, IAgentTransport transport, TimeProvider time, Action<string> warn)
{
    private const string LongestFile = "65536";

    private const int LongestRemembered = 16_384;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>What the agent says; null when it says nothing that can be read now, and then its screen has to do.</summary>
    public async Task<ScionAgentInfo?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = new CommandSpec { Program = "head", Arguments = ["-c", LongestFile, path] };
            var result = await new StreamCommandRunner(transport, time).RunAsync(head, null, Timeout, cancellationToken);
            return result.ExitCode == 0 ? Read(result.Output, warn) : null;
        }
        catch (TransportException)
        {
            return null;
        }
    }

    /// <summary>What a file says, with what of it may be remembered; null when it is no JSON object.</summary>
    public static ScionAgentInfo? Read(string content, Action<string> warn) =>
        ScionAgentInfo.Read(Encoding.UTF8.GetBytes(content), warn) is { } info ? info with { Content = ToRemember(content) } : null;

    // To the last character but for its secrets, or not at all.
    private static string ToRemember(string content)
    {
        if (content.Length > LongestRemembered)
        {
            return "";
        }

        try
        {
            var clean = Redactor.Redact(content);
            using var document = JsonDocument.Parse(clean);
            return IsClean(document.RootElement) ? clean : "";
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The mask took the place of what was no text, or half a character is escaped.
            return "";
        }
    }

    // An escape may have hidden what makes a text a secret.
    private static bool IsClean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => IsClean(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsClean),
        JsonValueKind.String => value.GetString() is { } text && Redactor.Redact(text) == text,
        _ => true,
    };
}
