using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AgentDeck.Cluster.Tests.Leadership;

/// <summary>What the API server of the tests' own cluster wrote down about writes to pods and Leases of one namespace, in its own order and time.</summary>
internal sealed record AuditLog(ImmutableArray<AuditLog.Write> Leases, ImmutableArray<AuditLog.Write> Pods)
{
    /// <summary>Reads what there is.</summary>
    public static AuditLog Read(string stateDirectory, string namespaceName)
    {
        var writes = new List<Write>();
        using var file = new StreamReader(new FileStream(Path.Combine(stateDirectory, "log", "audit.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        // What is being written at this moment is of others.
        var text = file.ReadToEnd();
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            var target = entry.GetProperty("objectRef");
            if (target.GetProperty("namespace").GetString() == namespaceName && entry.GetProperty("responseStatus").GetProperty("code").GetInt32() < 300)
            {
                var spec = entry.TryGetProperty("requestObject", out var body) && body.TryGetProperty("spec", out var found) ? found : default;
                writes.Add(new Write(
                    entry.GetProperty("user").GetProperty("username").GetString()!.Split(':')[^1],
                    target.GetProperty("resource").GetString()!,
                    target.TryGetProperty("name", out var name) ? name.GetString() : null,
                    entry.GetProperty("verb").GetString()!,
                    Time(entry, "requestReceivedTimestamp"),
                    Time(entry, "stageTimestamp"),
                    spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("holderIdentity", out var holder) ? holder.GetString() : null,
                    spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("renewTime", out _) ? Time(spec, "renewTime") : null));
            }
        }

        return new AuditLog(
            [.. writes.Where(write => write.Resource == "leases").OrderBy(write => write.Done)],
            [.. writes.Where(write => write.Resource == "pods").OrderBy(write => write.Began)]);
    }

    /// <summary>The users that held the Lease, each once for every term in a row.</summary>
    public IEnumerable<string> Holders()
    {
        string? last = null;
        foreach (var write in Leases)
        {
            if (write.Holder is not null && write.User != last)
            {
                yield return write.User;
            }

            last = write.Holder is null ? null : write.User;
        }
    }

    /// <summary>Fails unless each write to a pod came from whoever held the Lease when the server received it, and not later than its term lasts.</summary>
    public void AssertOneWriter(IReadOnlyCollection<string> engines, TimeSpan term)
    {
        foreach (var write in Pods.Where(write => engines.Contains(write.User)))
        {
            var lease = Leases.LastOrDefault(lease => lease.Done <= write.Began);
            Assert.True(lease is not null && lease.Holder is not null && lease.User == write.User, $"{write} was not in a term of its own; the Lease was then {lease}");
            Assert.True(write.Began - lease!.RenewedAt < term, $"{write} came after its term was over; the Lease was then {lease}");
        }
    }

    private static DateTimeOffset Time(JsonElement parent, string name) =>
        DateTimeOffset.Parse(parent.GetProperty(name).GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A write that the server took.</summary>
    internal sealed record Write(string User, string Resource, string? Name, string Verb, DateTimeOffset Began, DateTimeOffset Done, string? Holder, DateTimeOffset? RenewedAt);
}
