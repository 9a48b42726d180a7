using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Leadership;

/// <summary>The election of one place, from the opening of its cluster to the end of this engine. Disposing gives back what is held.</summary>
internal sealed class PlaceElection : IAsyncDisposable
{
    /// <summary>The name of the Lease.</summary>
    internal const string LeaseName = "agentdeck";

    // A holder that cannot say so is waited for no longer than others wait for it to expire.
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(2);

    private readonly LeasePlace _place;
    private readonly Func<LeasePlace, IKubernetesApi> _open;
    private readonly Func<IKubernetesApi, ObjectName, LeaseElector> _elect;
    private readonly TimeProvider _time;
    private readonly Func<double> _jitter;
    private readonly Action _changed;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private volatile LeaseElector? _elector;
    private volatile string? _failure;

    /// <summary>Begins to compete.</summary>
    /// <param name="place">Where.</param>
    /// <param name="open">Opens its cluster; reads the kubeconfig, so it may fail.</param>
    /// <param name="elect">Makes the elector of a Lease.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Gives numbers from 0 to 1.</param>
    /// <param name="changed">Called after something that is told here changed.</param>
    public PlaceElection(
        LeasePlace place, Func<LeasePlace, IKubernetesApi> open, Func<IKubernetesApi, ObjectName, LeaseElector> elect, TimeProvider time, Func<double> jitter, Action changed)
    {
        (_place, _open, _elect, _time, _jitter, _changed) = (place, open, elect, time, jitter, changed);
        _running = RunAsync(_ending.Token);
    }

    /// <summary>Ends when we may no longer write.</summary>
    public CancellationToken Term => _elector?.Term ?? new CancellationToken(canceled: true);

    /// <summary>Who leads, or why that is not known; null while it is asked for the first time, and when we do. A sentence for people.</summary>
    public string? Lead =>
        _elector is { Holds: true } ? null
        : _failure is { } failure ? Say(failure)
        : _elector?.Standing is not { } standing ? null
        : standing.Failure is { } fault ? Say(fault)
        : standing.Holder is { Length: > 0 } holder ? $"{PlainText.Sanitize(holder)} leads"
        : null;

    /// <summary>The holder of the Lease as far as that is known, null otherwise. Plain.</summary>
    public string? Leader =>
        _elector is not { } elector ? null
        : elector.Holds ? PlainText.Sanitize(elector.Identity)
        : elector.Standing is { Failure: null, Holder: { Length: > 0 } holder } && holder != elector.Identity ? PlainText.Sanitize(holder)
        : null;

    /// <summary>Whether we may write now.</summary>
    public bool Holds => _elector is { Holds: true };

    /// <summary>
    /// Whether what was seen at a time is for us to tell: not when another that led was still there later; while we lead, and where we may not elect;
    /// null while that is open.
    /// </summary>
    public bool? IsOurs(DateTimeOffset seen) =>
        _elector is not { } elector ? null
        : elector.HeardAt - LeaseTimes.Default.Retry >= seen ? false
        : elector.Holds || elector.IsRefused ? true
        : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _ending.Dispose();
    }

    private static string Say(string failure) =>
        PlainText.Sanitize($"nobody is known to lead, because no lease can be had: {failure}; agentdeck manifests engine prints the Role that is needed");

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        await using var api = await OpenAsync(cancellationToken);
        using var elector = _elect(api, new ObjectName(ResourceKind.Leases, _place.Namespace ?? api.Namespace, LeaseName));
        _elector = elector;
        try
        {
            await elector.RunAsync(cancellationToken);
        }
        finally
        {
            using var patience = new CancellationTokenSource(ReleasePatience, _time);
            await elector.ReleaseAsync(patience.Token);
            _elector = null;
        }
    }

    // A kubeconfig that cannot be used may be mended while the engine runs.
    private async Task<IKubernetesApi> OpenAsync(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(_jitter, TimeSpan.FromSeconds(2));
        while (true)
        {
            try
            {
                var api = _open(_place);
                _failure = null;
                return api;
            }
            catch (KubernetesApiException failure)
            {
                _failure = failure.Message;
                _changed();
                await Task.Delay(backoff.Next(), _time, cancellationToken);
            }
        }
    }
}
