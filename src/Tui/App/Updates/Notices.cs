using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Adds and forgets news. Bounded: the oldest give way.</summary>
internal static class Notices
{
    private const int Most = 4;

    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(12);

    /// <summary>Adds a line of news; one that says the same is replaced, so that a repeated key does not fill the screen.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kind">How bad it is; bad news stays longer.</param>
    /// <param name="text">The news; already plain text.</param>
    /// <param name="topic">What it is about; older news about the same gives way.</param>
    public static AppModel Add(AppModel model, NoticeKind kind, string text, string? topic = null)
    {
        var notices = model.Notices.RemoveAll(notice => notice.Text == text || (topic is not null && notice.Topic == topic));
        if (notices.Length >= Most)
        {
            notices = notices.RemoveRange(0, notices.Length - Most + 1);
        }

        return model with { Notices = notices.Add(new Notice(kind, text, model.Now + (kind == NoticeKind.Info ? Brief : Long), topic)) };
    }

    /// <summary>Forgets news whose time is over; the same model when there is none.</summary>
    public static AppModel Expire(AppModel model)
    {
        foreach (var notice in model.Notices)
        {
            if (notice.Until <= model.Now)
            {
                return model with { Notices = model.Notices.RemoveAll(old => old.Until <= model.Now) };
            }
        }

        return model;
    }
}
