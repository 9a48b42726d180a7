using System.Diagnostics.Metrics;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.Cli.Serving;

namespace AgentDeck.Tui.Tests.Cli.Serving;

public sealed class MetricsTests
{
    [Fact]
    public void What_is_counted_is_summed_by_label_and_written_as_prometheus_reads_it()
    {
        using var book = new MeterBook();
        using var meter = new Meter("AgentDeck.Test");
        var sent = meter.CreateCounter<long>("test.sent", "{request}");
        sent.Add(2, KeyValuePair.Create<string, object?>("who", "a\"\\\nb"));
        sent.Add(3, KeyValuePair.Create<string, object?>("who", "a\"\\\nb"));
        sent.Add(1);
        var open = meter.CreateUpDownCounter<long>("test.open");
        open.Add(5);
        open.Add(-2);
        meter.CreateObservableGauge("test.seen", () => 7.5);
        using var foreign = new Meter("Other");
        foreign.CreateCounter<long>("test.foreign").Add(1);

        var text = new StringBuilder();
        book.AppendTo(text);

        Assert.Equal(
            """
            # HELP test_open test.open
            # TYPE test_open gauge
            test_open 3
            # HELP test_seen test.seen
            # TYPE test_seen gauge
            test_seen 7.5
            # HELP test_sent_total {request}
            # TYPE test_sent_total counter
            test_sent_total 1
            test_sent_total{who="a\"\\\nb"} 5

            """,
            string.Join('\n', text.ToString().Split('\n').Where(line => line.Length == 0 || line.Contains("test_", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_fleet_is_told_in_numbers()
    {
        var stuck = new Condition(ConditionTypes.Stuck, ConditionStatus.True, "StoppingTooLong", "", Fleets.Now, 1);
        var fleet = Fleets.Of([Fleets.Agent("gc/mayor"), Fleets.Agent("gc/clerk") with { Upkeep = new AgentUpkeep { Conditions = [stuck] } }]);
        fleet = fleet with { Sources = [.. fleet.Sources.Select(source => source with { Lead = "NotEnforced: other leads" })] };

        var text = new StringBuilder();
        FleetMetrics.Append(text, fleet, 42);

        Assert.Contains("\nagentdeck_agents{phase=\"running\",source=\"gc\"} 2\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nagentdeck_agents_stuck{source=\"gc\"} 1\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nagentdeck_source_enforced{source=\"gc\"} 0\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nagentdeck_events_total 42\n", text.ToString(), StringComparison.Ordinal);
    }
}
