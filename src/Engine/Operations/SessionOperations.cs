using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Operations;

/// <summary>The second door: checks, orders, performs and records what operators ask for.</summary>
internal sealed partial class SessionOperations(
    FleetStore store,
    SourceRegistry sources,
    RequestDesk requests,
    bool readOnly,
    string operatorName,
    Func<string, string> redact,
    TimeProvider time,
    ILogger<SessionOperations> logger) : ISessionOperations
{
    private const int RecordedTextLimit = 200;

    private readonly AgentTurns _turns = new();

    /// <inheritdoc/>
    public async Task<OperationResult> ExecuteAsync(AgentId agent, SessionCommand command, CancellationToken cancellationToken)
    {
        // As it is when that is asked: what it does later, nobody has seen.
        var seen = IsAnswer(command) ? Seen(store.Current.Agents.GetValueOrDefault(agent)) : null;
        var result = readOnly
            ? new OperationResult(OperationOutcome.Refused, "the deck is read-only")
            : command is SessionCommand.Acknowledge || KindOf(command) is not null
            ? await PerformAsync(agent, command, cancellationToken)
            : await _turns.RunAsync(agent, () => PerformAsync(agent, command, cancellationToken), cancellationToken);
        // Typing into a pane makes an operation a key: recording each would drown everything else, and would record passwords.
        if (command is not SessionCommand.SendKeys)
        {
            Record(agent, Describe(command), result, result.Outcome == OperationOutcome.Succeeded ? seen : null, KindOf(command));
        }

        return result;
    }

    /// <inheritdoc/>
    public async Task<ICommandStream> AttachAsync(AgentId agent, Size size, CancellationToken cancellationToken)
    {
        var seen = Seen(store.Current.Agents.GetValueOrDefault(agent));
        try
        {
            var stream = await sources.SessionOf(agent).AttachAsync(size, cancellationToken);
            Record(agent, "attach", new OperationResult(OperationOutcome.Succeeded, ""), seen);
            return new AttachedStream(stream, () => Leave(agent));
        }
        catch (TransportException failure)
        {
            Record(agent, "attach", new OperationResult(OperationOutcome.Failed, failure.Message));
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<string> ListProcessesAsync(AgentId agent, CancellationToken cancellationToken) =>
        sources.SessionOf(agent).ListProcessesAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLogAsync(AgentId agent, LogQuery query, CancellationToken cancellationToken)
    {
        var fleet = store.Current;
        var reason = fleet.Agents.TryGetValue(agent, out var known) ? SessionRules.WhyNoLog(known, fleet.LimitsOf(agent)) : "there is no such agent any more";
        return reason is null && sources.SourceOf(agent) is IContainerLogs logs
            ? logs.ReadLogAsync(agent, query, cancellationToken)
            : throw new TransportException(TransportFault.Denied, reason ?? "its source has no container logs");
    }

    // What an engine carries out pass by pass, and remembers.
    private static RequestKind? KindOf(SessionCommand command) => command switch
    {
        SessionCommand.Start => RequestKind.Start,
        SessionCommand.Stop => RequestKind.Stop,
        SessionCommand.Restart => RequestKind.Restart,
        _ => null,
    };

    private static string Describe(SessionCommand command) => command switch
    {
        SessionCommand.Nudge nudge => $"nudge: {nudge.Text}",
        SessionCommand.Interrupt => "interrupt",
        SessionCommand.ClearScrollback => "clear scrollback",
        SessionCommand.Acknowledge => "acknowledge",
        SessionCommand.SendKeys => "keys",
        // What is pasted while typing may be a password that no redactor knows.
        SessionCommand.Paste => "paste",
        _ when KindOf(command) is { } kind => Words.Of(kind),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
    };

    // Who acts upon what an agent shows has seen it. Single keys would make an event each, and clearing says nothing of having read.
    private static bool IsAnswer(SessionCommand command) =>
        command is SessionCommand.Acknowledge or SessionCommand.Nudge or SessionCommand.Interrupt or SessionCommand.Paste;

    private static string Wish(AgentStatus status) => status switch
    {
        { Phase: AgentPhase.Failed } => "failed",
        { Phase: AgentPhase.Unknown, Activity: Activity.None } => "is unknown",
        _ => $"is {Words.Of(status.Activity)}",
    };

    private async Task<OperationResult> PerformAsync(AgentId id, SessionCommand command, CancellationToken cancellationToken)
    {
        var fleet = store.Current;
        if (!fleet.Agents.TryGetValue(id, out var agent))
        {
            return new OperationResult(OperationOutcome.Refused, "there is no such agent any more");
        }

        if (fleet.SourceOf(id) is { Link: not SourceLink.Live } source)
        {
            return new OperationResult(OperationOutcome.Refused, $"its source {source.Name} is {Words.Of(source.Link)}{(source.Error is { } error ? $": {error}" : "")}");
        }

        if (SessionRules.WhyNot(command, agent, fleet.LimitsOf(id)) is { } reason)
        {
            return new OperationResult(OperationOutcome.Refused, reason);
        }

        try
        {
            return command switch
            {
                SessionCommand.Nudge nudge => await sources.SessionOf(id).NudgeAsync(nudge.Text, nudge.Force, cancellationToken),
                SessionCommand.Interrupt => await PressInterruptAsync(agent, cancellationToken),
                SessionCommand.ClearScrollback => await sources.SessionOf(id).ClearScrollbackAsync(cancellationToken),
                SessionCommand.Acknowledge => new OperationResult(OperationOutcome.Succeeded, $"that it {Wish(agent.Status)}"),
                SessionCommand.SendKeys keys => await sources.SessionOf(id).PressAsync(keys.Keys, cancellationToken),
                SessionCommand.Paste paste => await sources.SessionOf(id).PasteAsync(paste.Text, cancellationToken),
                _ when KindOf(command) is { } kind => await requests.SubmitAsync(id, kind, operatorName, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
            };
        }
        catch (TransportException failure)
        {
            return new OperationResult(OperationOutcome.Failed, failure.Message);
        }
    }

    private async Task<OperationResult> PressInterruptAsync(Agent agent, CancellationToken cancellationToken)
    {
        var key = InterruptKeys.For(agent);
        var pressed = await sources.SessionOf(agent.Id).PressAsync([new AgentKey(key, IsLiteral: false)], cancellationToken);
        return pressed.Outcome == OperationOutcome.Succeeded ? pressed with { Message = $"{key} sent" } : pressed;
    }

    // Null when it wants nothing that is not acknowledged already, and for decks that write nothing.
    private Acknowledgement? Seen(Agent? agent) =>
        !readOnly && agent is not null && Attention.Rank(agent) != Attention.None ? new Acknowledgement(Attention.KeyOf(agent), operatorName, time.GetUtcNow()) : null;

    // What it came to want, or printed again because the terminal has another size, was before the eyes of whoever was attached.
    private void Leave(AgentId id)
    {
        if (store.Current.Agents.GetValueOrDefault(id) is { } agent && Seen(agent) is { } seen)
        {
            Record(id, Describe(new SessionCommand.Acknowledge()), new OperationResult(OperationOutcome.Succeeded, $"that it {Wish(agent.Status)}, by having been attached"), seen);
        }
    }

    private void Record(AgentId agent, string asked, OperationResult result, Acknowledgement? seen = null, RequestKind? kind = null)
    {
        // Redacted before it is cut: half a secret is not recognised as one.
        var operation = PlainText.Sanitize(redact(asked).Replace('\n', '⏎'), RecordedTextLimit);
        var detail = PlainText.Sanitize(redact(result.Message), RecordedTextLimit);
        store.Apply(edit =>
        {
            if (seen is not null)
            {
                edit.Acknowledge(agent, seen);
            }

            edit.Record((seq, at) => new OperationFinished(seq, at, agent, operatorName, operation, result.Outcome, detail) { Acknowledged = seen?.What, Asked = kind });
        });
        var name = PlainText.Sanitize(agent.ToString());
        LogFinished(logger, operatorName, operation, name, result.Outcome, detail);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Operator} asked for {Operation} on {Agent}: {Outcome} {Detail}")]
    private static partial void LogFinished(ILogger logger, string @operator, string operation, string agent, OperationOutcome outcome, string detail);
}
