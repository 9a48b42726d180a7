namespace AgentDeck.EndToEnd.Tests;

/// <summary>A test that needs a shell; skipped, and said so, where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string shell)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [];
        Skip = Array.Exists(folders, folder => File.Exists(Path.Combine(folder, shell))) ? null : $"{shell} is not installed";
    }
}
