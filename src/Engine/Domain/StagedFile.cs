namespace AgentDeck.Engine.Domain;

/// <summary>A file, or all that is in a directory, to be copied into the work space of an agent before it begins: its directory on this machine, <c>/workspace</c> in a pod.</summary>
/// <param name="From">Where it is on this machine; absolute.</param>
/// <param name="To">
/// Where it goes, relative to the work space and without <c>..</c>; empty for the work space itself. For a file the name of the copy, unless
/// it is empty or ends with a slash.
/// </param>
public sealed record StagedFile(string From, string To);
