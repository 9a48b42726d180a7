using AgentDeck.Engine.Configuration;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.Tests.Theming;

public sealed class ShippedThemeTests
{
    // Lines and bars, which carry no text.
    private static readonly ThemeRole[] Lines =
    [
        ThemeRole.Border, ThemeRole.BorderFocused, ThemeRole.BorderTyping, ThemeRole.BorderPinned, ThemeRole.DialogBorder,
        ThemeRole.Scrollbar, ThemeRole.ScrollbarThumb,
    ];

    private static readonly ThemeRole[] Attention =
    [
        ThemeRole.PhaseFailed, ThemeRole.ActivityBlocked, ThemeRole.ActivityWaiting, ThemeRole.ActivityLimited,
        ThemeRole.PhaseUnknown, ThemeRole.ActivityIdle, ThemeRole.ActivityBusy,
    ];

    public static TheoryData<string> Names() => [.. ThemeCatalog.ShippedNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Theme_loads_without_problems(string name)
    {
        var result = Load(name);

        Assert.Empty(result.Problems);
        Assert.Equal(name, result.Theme.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_has_a_contrast_of_at_least_four_and_a_half(string name)
    {
        var theme = Load(name).Theme;
        var weak = from role in ThemeRoles.All.Except(Lines)
                   let style = theme[role]
                   where !style.Foreground.IsDefault
                   let contrast = Contrast.Between(style.Foreground, style.Background)
                   where contrast < 4.5
                   select $"{ThemeRoles.NameOf(role)} {style.Foreground} on {style.Background}: {contrast:F2}";

        Assert.Empty(weak);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_stays_readable_on_the_selected_row(string name)
    {
        var theme = Load(name).Theme;
        var background = theme[ThemeRole.Selected].Background;
        var weak = from role in Attention
                   where !background.IsDefault
                   let contrast = Contrast.Between(theme[role].Foreground, background)
                   where contrast < 4.5
                   select $"{ThemeRoles.NameOf(role)} {theme[role].Foreground} on {background}: {contrast:F2}";

        Assert.Empty(weak);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void States_that_ask_for_attention_look_different(string name)
    {
        var theme = Load(name).Theme;

        Assert.Distinct(Attention.Select(role => theme[role]));
    }

    [Fact]
    public void Mono_has_no_colour()
    {
        var theme = Load("mono").Theme;

        Assert.All(ThemeRoles.All, role => Assert.Equal((Color.Default, Color.Default), (theme[role].Foreground, theme[role].Background)));
    }

    [Fact]
    public void Every_parent_precedes_its_children() =>
        Assert.All(ThemeRoles.All, role => Assert.True(role == ThemeRole.Text || ThemeRoles.ParentOf(role) < role));

    private static ThemeResult Load(string name) =>
        new ThemeCatalog(new UserDirectories("/nowhere", "/nowhere/config", "/nowhere/state"), "/nowhere").Load(name);
}
