using System.Globalization;
using System.Text.Json.Nodes;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>The objects of a fake API server by their collection's path, with versions and the history that watches replay.</summary>
public sealed class FakeObjects
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (JsonObject Item, string Json)> _objects = new(StringComparer.Ordinal);
    private readonly List<(long Version, string Type, string Path, string Json)> _history = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version = 100;
    private long _oldest;

    /// <summary>The version of now.</summary>
    public string Version => Interlocked.Read(ref _version).ToString(CultureInfo.InvariantCulture);

    /// <summary>Forgets the history: watches from before are expired.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            _oldest = ++_version;
            _history.Clear();
        }
    }

    /// <summary>Whether a watch from a version is expired.</summary>
    public bool IsExpired(long version)
    {
        lock (_gate)
        {
            return version < _oldest;
        }
    }

    /// <summary>Reads and changes without anybody in between, as an API server compares versions.</summary>
    public T Alone<T>(Func<T> change)
    {
        lock (_gate)
        {
            return change();
        }
    }

    /// <summary>An object, or null.</summary>
    public JsonObject? Get(string path)
    {
        lock (_gate)
        {
            return _objects.TryGetValue(path, out var found) ? (JsonObject)found.Item.DeepClone() : null;
        }
    }

    /// <summary>Creates or replaces an object as it is given, however strange; only <c>metadata</c> is completed where it is an object.</summary>
    /// <param name="path">Its path: <c>/api/v1/namespaces/gc/pods/mayor</c>.</param>
    /// <param name="item">The object; taken over.</param>
    public JsonObject Put(string path, JsonObject item)
    {
        lock (_gate)
        {
            var isNew = !_objects.TryGetValue(path, out var old);
            if (item["metadata"] is JsonObject metadata)
            {
                metadata["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
                metadata["uid"] ??= old.Item?["metadata"]?["uid"]?.DeepClone() ?? Guid.NewGuid().ToString();
            }

            var json = item.ToJsonString();
            _objects[path] = (item, json);
            Record(isNew ? "ADDED" : "MODIFIED", path, json);
            return (JsonObject)item.DeepClone();
        }
    }

    /// <summary>Deletes an object; false when there is none.</summary>
    public bool Delete(string path)
    {
        lock (_gate)
        {
            if (!_objects.Remove(path, out var removed))
            {
                return false;
            }

            ++_version;
            var item = removed.Item;
            if (item["metadata"] is JsonObject metadata)
            {
                metadata["resourceVersion"] = Version;
            }

            Record("DELETED", path, item.ToJsonString());
            return true;
        }
    }

    /// <summary>The objects of a collection, in the order of their names; of all namespaces when it names none.</summary>
    public IReadOnlyList<string> List(string collection, Func<JsonObject, bool> matches)
    {
        lock (_gate)
        {
            return [.. _objects.Where(pair => IsIn(pair.Key, collection) && matches(pair.Value.Item)).Select(pair => pair.Value.Json)];
        }
    }

    /// <summary>What happened in a collection after a version, and a task that ends when more has.</summary>
    public (IReadOnlyList<string> Events, long Version, Task Changed) After(long version, string collection, Func<JsonObject, bool> matches)
    {
        lock (_gate)
        {
            var events = _history.Where(entry => entry.Version > version && IsIn(entry.Path, collection) && matches((JsonObject)JsonNode.Parse(entry.Json)!))
                .Select(entry => $$"""{"type":"{{entry.Type}}","object":{{entry.Json}}}""");
            return ([.. events], _version, _changed.Task);
        }
    }

    private static bool IsIn(string path, string collection)
    {
        var parent = path[..path.LastIndexOf('/')];
        var plural = collection[(collection.LastIndexOf('/') + 1)..];
        return parent == collection
            || (!collection.Contains("/namespaces/", StringComparison.Ordinal)
                && parent.StartsWith(collection[..^plural.Length] + "namespaces/", StringComparison.Ordinal)
                && parent.EndsWith("/" + plural, StringComparison.Ordinal));
    }

    private void Record(string type, string path, string json)
    {
        _history.Add((_version, type, path, json));
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
