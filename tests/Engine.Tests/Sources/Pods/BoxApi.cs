using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>A cluster in memory whose containers are boxes. It can be out of reach, and it counts what it is asked.</summary>
internal sealed class BoxApi : IKubernetesApi
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonElement> _pods = [];
    private readonly ConcurrentDictionary<string, IAgentTransport> _boxes = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableList<WatchEvent> _log = [];
    private bool _isReachable = true;
    private int _requests;
    private int _executing;

    public string Server => "box.test";

    public string Namespace => "ns";

    /// <summary>How many requests came, exec aside.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The most commands that were being started at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Puts a pod whose container runs, or another run of it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="box">What is in it.</param>
    /// <param name="uid">Its uid; by default its name.</param>
    /// <param name="restarts">How often it was started again.</param>
    /// <param name="startedAt">When it began; by default so long ago that its tmux must have, too.</param>
    public void Run(string name, IAgentTransport box, string? uid = null, int restarts = 0, string startedAt = "2026-11-21T13:00:00Z")
    {
        _boxes[name] = box;
        Put(name, uid ?? name, restarts, new JsonObject { ["running"] = new JsonObject { ["startedAt"] = startedAt } });
    }

    /// <summary>Says that a pod's container ended.</summary>
    public void End(string name, int exitCode) =>
        Put(name, name, 0, new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = exitCode } }, exitCode == 0 ? "Succeeded" : "Failed");

    public void Delete(string name)
    {
        lock (_gate)
        {
            _pods.Remove(name, out var pod);
            TellNeedsLock(new WatchEvent(WatchEventType.Deleted, pod, $"{_log.Count + 1}"));
        }
    }

    /// <summary>Loses the way to the API, with all watches, or finds it again. Boxes have ways of their own.</summary>
    public void Reach(bool isReachable)
    {
        lock (_gate)
        {
            _isReachable = isReachable;
            TellNeedsLock(null);
        }
    }

    public Task<ObjectPage> ListAsync(ObjectQuery query, string? continueToken, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        lock (_gate)
        {
            RequireNeedsLock();
            return Task.FromResult(new ObjectPage([.. _pods.Values], $"{_log.Count}", null));
        }
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(ObjectQuery query, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var next = int.Parse(resourceVersion, System.Globalization.CultureInfo.InvariantCulture);
        yield return new WatchEvent(WatchEventType.Bookmark, default, resourceVersion);
        while (true)
        {
            Task news;
            ImmutableList<WatchEvent> log;
            lock (_gate)
            {
                RequireNeedsLock();
                (news, log) = (_news.Task, _log);
            }

            for (; next < log.Count; next++)
            {
                yield return log[next];
            }

            await news.WaitAsync(cancellationToken);
        }
    }

    public async Task<ICommandStream> ExecAsync(PodContainer container, CommandSpec command, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_executing);
        }

        try
        {
            return await _boxes[container.Pod].OpenAsync(command, cancellationToken);
        }
        catch (TransportException failure)
        {
            throw new KubernetesApiException(failure.Fault == TransportFault.Gone ? KubernetesFault.NotFound : KubernetesFault.Unreachable, failure.Message);
        }
        finally
        {
            lock (_gate)
            {
                _executing--;
            }
        }
    }

    public Task<AccessAnswer> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return Task.FromResult(new AccessAnswer(true, ""));
    }

    public Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return Task.FromResult<Stream>(new MemoryStream("what it logged\n"u8.ToArray()));
    }

    public Task<JsonElement> GetAsync(ObjectName name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonElement> CreateAsync(ResourceKind kind, string? namespaceName, JsonObject body, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonElement> ReplaceAsync(ObjectName name, JsonObject body, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonElement> MergeAsync(ObjectName name, JsonObject patch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(ObjectName name, DeleteRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Put(string name, string uid, int restarts, JsonObject state, string phase = "Running")
    {
        lock (_gate)
        {
            var type = _pods.ContainsKey(name) ? WatchEventType.Modified : WatchEventType.Added;
            var pod = new JsonObject
            {
                ["metadata"] = new JsonObject { ["namespace"] = "ns", ["name"] = name, ["uid"] = uid, ["creationTimestamp"] = "2026-11-21T13:00:00Z" },
                ["spec"] = new JsonObject { ["nodeName"] = "node", ["containers"] = new JsonArray(new JsonObject { ["name"] = "agent" }) },
                ["status"] = new JsonObject
                {
                    ["phase"] = phase,
                    ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "agent", ["restartCount"] = restarts, ["state"] = state }),
                },
            };
            _pods[name] = JsonSerializer.SerializeToElement(pod);
            TellNeedsLock(new WatchEvent(type, _pods[name], $"{_log.Count + 1}"));
        }
    }

    private void TellNeedsLock(WatchEvent? change)
    {
        _log = change is null ? _log : _log.Add(change);
        _news.TrySetResult();
        _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void RequireNeedsLock()
    {
        if (!_isReachable)
        {
            throw new KubernetesApiException(KubernetesFault.Unreachable, "box.test does not answer");
        }
    }
}
