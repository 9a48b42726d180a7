namespace AgentDeck.Engine.Toml;

/// <summary>How a table came into being, which decides who may add to it.</summary>
internal enum TomlTableOrigin
{
    /// <summary>As the parent in a longer header: a later header may define it, once.</summary>
    Implied,

    /// <summary>By its own header, or as the document or an item of <c>[[…]]</c>.</summary>
    Header,

    /// <summary>By a key with dots: further keys with dots may add to it, headers only below it.</summary>
    Dotted,
}
