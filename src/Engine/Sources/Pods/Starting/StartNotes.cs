namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>How the last start of each agent went, by name: before it has a pod it has no namespace. Whoever holds it keeps callers apart.</summary>
internal sealed class StartNotes
{
    private readonly Dictionary<string, StartNote> _notes = [];

    /// <summary>The note of an agent; null when it was not started.</summary>
    public StartNote? Of(string agent) => _notes.GetValueOrDefault(agent);

    /// <summary>Changes the note of an agent.</summary>
    public void Change(string agent, Func<StartNote, StartNote> change) => _notes[agent] = change(_notes.GetValueOrDefault(agent, StartNote.None));

    /// <summary>Takes what was learned of a pod: once its session lives, it matters no more why a start failed.</summary>
    public void Learn(PodTrack track)
    {
        if (track.Session is { Dead: false } && _notes.GetValueOrDefault(track.Agent.Name) is { Error: not null } note)
        {
            _notes[track.Agent.Name] = note with { Error = null };
        }
    }
}
