namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Every kind of source that a file may name.</summary>
internal static class SourceKinds
{
    /// <summary>The kinds, the most usual first.</summary>
    public static IReadOnlyList<ISourceKind> All { get; } =
        [new LocalSourceKind(), new ContainerSourceKind(), new KubernetesSourceKind()];
}
