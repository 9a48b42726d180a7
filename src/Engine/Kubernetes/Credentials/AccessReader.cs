using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>Reads one context of a kubeconfig.</summary>
/// <param name="runner">Runs credential plugins.</param>
/// <param name="environment">Reads a variable that says where this machine's certificate authorities are.</param>
/// <param name="time">The clock.</param>
internal sealed class AccessReader(ICommandRunner runner, Func<string, string?> environment, TimeProvider time)
{
    /// <summary>Resolves a context.</summary>
    /// <param name="config">The merged files.</param>
    /// <param name="contextName">Its name, or null or empty for the current one.</param>
    /// <exception cref="KubernetesApiException">Something in it cannot be used.</exception>
    public ClusterAccess Read(Kubeconfig config, string? contextName)
    {
        var name = string.IsNullOrEmpty(contextName)
            ? config.CurrentContext ?? throw Fault($"{config.Files} has no current context; choose one with kubectl config use-context")
            : contextName;
        var context = config.Context(name);
        var clusterName = context.Text("cluster") ?? throw Fault($"the context {name} of {context.File} names no cluster");
        var cluster = config.Cluster(clusterName, name);
        var server = Server(cluster, clusterName);
        var user = context.Text("user") is { } userName ? config.User(userName, name) : null;
        var origin = user is null ? $"context {name} of {context.File}" : $"user {context.Text("user")} of {user.File}";
        return new ClusterAccess
        {
            Server = server,
            Namespace = context.Text("namespace") ?? "default",
            Trust = Trust(cluster, clusterName),
            Proxy = Proxy(cluster, clusterName),
            // As kubectl does: who we are is nothing to tell over a connection that anybody may read.
            Credentials = user is null || server.Scheme != Uri.UriSchemeHttps ? new StaticCredentials(Credential.None) : Identity(user, cluster, server, origin),
            Impersonation = user is null ? [] : Impersonation(user, origin),
            Origin = origin,
        };
    }

    private static Uri Server(YamlSection cluster, string name)
    {
        var text = cluster.Text("server") ?? throw Fault($"the cluster {name} of {cluster.File} has no server");
        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var server)
            && (server.Scheme == Uri.UriSchemeHttps || server.Scheme == Uri.UriSchemeHttp)
            && server.Query.Length == 0 && server.UserInfo.Length == 0
                ? new Uri(server.AbsoluteUri.TrimEnd('/'))
                : throw Fault($"the server of cluster {name} of {cluster.File} is not an http or https address");
    }

    private ServerTrust Trust(YamlSection cluster, string name)
    {
        if (cluster.Flag("insecure-skip-tls-verify"))
        {
            return new ServerTrust(null, cluster.Text("tls-server-name"), trustAnyone: true);
        }

        var pem = Pem(cluster, "certificate-authority");
        return new ServerTrust(pem is null ? SystemRoots.Read(environment) : Authorities(pem, $"cluster {name} of {cluster.File}"), cluster.Text("tls-server-name"), trustAnyone: false);
    }

    /// <summary>Certificates of authorities from PEM.</summary>
    internal static X509Certificate2Collection Authorities(string pem, string origin)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }

        return authorities.Count > 0 ? authorities : throw Fault($"the certificate authority of {origin} holds no PEM certificate");
    }

    private static Uri? Proxy(YamlSection cluster, string name) =>
        cluster.Text("proxy-url") is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5" ? proxy
        : throw Fault($"the proxy-url of cluster {name} of {cluster.File} is not an http, https or socks5 address");

    private static ImmutableArray<KeyValuePair<string, string>> Impersonation(YamlSection user, string origin)
    {
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        void Add(string header, string value) => headers.Add(new(header, CredentialText.HeaderValue(value, "the impersonation", origin)));

        if (user.Text("as") is { } name)
        {
            Add("Impersonate-User", name);
        }

        if (user.Text("as-uid") is { } uid)
        {
            Add("Impersonate-Uid", uid);
        }

        foreach (var group in user.Texts("as-groups"))
        {
            Add("Impersonate-Group", group);
        }

        if (user.Section("as-user-extra") is { } extra)
        {
            foreach (var key in extra.Keys)
            {
                foreach (var value in extra.Texts(key))
                {
                    Add($"Impersonate-Extra-{Uri.EscapeDataString(key.ToLowerInvariant())}", value);
                }
            }
        }

        return headers.Count == 0 || user.Text("as") is not null
            ? headers.ToImmutable()
            : throw Fault($"{origin} asks to act in groups but as nobody; add as");
    }

    private ICredentialSource Identity(YamlSection user, YamlSection cluster, Uri server, string origin)
    {
        var certificate = Pem(user, "client-certificate") is { } pem
            ? ClientCertificate.Parse(pem, Pem(user, "client-key") ?? throw Fault($"{origin} has a client certificate without a key"), origin)
            : null;
        if (user.PathOf("tokenFile") is { } file)
        {
            return new TokenFileCredentials(file, certificate, time);
        }

        if (user.Text("token") is { } token)
        {
            return new StaticCredentials(new Credential($"Bearer {CredentialText.Token(token, origin)}", certificate));
        }

        if (user.Text("username") is { } name)
        {
            return new StaticCredentials(new Credential(CredentialText.Basic(name, user.Text("password") ?? ""), certificate));
        }

        return user.Section("exec") is { } exec && certificate is null
            ? new ExecPluginCredentials(Plugin(exec, cluster, server, origin), runner, time)
            : user.Section("auth-provider") is not null && certificate is null
            ? throw Fault($"{origin} uses an auth-provider, which Kubernetes removed; name its exec plugin instead")
            : new StaticCredentials(new Credential(null, certificate));
    }

    private static ExecPlugin Plugin(YamlSection exec, YamlSection cluster, Uri server, string origin)
    {
        var version = exec.Text("apiVersion");
        if (version is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
        {
            throw Fault($"the credential plugin of {origin} wants an apiVersion that is not client.authentication.k8s.io/v1 or v1beta1");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            throw Fault($"the credential plugin of {origin} asks questions on a terminal, which this program needs for itself; use one that does not");
        }

        var command = exec.Text("command") ?? throw Fault($"the credential plugin of {origin} names no command");
        return new ExecPlugin(
            version,
            command.Contains('/', StringComparison.Ordinal) ? exec.PathOf("command")! : command,
            [.. exec.Texts("args")],
            exec.Sections("env").Where(item => item.Text("name") is not null).GroupBy(item => item.Text("name")!, StringComparer.Ordinal)
                .ToImmutableDictionary(group => group.Key, group => (string?)(group.Last().Text("value") ?? "")),
            exec.Text("installHint"),
            exec.Flag("provideClusterInfo") ? ClusterInformation.Write(cluster, server, Pem(cluster, "certificate-authority")) : null,
            origin);
    }

    // What stands in the file itself counts more than a file that it names.
    private static string? Pem(YamlSection section, string key)
    {
        if (section.Text(key + "-data") is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException)
            {
                throw Fault($"{key}-data in {section.File} is not base64");
            }
        }

        if (section.PathOf(key) is not { } path)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Fault($"{key} of {section.File} cannot be read: {failure.Message}");
        }
    }

    private static KubernetesApiException Fault(string message) => new(KubernetesFault.Configuration, message);
}
