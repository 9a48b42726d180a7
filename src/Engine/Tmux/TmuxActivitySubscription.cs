using System.Collections.Immutable;

namespace AgentDeck.Engine.Tmux;

/// <summary>One subscription that covers all sessions of a server, so that nothing has to be polled.</summary>
internal static class TmuxActivitySubscription
{
    /// <summary>The name under which the values come.</summary>
    public const string Name = "deck";

    // Numbers, ids and letters only: nothing else in it can be chosen by a program. No comma: newer versions read what follows one as
    // the format of the current session.
    private const string Format =
        "#{S:#{session_id} #{pane_id} #{pane_pid} #{window_activity} #{pane_dead} #{pane_dead_status} #{pane_dead_signal} #{pane_in_mode} " + SetUpMark.Format + "|}";

    /// <summary>Asks for the values; the first comes within a second, the next on change.</summary>
    /// <exception cref="TmuxException">The link ended or tmux refused.</exception>
    public static async Task StartAsync(TmuxLink link, CancellationToken cancellationToken) =>
        await link.RequireAsync(TmuxCommandLine.Of("refresh-client", "-B", $"{Name}::{Format}"), cancellationToken);

    /// <summary>Reads a pushed value; entries that are not of the expected form are left out.</summary>
    public static ImmutableArray<TmuxActivity> Parse(string value)
    {
        var activities = ImmutableArray.CreateBuilder<TmuxActivity>();
        foreach (var entry in value.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = entry.Split(' ');
            if (fields.Length == 9 && fields[0].StartsWith('$') && TmuxValues.Time(fields[3]) is { } lastActivity)
            {
                activities.Add(new TmuxActivity(
                    fields[0],
                    fields[1],
                    TmuxValues.Number(fields[2]),
                    lastActivity,
                    fields[4] == "1",
                    TmuxValues.OptionalNumber(fields[5]),
                    TmuxValues.OptionalNumber(fields[6]),
                    fields[7] == "1",
                    SetUpMark.Read(fields[8])));
            }
        }

        return activities.ToImmutable();
    }
}
