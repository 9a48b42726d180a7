using System.Globalization;

namespace AgentDeck.Testing.Cluster;

/// <summary>Which Kubernetes the tests use, decided once from the environment.</summary>
public static class TestCluster
{
    private const int SystemAdministration = 21;

    /// <summary>The kubeconfig of an existing cluster, from <c>AGENTDECK_TEST_KUBECONFIG</c>; null when the tests bring up their own.</summary>
    public static string? GivenKubeconfig { get; } = Environment.GetEnvironmentVariable("AGENTDECK_TEST_KUBECONFIG") is { Length: > 0 } path ? path : null;

    /// <summary>Whether the cluster outlives the run, from <c>AGENTDECK_TEST_CLUSTER_KEEP=1</c>; the next run then finds it up.</summary>
    public static bool IsKept { get; } = Environment.GetEnvironmentVariable("AGENTDECK_TEST_CLUSTER_KEEP") == "1";

    /// <summary>Why no cluster can be had here, as one line; null when it can.</summary>
    public static string? WhyNot { get; } =
        GivenKubeconfig is not null ? null : Judge(IsDebian(), Environment.IsPrivilegedProcess, MayMount());

    /// <summary>Why the images of <see cref="TestImages"/> cannot be made here, as a few words; null when they can.</summary>
    public static string? WhyNoImages { get; } = !IsDebian() ? "this is not Debian" : !Environment.IsPrivilegedProcess ? "not run as root" : null;

    /// <summary>Why components of the cluster cannot be killed here, as one line; null when they can.</summary>
    public static string? WhyNoFaults { get; } =
        GivenKubeconfig is not null ? "kills components, which is done only to a cluster that the tests brought up themselves" : WhyNot;

    /// <summary>Why a machine cannot run a cluster of its own, as one line; null when it can.</summary>
    internal static string? Judge(bool isDebian, bool isRoot, bool mayMount)
    {
        var reason = (isDebian, isRoot, mayMount) switch
        {
            (false, _, _) => "this is not Debian",
            (_, false, _) => "not run as root",
            (_, _, false) => "this container may not mount (no CAP_SYS_ADMIN)",
            _ => null,
        };
        return reason is null ? null : $"no Kubernetes to test with: {reason}; AGENTDECK_TEST_KUBECONFIG can name a cluster";
    }

    private static bool IsDebian() =>
        File.Exists("/etc/os-release") && File.ReadLines("/etc/os-release").Contains("ID=debian", StringComparer.Ordinal);

    private static bool MayMount()
    {
        const string field = "CapEff:";
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) : null;
        return line is not null
            && ulong.TryParse(line.AsSpan(field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var capabilities)
            && (capabilities & (1UL << SystemAdministration)) != 0;
    }
}
