namespace AgentDeck.Engine.Configuration.Schema;

/// <summary><c>kind = "local"</c>: a tmux server on this machine.</summary>
internal sealed class LocalSourceKind : ISourceKind
{
    /// <summary>The socket when the file names none: a server of the deck's own, so that nothing is started among the operator's sessions.</summary>
    public const string DefaultSocket = "agentdeck";

    /// <inheritdoc/>
    public string Word => "local";

    /// <inheritdoc/>
    public SourceSpec? Read(string name, TomlSection section, Func<string, string> resolve)
    {
        var socket = section.Text("socket");
        section.WarnAboutUnknownKeys();
        if (socket is not null && (socket.Value.Length == 0 || socket.Value.Any(character => character == '/' || char.IsControl(character))))
        {
            section.Refuse("socket", socket, "expected the name of a tmux socket as for `tmux -L`, not a path");
            return null;
        }

        return new LocalSourceSpec(name, socket?.Value ?? DefaultSocket);
    }
}
