using System.Text;

namespace AgentDeck.Engine.Kubernetes.Http;

/// <summary>A path below the server's address with its query.</summary>
internal sealed class ApiPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    /// <summary>The path with its query, as a relative address.</summary>
    public Uri Uri => new(_text.ToString(), UriKind.Relative);

    /// <summary>Adds a parameter, unless its value is null or empty.</summary>
    public ApiPath Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Always(name, value);
        }

        return this;
    }

    /// <summary>Adds a parameter, also an empty one.</summary>
    public ApiPath Always(string name, string value)
    {
        _text.Append(_separator).Append(name).Append('=').Append(System.Uri.EscapeDataString(value));
        _separator = '&';
        return this;
    }
}
