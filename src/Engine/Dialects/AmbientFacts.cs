using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Dialects;

/// <summary>What people are shown of a session beside its phase. Pure.</summary>
internal static class AmbientFacts
{
    /// <summary>The facts, in the order in which to show them; what is not known is left out.</summary>
    public static ImmutableArray<Fact> Of(AmbientSession session, AmbientDetails details)
    {
        var facts = ImmutableArray.CreateBuilder<Fact>();
        void Add(string name, string? value, DateTimeOffset? at = null)
        {
            if (at is not null || !string.IsNullOrEmpty(value))
            {
                facts.Add(new Fact(name, value ?? "", at));
            }
        }

        Add("session", details.DisplayName);
        Add("says", session.Phase);
        Add("asked for", details.Intent);
        Add("pending", details.ChangePending ? "its specification changed, and that was not acted on yet" : null);
        Add("owner", details.Owner);
        Add("model", details.Model);
        foreach (var repo in details.Repos)
        {
            Add("repo", Words(repo));
        }

        Add("workflow", details.Workflow is { } workflow ? Words(workflow) : null);
        Add("idle since", null, details.IdleSince);
        Add("stops", details.StopsByDefault ? "if it stays idle, by the platform's default" : "if it stays idle", details.StopsAt);
        Add("stopped by", details.StoppedReason);
        Add("completed", null, session.CompletedAt);
        return facts.ToImmutable();
    }

    private static string Words(AmbientRepo repo) => $"{repo.Url} ({repo.Branch}{(repo.Status.Length > 0 ? $", {repo.Status}" : "")})";
}
