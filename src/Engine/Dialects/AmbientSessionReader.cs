using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>Reads sessions from the API's JSON. Total, like <see cref="PodReader"/>; older shapes of the resource are read too.</summary>
internal static class AmbientSessionReader
{
    /// <summary>The annotation by which a phase is asked for.</summary>
    public const string DesiredPhase = "ambient-code.io/desired-phase";

    /// <summary>Since when a start is asked for.</summary>
    public const string StartRequestedAt = "ambient-code.io/start-requested-at";

    /// <summary>Since when a stop is asked for.</summary>
    public const string StopRequestedAt = "ambient-code.io/stop-requested-at";

    private const string DefaultBranch = "main";
    private const int LongestText = 256;

    /// <summary>Reads a session.</summary>
    /// <param name="json">The object as the API gave it, whatever it is.</param>
    /// <param name="warn">Takes one sentence for each field that cannot be used, the same for each session.</param>
    public static AmbientSession Read(JsonElement json, Action<string> warn)
    {
        var session = new JsonFields(json, "", warn);
        var metadata = session.Object("metadata");
        var spec = session.Object("spec");
        var status = session.Object("status");
        var requests = metadata.Texts("annotations", 3, LongestText, key => key is DesiredPhase or StartRequestedAt or StopRequestedAt);
        var desired = Plain(requests.GetValueOrDefault(DesiredPhase)?.Trim());
        return new AmbientSession
        {
            Namespace = PlainText.Sanitize(metadata.Text("namespace")),
            Name = PlainText.Sanitize(metadata.Text("name")),
            Uid = PlainText.Sanitize(metadata.Text("uid")),
            ResourceVersion = PlainText.Sanitize(metadata.Text("resourceVersion")),
            Generation = metadata.Integer("generation") ?? 0,
            ObservedGeneration = status.Integer("observedGeneration"),
            CreatedAt = metadata.Time("creationTimestamp"),
            IsDeleted = metadata.Time("deletionTimestamp") is not null,
            DisplayName = Plain(spec.OptionalText("displayName")),
            Model = Plain(spec.Object("llmSettings").OptionalText("model")),
            Owner = Plain(spec.Object("userContext").OptionalText("displayName")) ?? Plain(spec.Object("userContext").OptionalText("userId")),
            InactivityTimeout = Seconds(spec.Integer("inactivityTimeout")),
            DesiredPhase = desired,
            RequestedAt = desired is null ? null : Moment(requests.GetValueOrDefault(desired == AmbientTransitions.Stopped ? StopRequestedAt : StartRequestedAt)),
            Phase = Plain(status.OptionalText("phase")) ?? "Pending",
            StartedAt = status.Time("startTime"),
            CompletedAt = status.Time("completionTime"),
            LastActivityAt = status.Time("lastActivityTime"),
            StoppedReason = Plain(status.OptionalText("stoppedReason")),
            Conditions = PodReader.ConditionsIn(status),
            Repos = Repos(spec, status),
            Workflow = Workflow(spec, status),
        };
    }

    // What is asked for and what became of it, joined by URL; of two with the same URL the last one counts, as in the platform.
    private static ImmutableArray<AmbientRepo> Repos(JsonFields spec, JsonFields status)
    {
        var repos = new Dictionary<string, AmbientRepo>(StringComparer.Ordinal);
        foreach (var repo in spec.Objects("repos"))
        {
            var place = repo.OptionalText("url") is null && repo.Object("input") is { Exists: true } input ? input : repo;
            Add(repos, place, "url", "");
        }

        foreach (var repo in status.Objects("reconciledRepos"))
        {
            Add(repos, repo, "url", Plain(repo.OptionalText("status")) ?? "");
        }

        return [.. repos.Values];
    }

    private static AmbientRepo? Workflow(JsonFields spec, JsonFields status)
    {
        var found = new Dictionary<string, AmbientRepo>(StringComparer.Ordinal);
        var reconciled = status.Object("reconciledWorkflow");
        Add(found, spec.Object("activeWorkflow"), "gitUrl", "");
        Add(found, reconciled, "gitUrl", Plain(reconciled.OptionalText("status")) ?? "");

        // Another workflow than the one that was asked for is on its way out.
        return found.Values.FirstOrDefault();
    }

    private static void Add(Dictionary<string, AmbientRepo> repos, JsonFields fields, string urlField, string status)
    {
        if (fields.OptionalText(urlField) is { Length: > 0 } url)
        {
            var branch = Plain(fields.OptionalText("currentActiveBranch")) ?? Plain(fields.OptionalText("branch")) ?? DefaultBranch;
            repos[url] = new AmbientRepo(PlainText.Sanitize(WithoutCredentials(url), LongestText), branch, status);
        }
    }

    // https://user:token@host/path: what stands before the @ of the authority is nobody's business.
    private static string WithoutCredentials(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return url;
        }

        var authority = url.AsSpan(start + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        var at = (end < 0 ? authority : authority[..end]).LastIndexOf('@');
        return at < 0 ? url : string.Concat(url.AsSpan(0, start + 3), authority[(at + 1)..]);
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static TimeSpan? Seconds(long? seconds) =>
        seconds is >= 0 and <= int.MaxValue ? TimeSpan.FromSeconds(seconds.Value) : null;

    private static string? Plain(string? text) => string.IsNullOrEmpty(text) ? null : PlainText.Sanitize(text, LongestText);
}
