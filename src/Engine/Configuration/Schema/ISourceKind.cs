namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>One value of <c>kind</c> in <c>[[source]]</c>. A new kind is a new file and a line in <see cref="SourceKinds"/>.</summary>
internal interface ISourceKind
{
    /// <summary>The word in the file.</summary>
    string Word { get; }

    /// <summary>Reads the rest of the table; null when this kind cannot be used (which it has then reported).</summary>
    /// <param name="name">The source's name, plain.</param>
    /// <param name="section">The table.</param>
    /// <param name="resolve">Makes a path absolute; throws <see cref="ArgumentException"/> for what is none.</param>
    SourceSpec? Read(string name, TomlSection section, Func<string, string> resolve);
}
