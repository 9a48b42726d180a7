using Xunit;
using Xunit.Sdk;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>A test of a contract, which several classes inherit; skipped in those that are marked with <see cref="NeedsClusterAttribute"/> where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("AgentDeck.Testing.Kubernetes.ContractFactDiscoverer", "AgentDeck.Testing")]
public sealed class ContractFactAttribute : FactAttribute;
