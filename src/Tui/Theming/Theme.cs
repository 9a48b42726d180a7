using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Theming;

/// <summary>A name and a style for every role.</summary>
internal sealed class Theme
{
    private readonly Style[] _styles;

    /// <summary>Creates a theme; <paramref name="styles"/> has one style a role, in the order of <see cref="ThemeRole"/>.</summary>
    public Theme(string name, IReadOnlyList<Style> styles)
    {
        Name = name;
        _styles = [.. styles];
    }

    /// <summary>The name the operator picks it by.</summary>
    public string Name { get; }

    /// <summary>The style of a role.</summary>
    public Style this[ThemeRole role] => _styles[(int)role];
}
