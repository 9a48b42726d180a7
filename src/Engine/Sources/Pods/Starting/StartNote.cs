using System.Collections.Immutable;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>How the last start of an agent went. Every text is plain and redacted. Compares by content.</summary>
internal sealed record StartNote
{
    /// <summary>Nothing was started.</summary>
    public static readonly StartNote None = new();

    /// <summary>Whether a start is under way.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What went wrong and did not matter enough to fail.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The last lines of the run before, which ended and whose pod was replaced or could not start.</summary>
    public ImmutableArray<string> LastOutput { get; init; } = [];

    /// <summary>The same with one more warning.</summary>
    public StartNote Warn(string warning) => this with { Warnings = Warnings.Add(warning) };

    /// <inheritdoc/>
    public bool Equals(StartNote? other) =>
        other is not null && (IsUnderWay, Error) == (other.IsUnderWay, other.Error) && Warnings.SequenceEqual(other.Warnings) && LastOutput.SequenceEqual(other.LastOutput);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsUnderWay, Error, Warnings.Length, LastOutput.Length);
}
