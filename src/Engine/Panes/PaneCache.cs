using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Panes;

/// <summary>The newest capture of each agent. All of those on screen are kept, of the others the most recently seen.</summary>
/// <remarks>Safe to call from any thread.</remarks>
internal sealed class PaneCache
{
    /// <summary>How many captures of agents that are not on screen are kept.</summary>
    internal const int HiddenLimit = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<AgentId, PaneCapture> _captures = [];
    private readonly LinkedList<AgentId> _hidden = [];
    private HashSet<AgentId> _visible = [];
    private long _version;

    /// <summary>The newest capture, or null.</summary>
    public PaneCapture? Find(AgentId agent)
    {
        lock (_gate)
        {
            return _captures.GetValueOrDefault(agent);
        }
    }

    /// <summary>Keeps a capture and gives it a version; false when it shows what the one before showed.</summary>
    public bool Put(PaneCapture capture)
    {
        lock (_gate)
        {
            if (_captures.TryGetValue(capture.Agent, out var old)
                && old.Kind == capture.Kind && old.Metadata == capture.Metadata && old.Content.Span.SequenceEqual(capture.Content.Span))
            {
                return false;
            }

            _captures[capture.Agent] = capture with { Version = ++_version };
            if (!_visible.Contains(capture.Agent))
            {
                HideNeedsLock(capture.Agent);
            }

            return true;
        }
    }

    /// <summary>Says which agents are on screen.</summary>
    public void Show(IEnumerable<AgentId> visible)
    {
        lock (_gate)
        {
            var before = _visible;
            _visible = [.. visible];
            foreach (var agent in _visible)
            {
                _hidden.Remove(agent);
            }

            foreach (var agent in before.Where(agent => !_visible.Contains(agent) && _captures.ContainsKey(agent)))
            {
                HideNeedsLock(agent);
            }
        }
    }

    private void HideNeedsLock(AgentId agent)
    {
        _hidden.Remove(agent);
        _hidden.AddLast(agent);
        if (_hidden.Count > HiddenLimit)
        {
            _captures.Remove(_hidden.First!.Value);
            _hidden.RemoveFirst();
        }
    }
}
