namespace AgentDeck.Engine.Processes;

/// <summary>What a child process finds as one of its file descriptors: a file opened for it, or a copy of a descriptor.</summary>
internal readonly unsafe record struct ChildDescriptor
{
    /// <summary>A file that is opened for reading and writing; <paramref name="path"/> ends with NUL and outlives the launch.</summary>
    public ChildDescriptor(int number, byte* path)
    {
        Number = number;
        Path = (nint)path;
    }

    /// <summary>A copy of <paramref name="source"/>: ours, or one of the child's that was set before.</summary>
    public ChildDescriptor(int number, int source)
    {
        Number = number;
        Source = source;
    }

    /// <summary>Its number in the child.</summary>
    public int Number { get; }

    /// <summary>What it copies, when <see cref="Path"/> is zero.</summary>
    public int Source { get; }

    /// <summary>The file's path, or zero.</summary>
    public nint Path { get; }
}
