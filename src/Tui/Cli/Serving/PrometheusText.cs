using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>Writes metrics in Prometheus' text format 0.0.4. Pure.</summary>
internal static class PrometheusText
{
    /// <summary>Writes one family of samples.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="name">Its name as in .NET: dots become underscores, and what only grows ends in <c>_total</c>.</param>
    /// <param name="onlyGrows">Whether it is a counter.</param>
    /// <param name="help">What it is, on one line.</param>
    /// <param name="samples">Labels and value of each.</param>
    public static void Append(StringBuilder text, string name, bool onlyGrows, string help, IEnumerable<(IEnumerable<KeyValuePair<string, string>> Labels, double Value)> samples)
    {
        var family = NameOf(name) + (onlyGrows && !name.EndsWith("_total", StringComparison.Ordinal) ? "_total" : "");
        text.Append("# HELP ").Append(family).Append(' ').Append(help.Replace("\\", @"\\").Replace("\n", @"\n")).Append('\n');
        text.Append("# TYPE ").Append(family).Append(onlyGrows ? " counter\n" : " gauge\n");
        foreach (var (labels, value) in samples)
        {
            text.Append(family);
            var separator = '{';
            foreach (var (label, content) in labels)
            {
                text.Append(separator).Append(NameOf(label)).Append("=\"").Append(content.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\n", @"\n")).Append('"');
                separator = ',';
            }

            text.Append(separator == ',' ? "} " : " ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }
    }

    private static string NameOf(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
