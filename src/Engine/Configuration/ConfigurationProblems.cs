using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration;

/// <summary>Collects what is wrong in one file. Texts may quote the file: they are made safe to print here.</summary>
/// <param name="file">The file as the operator named it.</param>
public sealed class ConfigurationProblems(string file)
{
    // A file of another kind would otherwise give a problem a line.
    private const int MostReported = 100;

    private readonly List<ConfigurationProblem> _problems = [];

    /// <summary>Whether any problem is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds an error.</summary>
    public void Error(TomlPosition position, string text)
    {
        HasErrors = true;
        Add(position, text, isWarning: false);
    }

    /// <summary>Adds a warning.</summary>
    public void Warn(TomlPosition position, string text) => Add(position, text, isWarning: true);

    /// <summary>Everything found, in the order of the file; at most 100.</summary>
    public ImmutableArray<ConfigurationProblem> ToImmutable() =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    private void Add(TomlPosition position, string text, bool isWarning)
    {
        if (_problems.Count < MostReported)
        {
            _problems.Add(new ConfigurationProblem(file, position.Line, position.Column, PlainText.Sanitize(text), isWarning));
        }
    }
}
