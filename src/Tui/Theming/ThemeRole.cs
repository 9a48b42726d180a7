namespace AgentDeck.Tui.Theming;

/// <summary>What a style is for. Each role but <see cref="Text"/> has a parent (documented beside the loader) whose style it inherits when a theme does not name it.</summary>
internal enum ThemeRole
{
    /// <summary>Ordinary text on the ordinary background; the root of all roles.</summary>
    Text,

    /// <summary>Less important text.</summary>
    TextDim,

    /// <summary>Emphasised text.</summary>
    TextStrong,

    /// <summary>The header line.</summary>
    Header,

    /// <summary>The product's name in the header.</summary>
    HeaderTitle,

    /// <summary>The footer line.</summary>
    Footer,

    /// <summary>A key in the footer, help and menus.</summary>
    FooterKey,

    /// <summary>Borders.</summary>
    Border,

    /// <summary>The border of what has the focus.</summary>
    BorderFocused,

    /// <summary>The border of a pane that receives what is typed.</summary>
    BorderTyping,

    /// <summary>The border of a pinned pane.</summary>
    BorderPinned,

    /// <summary>Titles in borders.</summary>
    Title,

    /// <summary>Column headings.</summary>
    ColumnHeader,

    /// <summary>The selected row.</summary>
    Selected,

    /// <summary>A marked row.</summary>
    Marked,

    /// <summary>Phase pending, starting and stopping.</summary>
    PhaseMoving,

    /// <summary>Phase running.</summary>
    PhaseRunning,

    /// <summary>Phase stopped.</summary>
    PhaseStopped,

    /// <summary>Phase completed.</summary>
    PhaseCompleted,

    /// <summary>Phase failed.</summary>
    PhaseFailed,

    /// <summary>Phase unknown.</summary>
    PhaseUnknown,

    /// <summary>Activity busy.</summary>
    ActivityBusy,

    /// <summary>Activity idle.</summary>
    ActivityIdle,

    /// <summary>Activity waiting.</summary>
    ActivityWaiting,

    /// <summary>Activity blocked.</summary>
    ActivityBlocked,

    /// <summary>Activity limited.</summary>
    ActivityLimited,

    /// <summary>A live link.</summary>
    LinkLive,

    /// <summary>A connecting or stale link, and the age of stale data.</summary>
    LinkStale,

    /// <summary>An unreachable or denying link.</summary>
    LinkDown,

    /// <summary>Content of a source that is not live.</summary>
    Stale,

    /// <summary>The inside of a dialog.</summary>
    Dialog,

    /// <summary>The border of a dialog.</summary>
    DialogBorder,

    /// <summary>Text that is being typed.</summary>
    Input,

    /// <summary>What stands in an empty input.</summary>
    InputHint,

    /// <summary>A match of a search or filter.</summary>
    Match,

    /// <summary>News that is good or neutral.</summary>
    NoticeInfo,

    /// <summary>News to be careful about.</summary>
    NoticeWarning,

    /// <summary>Bad news.</summary>
    NoticeError,

    /// <summary>The track of a scrollbar.</summary>
    Scrollbar,

    /// <summary>The thumb of a scrollbar.</summary>
    ScrollbarThumb,
}
