using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Leadership;

/// <summary>What a <c>coordination.k8s.io/v1</c> Lease says. Everything in it was written by others.</summary>
/// <param name="Holder">Who holds it; empty when nobody does.</param>
/// <param name="Seconds">For how long it promised to hold it; 0 when it does not say.</param>
/// <param name="RenewedAt">When it renewed it by its own clock: only good for telling one renewal from the next. Null when it never did.</param>
/// <param name="Transitions">How often the holder changed.</param>
internal sealed record LeaseRecord(string Holder, int Seconds, string? RenewedAt, int Transitions)
{
    /// <summary>Reads a Lease; what is missing or of another type is as if nobody held it.</summary>
    public static LeaseRecord Read(JsonElement lease)
    {
        var spec = JsonFields.Of(lease).Object("spec");
        return new LeaseRecord(
            spec.OptionalText("holderIdentity") ?? "",
            Math.Max(0, spec.SmallInteger("leaseDurationSeconds") ?? 0),
            spec.OptionalText("renewTime"),
            Math.Max(0, spec.SmallInteger("leaseTransitions") ?? 0));
    }

    /// <summary>The version of a Lease, for conditional writes; empty when it has none.</summary>
    public static string VersionOf(JsonElement lease) => JsonFields.Of(lease).Object("metadata").OptionalText("resourceVersion") ?? "";

    /// <summary>A new Lease that is held from the beginning.</summary>
    public static JsonObject New(ObjectName name, string holder, LeaseTimes times, DateTimeOffset now) => new()
    {
        ["apiVersion"] = $"{name.Kind.Group}/{name.Kind.Version}",
        ["kind"] = "Lease",
        ["metadata"] = new JsonObject { ["name"] = name.Name, ["namespace"] = name.Namespace },
        ["spec"] = Held(holder, times, now, transitions: 0),
    };

    /// <summary>The change by which a Lease passes to another holder.</summary>
    public static JsonObject Taken(string version, string holder, LeaseTimes times, DateTimeOffset now, int transitions) => At(version, Held(holder, times, now, transitions));

    /// <summary>The change by which its holder goes on holding it.</summary>
    public static JsonObject Renewed(string version, string holder, LeaseTimes times, DateTimeOffset now) => At(version, new JsonObject
    {
        ["holderIdentity"] = holder,
        ["leaseDurationSeconds"] = (int)times.Duration.TotalSeconds,
        ["renewTime"] = MicroTime(now),
    });

    /// <summary>The change by which its holder gives it back. Taken away rather than emptied: some servers refuse an empty name.</summary>
    public static JsonObject Released(string version, DateTimeOffset now) => At(version, new JsonObject
    {
        ["holderIdentity"] = null,
        ["leaseDurationSeconds"] = 1,
        ["renewTime"] = MicroTime(now),
    });

    private static JsonObject At(string version, JsonObject spec) => new() { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["spec"] = spec };

    private static JsonObject Held(string holder, LeaseTimes times, DateTimeOffset now, int transitions) => new()
    {
        ["holderIdentity"] = holder,
        ["leaseDurationSeconds"] = (int)times.Duration.TotalSeconds,
        ["acquireTime"] = MicroTime(now),
        ["renewTime"] = MicroTime(now),
        ["leaseTransitions"] = transitions,
    };

    // The API's MicroTime: exactly six digits.
    private static string MicroTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
