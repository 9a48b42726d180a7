using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Architecture;

public sealed class LayerTests
{
    // Each room and the rooms of this solution that it may look into. A room that is not listed may use everything below its project.
    private static readonly (string Room, string[] MayUse)[] Arrows =
    [
        ("AgentDeck.Engine.Domain", []),
        ("AgentDeck.Engine.Toml", []),
        ("AgentDeck.Engine.Transports", ["AgentDeck.Engine.Domain"]),
        ("AgentDeck.Engine.Detection", ["AgentDeck.Engine.Domain"]),
        ("AgentDeck.Engine.Store", ["AgentDeck.Engine.Domain"]),
        ("AgentDeck.Engine.Panes", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Transports", "AgentDeck.Engine.Store", "AgentDeck.Engine.Sources"]),
        ("AgentDeck.Engine.Reconciliation", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Journal", "AgentDeck.Engine.Store", "AgentDeck.Engine.Sources", "AgentDeck.Engine.Transports"]),
        ("AgentDeck.Engine.Leadership", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Store", "AgentDeck.Engine.Kubernetes", "AgentDeck.Engine.Reconciliation"]),
        ("AgentDeck.Engine.Operations", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Store", "AgentDeck.Engine.Transports", "AgentDeck.Engine.Sources", "AgentDeck.Engine.Reconciliation", "AgentDeck.Engine.Diagnostics", "AgentDeck.Engine.Panes"]),
        ("AgentDeck.Engine.Notifications", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Store", "AgentDeck.Engine.Transports", "AgentDeck.Engine.Journal", "AgentDeck.Engine.Configuration"]),
        ("AgentDeck.Engine.Tmux", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Transports", "AgentDeck.Engine.Panes"]),
        ("AgentDeck.Engine.Processes", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Transports"]),
        ("AgentDeck.Engine.Kubernetes", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Transports"]),
        ("AgentDeck.Engine.Dialects", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Kubernetes", "AgentDeck.Engine.Transports"]),
        ("AgentDeck.Engine.Diagnostics", ["AgentDeck.Engine.Domain"]),
        ("AgentDeck.Engine.Journal", ["AgentDeck.Engine.Domain"]),
        ("AgentDeck.Engine.Configuration", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Toml", "AgentDeck.Engine.Dialects", "AgentDeck.Engine.Detection"]),
        ("AgentDeck.Tui.Terminal", ["AgentDeck.Tui.Terminal"]),
        ("AgentDeck.Tui.Theming", ["AgentDeck.Tui.Terminal.Cells", "AgentDeck.Engine.Toml", "AgentDeck.Engine.Configuration", "AgentDeck.Engine.Domain"]),
        ("AgentDeck.Tui.ViewModels", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Diagnostics", "AgentDeck.Engine.Store", "AgentDeck.Engine.Panes", "AgentDeck.Engine.Configuration", "AgentDeck.Tui.Terminal", "AgentDeck.Tui.Theming", "AgentDeck.Tui.App"]),
        ("AgentDeck.Tui.Views", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Store", "AgentDeck.Engine.Panes", "AgentDeck.Tui.Terminal", "AgentDeck.Tui.Theming", "AgentDeck.Tui.App", "AgentDeck.Tui.ViewModels"]),
        ("AgentDeck.Tui.App", ["AgentDeck.Engine.Domain", "AgentDeck.Engine.Store", "AgentDeck.Engine.Panes", "AgentDeck.Engine.Operations", "AgentDeck.Engine.Transports", "AgentDeck.Engine.Configuration", "AgentDeck.Engine.Diagnostics", "AgentDeck.Tui.Terminal", "AgentDeck.Tui.Theming", "AgentDeck.Tui.ViewModels", "AgentDeck.Tui.Views"]),
    ];

    [Fact]
    public void Every_arrow_between_rooms_is_one_that_the_architecture_allows()
    {
        var forbidden =
            from file in SourceFile.Below("src")
            let room = Arrows.Where(arrow => IsWithin(file.Namespace, arrow.Room)).OrderByDescending(arrow => arrow.Room.Length).FirstOrDefault()
            where room.Room is not null
            from reference in file.References
            where !IsWithin(reference, room.Room) && !room.MayUse.Any(allowed => IsWithin(reference, allowed))
            select $"{file.Path} looks into {reference}";

        Assert.Empty(forbidden);
    }

    [Fact]
    public void The_engine_never_looks_into_the_terminal_interface()
    {
        Assert.Empty(
            from file in SourceFile.Below("src/Engine")
            from reference in file.References
            where IsWithin(reference, "AgentDeck.Tui")
            select $"{file.Path} looks into {reference}");
    }

    [Fact]
    public void The_views_do_not_touch_the_device()
    {
        Assert.Empty(
            from folder in new[] { "src/Tui/ViewModels", "src/Tui/Views", "src/Tui/App" }
            from file in SourceFile.Below(folder)
            from reference in file.References
            where IsWithin(reference, "AgentDeck.Tui.Terminal.Device")
            select $"{file.Path} looks into {reference}");
    }

    [Fact]
    public void A_forbidden_arrow_would_be_seen()
    {
        var file = new SourceFile("x.cs", ["using AgentDeck.Engine.Tmux;", "namespace AgentDeck.Engine.Domain;"]);

        Assert.Equal("AgentDeck.Engine.Domain", file.Namespace);
        Assert.Equal(["AgentDeck.Engine.Tmux"], file.References);
    }

    private static bool IsWithin(string name, string room) =>
        name == room || name.StartsWith(room + ".", StringComparison.Ordinal);
}
