using System.Text.Json;

namespace AgentDeck.Engine.Kubernetes.Http;

/// <summary>A <c>Status</c> object, or as much of one as there is. Its texts are hostile input.</summary>
/// <param name="Status"><c>Success</c> or <c>Failure</c>; empty when it is missing.</param>
/// <param name="Code">The HTTP status that it stands for; 0 when it is missing.</param>
/// <param name="Reason">The machine-readable reason; may be empty.</param>
/// <param name="Message">The words; may be empty.</param>
/// <param name="RetryAfterSeconds">How long to wait; 0 for unsaid.</param>
/// <param name="ExitCode">The exit code among its causes; null when it names none.</param>
internal sealed record ApiStatus(string Status, int Code, string Reason, string Message, int RetryAfterSeconds, int? ExitCode)
{
    private const int LongestBody = 64 * 1024;

    /// <summary>What is known when nothing is.</summary>
    public static readonly ApiStatus Empty = new("", 0, "", "", 0, null);

    /// <summary>Reads the body of an answer of failure; a body that is no <c>Status</c> counts as its message.</summary>
    public static async Task<ApiStatus> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestBody];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            // The status line says enough.
        }

        return Parse(buffer.AsMemory(0, length)) ?? Empty with { Message = System.Text.Encoding.UTF8.GetString(buffer, 0, length).Trim() };
    }

    /// <summary>Reads one from JSON; null when it is none.</summary>
    public static ApiStatus? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads one.</summary>
    public static ApiStatus Read(JsonElement element)
    {
        var status = JsonFields.Of(element);
        var details = status.Object("details");
        return new ApiStatus(
            status.OptionalText("status") ?? "",
            status.SmallInteger("code") ?? 0,
            status.OptionalText("reason") ?? "",
            status.OptionalText("message") ?? "",
            details.SmallInteger("retryAfterSeconds") ?? 0,
            details.Objects("causes").Where(cause => cause.OptionalText("reason") == "ExitCode").Select(cause => cause.SmallInteger("message")).FirstOrDefault(code => code is not null));
    }
}
