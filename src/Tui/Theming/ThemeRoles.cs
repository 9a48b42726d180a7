namespace AgentDeck.Tui.Theming;

/// <summary>The names of the roles in theme files and the parent whose style each inherits when a theme does not name it.</summary>
internal static class ThemeRoles
{
    /// <summary>Every role, in the order of the enumeration: parents before children.</summary>
    public static IReadOnlyList<ThemeRole> All { get; } = Enum.GetValues<ThemeRole>();

    /// <summary>The parent; null for <see cref="ThemeRole.Text"/>, the root. Every parent precedes its children in <see cref="All"/>.</summary>
    public static ThemeRole? ParentOf(ThemeRole role) => role switch
    {
        ThemeRole.Text => null,
        ThemeRole.TextDim or ThemeRole.TextStrong or ThemeRole.Header or ThemeRole.Footer or ThemeRole.Border => ThemeRole.Text,
        ThemeRole.HeaderTitle => ThemeRole.Header,
        ThemeRole.FooterKey => ThemeRole.Footer,
        ThemeRole.BorderFocused or ThemeRole.BorderPinned => ThemeRole.Border,
        ThemeRole.BorderTyping => ThemeRole.BorderFocused,
        ThemeRole.Title or ThemeRole.Selected or ThemeRole.Marked => ThemeRole.TextStrong,
        ThemeRole.ColumnHeader or ThemeRole.Stale => ThemeRole.TextDim,
        ThemeRole.PhaseMoving or ThemeRole.PhaseRunning or ThemeRole.PhaseFailed or ThemeRole.PhaseUnknown => ThemeRole.Text,
        ThemeRole.PhaseStopped or ThemeRole.PhaseCompleted => ThemeRole.TextDim,
        ThemeRole.ActivityBusy => ThemeRole.PhaseRunning,
        ThemeRole.ActivityIdle => ThemeRole.TextDim,
        ThemeRole.ActivityWaiting or ThemeRole.ActivityBlocked or ThemeRole.ActivityLimited => ThemeRole.Text,
        ThemeRole.LinkLive => ThemeRole.PhaseRunning,
        ThemeRole.LinkStale => ThemeRole.ActivityWaiting,
        ThemeRole.LinkDown => ThemeRole.PhaseFailed,
        ThemeRole.Dialog => ThemeRole.Text,
        ThemeRole.DialogBorder => ThemeRole.BorderFocused,
        ThemeRole.Input => ThemeRole.Dialog,
        ThemeRole.InputHint => ThemeRole.TextDim,
        ThemeRole.Match => ThemeRole.TextStrong,
        ThemeRole.NoticeInfo => ThemeRole.Text,
        ThemeRole.NoticeWarning => ThemeRole.ActivityWaiting,
        ThemeRole.NoticeError => ThemeRole.PhaseFailed,
        ThemeRole.Scrollbar => ThemeRole.Border,
        ThemeRole.ScrollbarThumb => ThemeRole.BorderFocused,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "unknown role"),
    };

    /// <summary>The name in theme files, for example <c>border-focused</c>.</summary>
    public static string NameOf(ThemeRole role) =>
        string.Concat(role.ToString().Select((letter, index) => char.IsUpper(letter) ? $"{(index > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
