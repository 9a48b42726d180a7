using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.ViewModels;

/// <summary>
/// What the operator typed to narrow the fleet: words and <c>phase:</c>, <c>source:</c>, <c>is:</c>, <c>pod:</c>, <c>node:</c>, <c>ns:</c> (or <c>namespace:</c>), <c>dialect:</c> and <c>label:</c> (<c>key</c> or <c>key=value</c>, as declared) terms, each negated by a leading
/// <c>!</c>, all of which must hold. Values may be cut short (<c>phase:fa</c>) and listed (<c>phase:failed,unknown</c>); double
/// quotes hold words together. A term that is not understood narrows nothing and is named in <see cref="Problem"/>.
/// </summary>
internal sealed class AgentFilter
{
    private readonly ImmutableArray<Term> _terms;

    private AgentFilter(string text, ImmutableArray<Term> terms, string? problem)
    {
        Text = text;
        _terms = terms;
        Problem = problem;
    }

    /// <summary>Lets every agent pass.</summary>
    public static AgentFilter Everything { get; } = new("", [], null);

    /// <summary>The text as typed.</summary>
    public string Text { get; }

    /// <summary>What was not understood and what could stand there instead, in words; null when all was.</summary>
    public string? Problem { get; }

    /// <summary>Whether every agent passes.</summary>
    public bool IsEmpty => _terms.IsEmpty;

    /// <summary>Reads a filter. Never fails: it is called with every key that the operator types.</summary>
    public static AgentFilter Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return text.Length == 0 ? Everything : new AgentFilter(text, [], null);
        }

        var terms = ImmutableArray.CreateBuilder<Term>();
        string? problem = null;
        foreach (var word in Split(text))
        {
            var isNegated = word.Length > 0 && word[0] == '!';
            var body = isNegated ? word[1..] : word;
            if (body.Length == 0)
            {
                continue;
            }

            var (test, wrong) = ReadTest(body);
            problem ??= wrong;
            if (test is not null)
            {
                terms.Add(new Term(test, isNegated));
            }
        }

        return new AgentFilter(text, terms.DrainToImmutable(), problem);
    }

    /// <summary>Whether <paramref name="agent"/> passes; <paramref name="fleet"/> tells how its source stands.</summary>
    public bool Matches(Agent agent, FleetSnapshot fleet)
    {
        foreach (var term in _terms)
        {
            if (term.Test(agent, fleet) == term.IsNegated)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new System.Text.StringBuilder();
        var isQuoted = false;
        foreach (var character in text)
        {
            if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (char.IsWhiteSpace(character) && !isQuoted)
            {
                if (word.Length > 0)
                {
                    yield return word.ToString();
                    word.Clear();
                }
            }
            else
            {
                word.Append(character);
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static (Func<Agent, FleetSnapshot, bool>? Test, string? Problem) ReadTest(string body)
    {
        var colon = body.IndexOf(':', StringComparison.Ordinal);
        var values = colon < 0 ? [] : body[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return (colon < 0 ? "" : body[..colon].ToLowerInvariant()) switch
        {
            "phase" => AnyOf("phase", values, FilterWords.Phases),
            "is" => AnyOf("is", values, FilterWords.States),
            "source" => values.Length == 0 ? (null, "source: needs the name of a source") : ((agent, fleet) => IsInSource(agent, fleet, values), null),
            "pod" => Beginning("pod", values, agent => agent.Status.Pod?.Name),
            "node" => Beginning("node", values, agent => agent.Status.Pod?.Node),
            "ns" or "namespace" => Beginning("namespace", values, agent => agent.Status.Pod?.Namespace),
            "dialect" => Beginning("dialect", values, agent => agent.Status.Dialect),
            "label" => values.Length == 0 ? (null, "label: needs key or key=value") : ((agent, _) => HasLabel(agent, values), null),
            _ => ((agent, _) => HasText(agent, body), null),
        };
    }

    private static (Func<Agent, FleetSnapshot, bool>? Test, string? Problem) AnyOf(
        string key,
        string[] values,
        ImmutableArray<KeyValuePair<string, Func<Agent, FleetSnapshot, bool>>> known)
    {
        var wrong = Array.Find(values, value => !known.Any(entry => StartsWith(entry.Key, value)));
        if (wrong is not null || values.Length == 0)
        {
            var what = wrong is null ? $"{key}: needs a value" : $"{key}:{wrong} is not known";
            return (null, $"{what}: one of {string.Join(", ", known.Select(entry => entry.Key))}");
        }

        var tests = known.Where(entry => Array.Exists(values, value => StartsWith(entry.Key, value))).Select(entry => entry.Value).ToArray();
        return ((agent, fleet) => Array.Exists(tests, test => test(agent, fleet)), null);
    }

    private static (Func<Agent, FleetSnapshot, bool>? Test, string? Problem) Beginning(string key, string[] values, Func<Agent, string?> read) =>
        values.Length == 0 ? (null, $"{key}: needs a name") : ((agent, _) => read(agent) is { } text && Array.Exists(values, value => StartsWith(text, value)), null);

    // A name in full means that source alone; a part of a name means every source that begins with it.
    private static bool IsInSource(Agent agent, FleetSnapshot fleet, string[] values) => Array.Exists(
        values,
        value => fleet.Sources.Any(source => source.Name == value) ? agent.Id.Source == value : StartsWith(agent.Id.Source, value));

    private static bool HasLabel(Agent agent, string[] values) =>
        agent.Spec?.Setup.Labels.Any(label => Array.Exists(values, value => StartsWith($"{label.Key}={label.Value}", value))) == true;

    private static bool HasText(Agent agent, string word) =>
        Contains(agent.Id.Name, word)
        || Contains(agent.Id.Source, word)
        || Contains(agent.Status.Command, word)
        || Contains(agent.Status.LastLine, word)
        || Contains(agent.Status.Pod?.Name, word)
        || (word.Contains('/', StringComparison.Ordinal) && Contains(agent.Id.ToString(), word));

    private static bool Contains(string? text, string word) => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static bool StartsWith(string text, string beginning) => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Term(Func<Agent, FleetSnapshot, bool> Test, bool IsNegated);
}
