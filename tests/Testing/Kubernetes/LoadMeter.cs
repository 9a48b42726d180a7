using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>Adds up what a server is asked, by listening to the meter as any exporter does.</summary>
internal sealed class LoadMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    /// <summary>Listens from now on.</summary>
    /// <param name="server">The address of the server; others are left out.</param>
    public LoadMeter(string server)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ApiLoad.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var known = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (known["server"] == server)
            {
                _sums.AddOrUpdate($"{instrument.Name} {known.GetValueOrDefault("verb")}".TrimEnd(), value, (_, sum) => sum + value);
            }
        });
        _listener.Start();
    }

    /// <summary>How many exec streams were opened.</summary>
    public long StreamsOpened => _sums.GetValueOrDefault(ApiLoad.StreamsOpenedName);

    /// <summary>How many of those opened since then are open.</summary>
    public long OpenStreams => _sums.GetValueOrDefault(ApiLoad.OpenStreamsName);

    /// <summary>How many requests were sent, of all verbs.</summary>
    public long Requests => _sums.Where(pair => pair.Key.StartsWith(ApiLoad.RequestsName, StringComparison.Ordinal)).Sum(pair => pair.Value);

    /// <summary>How many requests of one verb were sent.</summary>
    public long RequestsOf(string verb) => _sums.GetValueOrDefault($"{ApiLoad.RequestsName} {verb}");

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
