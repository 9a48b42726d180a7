using System.Buffers;

namespace AgentDeck.Engine.Journal;

/// <summary>What is written and brought to the disk together. Filled under the journal's lock.</summary>
internal sealed class JournalBatch
{
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly TaskCompletionSource<bool> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The changes as lines; empty when <see cref="HasLetGo"/>.</summary>
    public ReadOnlySpan<byte> Lines => _lines.WrittenSpan;

    /// <summary>How many changes there are.</summary>
    public int Entries { get; private set; }

    /// <summary>There were too many changes to hold: only a snapshot can bring them to the disk.</summary>
    public bool HasLetGo { get; private set; }

    /// <summary>Somebody asks for the disk to be tried, whatever there is to write.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Whether there is a reason to write it.</summary>
    public bool IsEmpty => Entries == 0 && !IsAsked;

    /// <summary>Ends with true when the disk holds all of it, with false when it does not.</summary>
    public Task<bool> Durable => _durable.Task;

    /// <summary>Adds a change.</summary>
    public void Add(ReadOnlySpan<byte> line, int mostBytes)
    {
        Entries++;
        HasLetGo |= _lines.WrittenCount + line.Length > mostBytes;
        if (HasLetGo)
        {
            _lines.Clear();
        }
        else
        {
            _lines.Write(line);
        }
    }

    /// <summary>Tells everybody who waits.</summary>
    public void End(bool isDurable) => _durable.TrySetResult(isDurable);
}
