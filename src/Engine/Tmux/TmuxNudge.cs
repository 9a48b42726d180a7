using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Types a text into an agent, submits it and looks whether it was taken. Text and Enter are two steps with a pause between
/// them, because agents take an Enter that arrives with the text for a part of it. Never presses Escape. One
/// at a time per pane, see <see cref="NudgeTurn"/>.
/// </summary>
internal sealed class TmuxNudge(TimeProvider timeProvider, ICommandRunner runner, Func<PlainScreen, bool>? refuses)
{
    /// <summary>The pause between text and Enter.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>How often Enter is pressed again at most.</summary>
    public const int Repeats = 3;

    /// <summary>The longest single line that is typed; longer ones are pasted.</summary>
    public const int TypedLimit = 200;

    /// <summary>The longest line that a terminal passes on that gathers whole lines, in bytes (Linux; 1,024 on macOS).</summary>
    public const int GatheredLimit = 4095;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private const int LooksForEcho = 10;
    private const int LooksForSubmission = 10;

    /// <summary>Nudges a pane.</summary>
    /// <returns><c>delivered</c>, <c>typed, not submitted</c>, or a refusal with its reason.</returns>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public async Task<OperationResult> SendAsync(ITmuxClient client, string paneId, string text, CancellationToken cancellationToken)
    {
        var clean = Clean(text);
        if (clean.Length == 0)
        {
            return new OperationResult(OperationOutcome.Refused, "there is nothing to send");
        }

        if (await WhyNotAsync(client, paneId, clean, cancellationToken) is { } reason)
        {
            return new OperationResult(OperationOutcome.Refused, reason);
        }

        var turn = await NudgeTurn.TakeAsync(client, paneId, timeProvider, cancellationToken);
        try
        {
            return await SendInTurnAsync(client, paneId, clean, cancellationToken);
        }
        finally
        {
            await turn.EndAsync();
        }
    }

    private async Task<OperationResult> SendInTurnAsync(ITmuxClient client, string paneId, string clean, CancellationToken cancellationToken)
    {
        var empty = await PlainScreen.ReadAsync(client, paneId, cancellationToken);
        if (empty.IsDead)
        {
            return new OperationResult(OperationOutcome.Refused, "its program has ended");
        }

        if (refuses?.Invoke(empty) == true)
        {
            return new OperationResult(OperationOutcome.Refused, SessionRules.StandsBeforeMenu);
        }

        await TypeAsync(client, paneId, clean, cancellationToken);

        // From here on giving up would leave the text unsent in the box, so only the link can stop it.
        await Task.Delay(Pause, timeProvider, CancellationToken.None);
        var typed = await LookAsync(client, paneId, screen => !screen.Shows(empty), LooksForEcho);
        if (refuses?.Invoke(typed) == true)
        {
            return new OperationResult(OperationOutcome.Partial, "typed, not submitted: an approval menu appeared meanwhile");
        }

        return typed.Shows(empty)
            ? await SubmitUnseenAsync(client, paneId, typed)
            : await SubmitAsync(client, paneId, clean, empty, typed);
    }

    private async Task<OperationResult> SubmitAsync(ITmuxClient client, string paneId, string text, PlainScreen empty, PlainScreen typed)
    {
        for (var presses = 0; presses <= Repeats; presses++)
        {
            await PressEnterAsync(client, paneId);
            var entered = await LookAsync(client, paneId, screen => screen.IsDead || !InputBox.StillHolds(empty, typed, screen, text), LooksForSubmission);
            if (entered.IsDead || !InputBox.StillHolds(empty, typed, entered, text))
            {
                return new OperationResult(OperationOutcome.Succeeded, "delivered");
            }
        }

        return new OperationResult(OperationOutcome.Partial, "typed, not submitted");
    }

    // The program did not show the text (no echo, or too busy): only a reaction to Enter can tell that it was read.
    private async Task<OperationResult> SubmitUnseenAsync(ITmuxClient client, string paneId, PlainScreen typed)
    {
        await PressEnterAsync(client, paneId);
        var entered = await LookAsync(client, paneId, screen => !screen.Shows(typed), LooksForSubmission);
        return entered.Shows(typed)
            ? new OperationResult(OperationOutcome.Partial, "sent, but the program showed neither the text nor a reaction")
            : new OperationResult(OperationOutcome.Succeeded, "delivered");
    }

    private async Task<PlainScreen> LookAsync(ITmuxClient client, string paneId, Func<PlainScreen, bool> isExpected, int looks)
    {
        var screen = await PlainScreen.ReadAsync(client, paneId, CancellationToken.None);
        for (var look = 1; look < looks && !isExpected(screen); look++)
        {
            await Task.Delay(LookInterval, timeProvider, CancellationToken.None);
            screen = await PlainScreen.ReadAsync(client, paneId, CancellationToken.None);
        }

        return screen;
    }

    private async Task<string?> WhyNotAsync(ITmuxClient client, string paneId, string text, CancellationToken cancellationToken)
    {
        var longest = text.Split('\n').Max(System.Text.Encoding.UTF8.GetByteCount);
        if (longest <= GatheredLimit)
        {
            return null;
        }

        try
        {
            return await TmuxProcesses.GathersLinesAsync(client, runner, paneId, cancellationToken) == true
                ? $"its terminal reads whole lines and would lose all but {GatheredLimit} of the {longest} bytes of one; break the line"
                : null;
        }
        catch (TransportException)
        {
            // No stty there: agents read key by key, so the hazard is rather unlikely.
            return null;
        }
    }

    private static Task TypeAsync(ITmuxClient client, string paneId, string text, CancellationToken cancellationToken) =>
        text.Length <= TypedLimit && !text.AsSpan().ContainsAny('\n', '\t')
            ? TmuxKeys.SendAsync(client, paneId, [new AgentKey(text, IsLiteral: true)], cancellationToken)
            : TmuxKeys.PasteAsync(client, paneId, text, cancellationToken);

    private static Task PressEnterAsync(ITmuxClient client, string paneId) =>
        TmuxKeys.SendAsync(client, paneId, [new AgentKey("Enter", IsLiteral: false)], CancellationToken.None);

    // An escape character would cancel what the agent does or end the bracketed paste early.
    private static string Clean(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Where(character => character is '\n' or '\t' || !char.IsControl(character))).TrimEnd('\n');
}
