using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>Asks a program for the credential and keeps it until it expires. What the program prints never gets into a message.</summary>
internal sealed class ExecPluginCredentials(ExecPlugin plugin, ICommandRunner runner, TimeProvider time) : ICredentialSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A request that leaves now must still be valid when it arrives.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<(Credential Credential, DateTimeOffset Expires)>? _asking;

    /// <inheritdoc/>
    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        Task<(Credential Credential, DateTimeOffset Expires)> asking;
        lock (_gate)
        {
            // All who wait share one run, and whoever gives up does not end it for the others.
            asking = _asking is { } last && !IsSpent(last) ? last : _asking = AskAsync();
        }

        return (await asking.WaitAsync(cancellationToken)).Credential;
    }

    private bool IsSpent(Task<(Credential Credential, DateTimeOffset Expires)> asked) =>
        asked.IsFaulted || asked.IsCanceled || (asked.IsCompletedSuccessfully && time.GetUtcNow() + OnTheWay >= asked.GetAwaiter().GetResult().Expires);

    private async Task<(Credential Credential, DateTimeOffset Expires)> AskAsync() => Read(await RunAsync(CancellationToken.None));

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var cluster = plugin.ClusterInfo is null ? "" : $",\"cluster\":{plugin.ClusterInfo}";
        var information = $"{{\"apiVersion\":\"{plugin.ApiVersion}\",\"kind\":\"ExecCredential\",\"spec\":{{\"interactive\":false{cluster}}}}}";
        var command = new CommandSpec
        {
            Program = plugin.Command,
            Arguments = plugin.Arguments,
            Environment = plugin.Environment.SetItem("KUBERNETES_EXEC_INFO", information),
        };
        try
        {
            var result = await runner.RunAsync(command, null, Patience, cancellationToken);
            return result.ExitCode == 0
                ? result.Output
                : throw Fault($"the credential plugin {plugin.Command} of {plugin.Origin} failed with exit code {result.ExitCode}; run it in a shell to see why");
        }
        catch (TransportException failure) when (failure.Fault == TransportFault.ProgramMissing)
        {
            var hint = plugin.InstallHint is null ? "install it" : PlainText.Sanitize(plugin.InstallHint.ReplaceLineEndings(" ").Trim());
            throw Fault($"the credential plugin {plugin.Command} of {plugin.Origin} was not found: {hint}");
        }
        catch (TransportException failure)
        {
            throw Fault($"the credential plugin {plugin.Command} of {plugin.Origin} could not be run: {failure.Message}");
        }
    }

    private (Credential Credential, DateTimeOffset Expires) Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var root = JsonFields.Of(document.RootElement);
            if (root.OptionalText("kind") != "ExecCredential" || root.OptionalText("apiVersion") != plugin.ApiVersion)
            {
                throw Fault($"the credential plugin {plugin.Command} of {plugin.Origin} printed something other than an ExecCredential of {plugin.ApiVersion}");
            }

            var status = root.Object("status");
            var token = Text(status, "token");
            var certificate = Text(status, "clientCertificateData") is { } pem && Text(status, "clientKeyData") is { } key
                ? ClientCertificate.Parse(pem, key, plugin.Origin)
                : null;
            if (token is null && certificate is null)
            {
                throw Fault($"the credential plugin {plugin.Command} of {plugin.Origin} printed no credential");
            }

            var expires = status.Time("expirationTimestamp") ?? DateTimeOffset.MaxValue;
            return (new Credential(token is null ? null : $"Bearer {CredentialText.Token(token, plugin.Origin)}", certificate), expires);
        }
        catch (JsonException)
        {
            throw Fault($"the credential plugin {plugin.Command} of {plugin.Origin} printed something other than JSON");
        }
    }

    private static string? Text(JsonFields fields, string name) => fields.OptionalText(name) is { Length: > 0 } text ? text : null;

    private static KubernetesApiException Fault(string message) => new(KubernetesFault.Configuration, message);
}
