using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// The link of a source that watches several places: as bad as the worst of them, because a row must not look current when
/// its place does not answer. Safe to call from any thread.
/// </summary>
internal sealed class LinkBoard(Action<SourceLink, string?> tell)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SourceLink Link, string? Error)> _places = [];

    /// <summary>Adds a place of which nothing is known yet.</summary>
    public void Add(string place)
    {
        lock (_gate)
        {
            _places[place] = (SourceLink.Connecting, null);
        }
    }

    /// <summary>Notes how a place answers.</summary>
    public void Set(string place, ObjectLink link)
    {
        lock (_gate)
        {
            var before = _places.GetValueOrDefault(place).Link;
            SetNeedsLock(place, link.Failure is { } failure ? KubernetesFailures.ToLink(failure, before == SourceLink.Live) : SourceLink.Live, link.Failure?.Message);
        }
    }

    /// <summary>Notes that a place can be done without, and what is not seen because of that.</summary>
    public void SetWithout(string place, string sentence)
    {
        lock (_gate)
        {
            SetNeedsLock(place, SourceLink.Live, sentence);
        }
    }

    private void SetNeedsLock(string place, SourceLink link, string? error)
    {
        _places[place] = (link, error);
        var worst = _places.Values.MaxBy(known => (Rank(known.Link), known.Error is not null));
        tell(worst.Link, worst.Error);
    }

    private static int Rank(SourceLink link) => link switch
    {
        SourceLink.Live => 0,
        SourceLink.Connecting => 1,
        SourceLink.Stale => 2,
        SourceLink.Unreachable => 3,
        SourceLink.Denied => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(link), link, "unknown link"),
    };
}
