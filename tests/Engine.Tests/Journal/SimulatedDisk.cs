using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Tests.Journal;

/// <summary>
/// A folder that forgets what was not synced when its power is cut, and whose calls can be made to fail. Every call that changes it
/// is a step; the power can be cut in the midst of any.
/// </summary>
internal sealed class SimulatedDisk : IJournalFiles
{
    private const int Block = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Content> _names = new(StringComparer.Ordinal);
    private readonly List<Action<Dictionary<string, Content>>> _unsyncedNames = [];
    private Dictionary<string, Content> _durableNames = new(StringComparer.Ordinal);
    private int _steps;

    /// <summary>In which step the power goes.</summary>
    public int? CutAt { get; init; }

    /// <summary>Whether the power is gone: from then on everything fails.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How many bytes can still be written before the disk is full.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Syncs of files fail, and what they should have brought to the disk never gets there.</summary>
    public bool SyncsFail { get; set; }

    /// <summary>Called before a file is synced, by its name.</summary>
    public Action<string>? Syncing { get; set; }

    /// <summary>How many times a file was synced.</summary>
    public int Syncs { get; private set; }

    /// <summary>The names of all files.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            using var _ = _gate.EnterScope();
            return [.. _names.Keys.Order(StringComparer.Ordinal)];
        }
    }

    public static SimulatedDisk Holding(string name, byte[] bytes)
    {
        var disk = new SimulatedDisk();
        var content = new Content();
        content.Durable.AddRange(bytes);
        disk._names[name] = content;
        disk._durableNames[name] = content;
        return disk;
    }

    /// <summary>The disk as it is found when power is back.</summary>
    public SimulatedDisk AfterPowerCut(Survival survival, Random random, int? cutAt = null)
    {
        using var _ = _gate.EnterScope();
        var names = new Dictionary<string, Content>(_durableNames, StringComparer.Ordinal);
        var kept = survival switch { Survival.Nothing => 0, Survival.Everything => _unsyncedNames.Count, _ => random.Next(_unsyncedNames.Count + 1) };
        _unsyncedNames.Take(kept).ToList().ForEach(change => change(names));
        var disk = new SimulatedDisk { CutAt = cutAt };
        foreach (var (name, content) in names)
        {
            disk._names[name] = disk._durableNames[name] = content.AfterPowerCut(survival, random);
        }

        return disk;
    }

    public string PathOf(string name) => $"disk/{name}";

    public void Prepare() => RequirePower();

    public JournalLock Lock(JournalHolder who) => new(null, null);

    public IReadOnlyList<string> NamesOf(string beginning) => [.. Names.Where(name => name.StartsWith(beginning, StringComparison.Ordinal))];

    public byte[]? Read(string name)
    {
        using var _ = _gate.EnterScope();
        RequirePower();
        return _names.TryGetValue(name, out var content) ? content.Read() : null;
    }

    public IJournalFile Create(string name)
    {
        var content = new Content();
        Step(() => ChangeNames(names => names[name] = content));
        return new SimulatedFile(this, name, content);
    }

    public void Rename(string from, string to) => Step(() =>
    {
        var content = _names[from];
        ChangeNames(names =>
        {
            names.Remove(from);
            names[to] = content;
        });
    });

    public void Delete(string name)
    {
        try
        {
            Step(() => ChangeNames(names => names.Remove(name)));
        }
        catch (IOException)
        {
        }
    }

    public void Sync() => Step(() =>
    {
        _durableNames = new Dictionary<string, Content>(_names, StringComparer.Ordinal);
        _unsyncedNames.Clear();
    });

    private void ChangeNames(Action<Dictionary<string, Content>> change)
    {
        change(_names);
        _unsyncedNames.Add(change);
    }

    private void RequirePower()
    {
        if (IsCut)
        {
            throw new IOException("the power is gone");
        }
    }

    // Whether a step that the power cut fell into took effect is anybody's guess: that of what survives.
    private void Step(Action work, Action? inPart = null)
    {
        lock (_gate)
        {
            RequirePower();
            if (_steps++ == CutAt)
            {
                IsCut = true;
                inPart?.Invoke();
                RequirePower();
            }

            work();
        }
    }

    /// <summary>The bytes of a file.</summary>
    private sealed class Content
    {
        private readonly List<(byte[] Bytes, bool CanSurvive)> _unsynced = [];

        public List<byte> Durable { get; } = [];

        public byte[] Read() => [.. Durable, .. _unsynced.SelectMany(write => write.Bytes)];

        public void Write(ReadOnlySpan<byte> bytes) => _unsynced.Add((bytes.ToArray(), true));

        public void Sync(bool isFailing)
        {
            if (isFailing)
            {
                // The system forgets that they were never written, and the next sync has nothing to do.
                var lost = _unsynced.ConvertAll(write => (write.Bytes, false));
                _unsynced.Clear();
                _unsynced.AddRange(lost);
                return;
            }

            foreach (var (bytes, canSurvive) in _unsynced)
            {
                Durable.AddRange(canSurvive ? bytes : new byte[bytes.Length]);
            }

            _unsynced.Clear();
        }

        public Content AfterPowerCut(Survival survival, Random random)
        {
            var after = new Content();
            after.Durable.AddRange(Durable);
            foreach (var (bytes, canSurvive) in _unsynced)
            {
                foreach (var block in bytes.Chunk(Block))
                {
                    var survives = canSurvive && (survival == Survival.Everything || (survival == Survival.AnyOfIt && random.Next(2) == 0));
                    after.Durable.AddRange(survives ? block : new byte[block.Length]);
                }
            }

            // The file is as long as its last block that survived.
            var whole = after.Durable;
            while (whole.Count > Durable.Count && whole[^1] == 0)
            {
                whole.RemoveAt(whole.Count - 1);
            }

            return after;
        }
    }

    private sealed class SimulatedFile(SimulatedDisk disk, string name, Content content) : IJournalFile
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            var all = bytes.ToArray();
            disk.Step(
                () =>
                {
                    var fits = (int)Math.Min(all.Length, disk.Room);
                    disk.Room -= fits;
                    content.Write(all.AsSpan(0, fits));
                    if (fits < all.Length)
                    {
                        throw new IOException("No space left on device");
                    }
                },
                inPart: () => content.Write(all.AsSpan(0, all.Length / 2)));
        }

        public void Sync()
        {
            disk.Syncing?.Invoke(name);
            disk.Step(() =>
            {
                disk.Syncs++;
                content.Sync(disk.SyncsFail);
                if (disk.SyncsFail)
                {
                    throw new IOException("Input/output error");
                }
            });
        }

        public void Dispose()
        {
        }
    }
}
