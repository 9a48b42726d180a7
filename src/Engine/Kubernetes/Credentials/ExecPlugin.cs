using System.Collections.Immutable;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>
/// A program that prints a credential, as a kubeconfig's <c>exec</c> names it
/// (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
/// </summary>
/// <param name="ApiVersion"><c>client.authentication.k8s.io/v1</c> or <c>v1beta1</c>.</param>
/// <param name="Command">The program; a path with a slash is already made absolute.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables to add.</param>
/// <param name="InstallHint">What to tell who does not have it; null for nothing.</param>
/// <param name="ClusterInfo">The <c>spec.cluster</c> to hand to it as JSON, when it asks for that; null otherwise.</param>
/// <param name="Origin">The user and the file, for messages.</param>
internal sealed record ExecPlugin(
    string ApiVersion,
    string Command,
    ImmutableArray<string> Arguments,
    ImmutableDictionary<string, string?> Environment,
    string? InstallHint,
    string? ClusterInfo,
    string Origin);
