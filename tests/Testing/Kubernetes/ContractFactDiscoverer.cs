using AgentDeck.Testing.Cluster;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>Decides for each class that inherits a contract whether its tests run.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    /// <inheritdoc/>
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        TestCluster.WhyNot is { } reason && testMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsClusterAttribute).AssemblyQualifiedName!).Any()
            ? new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}
