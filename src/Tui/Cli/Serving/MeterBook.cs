using System.Diagnostics.Metrics;
using System.Text;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>Keeps the sums of everything that AgentDeck counts (meters whose names begin with <c>AgentDeck</c>), from its creation on.</summary>
internal sealed class MeterBook : IDisposable
{
    // A label with ever new values must not fill the memory.
    private const int MostSeries = 2000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private int _series;

    /// <summary>Begins to listen.</summary>
    public MeterBook()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("AgentDeck", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Writes what was counted.</summary>
    public void AppendTo(StringBuilder text)
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            foreach (var (name, family) in _families)
            {
                PrometheusText.Append(text, name, family.OnlyGrows, family.Help, family.Series.Values);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static bool IsCounter(Instrument instrument) => instrument.GetType().GetGenericTypeDefinition() is var type && (type == typeof(Counter<>) || type == typeof(ObservableCounter<>));

    // What is observed comes as a whole, what is recorded as a difference; of a histogram the sum is kept.
    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<KeyValuePair<string, string>> labels = [];
        foreach (var (name, content) in tags)
        {
            labels.Add(KeyValuePair.Create(name, content?.ToString() ?? ""));
        }

        labels.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        var key = string.Join('\n', labels.Select(label => $"{label.Key}={label.Value}"));
        lock (_gate)
        {
            if (!_families.TryGetValue(instrument.Name, out var family))
            {
                _families[instrument.Name] = family = new Family(IsCounter(instrument), instrument.Description ?? instrument.Unit ?? instrument.Name);
            }

            if (family.Series.TryGetValue(key, out var series))
            {
                family.Series[key] = (series.Labels, instrument.IsObservable ? value : series.Value + value);
            }
            else if (_series < MostSeries)
            {
                _series++;
                family.Series[key] = (labels, value);
            }
        }
    }

    private sealed record Family(bool OnlyGrows, string Help)
    {
        public SortedDictionary<string, (IEnumerable<KeyValuePair<string, string>> Labels, double Value)> Series { get; } = new(StringComparer.Ordinal);
    }
}
