using System.Collections.Concurrent;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// One pass over one agent: looks, plans, does one step. The only caller of what starts and ends agents. Passes over one agent
/// never overlap; see <see cref="WorkQueue{TKey}"/>.
/// </summary>
/// <param name="store">What is seen.</param>
/// <param name="sources">Who does it.</param>
/// <param name="memory">What is remembered.</param>
/// <param name="desk">What is asked for.</param>
/// <param name="slots">How many starts at once.</param>
/// <param name="enforcement">Whose declared agents are kept.</param>
/// <param name="limits">When ends become a crash loop.</param>
/// <param name="time">The clock.</param>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
/// <param name="logger">Where steps are noted.</param>
internal sealed partial class AgentReconciler(
    FleetStore store,
    SourceRegistry sources,
    IUpkeepMemory memory,
    RequestDesk desk,
    StartSlots slots,
    IEnforcement enforcement,
    CrashLoopLimits limits,
    TimeProvider time,
    Func<double> jitter,
    ILogger logger)
{
    /// <summary>The name under which the engine's own steps stand in the events.</summary>
    internal const string Engine = "agentdeck";

    /// <summary>The name under which a changed declaration asks for something.</summary>
    internal const string Declaration = "agents.toml";

    private readonly RouteProbe _routes = new(store, memory);

    // Whose stop this engine told its source.
    private readonly ConcurrentDictionary<AgentId, bool> _announced = new();

    /// <summary>The agents that are not started before another source said something: they are to be looked at again after every change.</summary>
    public IEnumerable<AgentId> Held => _routes.Held;

    /// <summary>Brings an agent one step nearer to what is wanted.</summary>
    /// <returns>When to look again even if nothing changes, or null.</returns>
    public async Task<TimeSpan?> ReconcileAsync(AgentId id, CancellationToken cancellationToken)
    {
        var fleet = store.Current;
        var now = time.GetUtcNow();
        if (!fleet.Agents.TryGetValue(id, out var agent))
        {
            Vanished(id, now);
            return null;
        }

        var link = fleet.SourceOf(id)?.Link ?? SourceLink.Unreachable;
        var source = sources.SourceOf(id);
        var before = memory.Recall(id);
        var upkeep = before with { Request = desk.Take(id, before.Request, now) };
        upkeep = link == SourceLink.Live ? UpkeepRules.Observe(upkeep, agent.Status, limits, now, jitter()) : upkeep;
        var whyNot = enforcement.WhyNot(id);
        if (whyNot is not null && upkeep.Request is { By: Declaration } own)
        {
            // What a declaration asked for is left to whoever keeps it now, who is not to find stopped what was to run again.
            if (source is not null && own is { Kind: RequestKind.Restart } or { KilledAt: null })
            {
                await source!.WithdrawStopAsync(id);
            }

            upkeep = upkeep with { Request = null, AppliedFor = null };
        }

        var elsewhere = agent is { Spec: not null, Status.Phase: not AgentPhase.Running } ? _routes.WhyNot(id) : null;
        if (elsewhere is null)
        {
            _routes.Release(id);
        }

        var accessLimits = fleet.LimitsOf(id);
        var plan = AgentPlanner.Plan(InputsOf(upkeep));
        if (plan.Action is AgentAction.Request wanted)
        {
            upkeep = upkeep with
            {
                Request = new OperatorRequest(wanted.Kind, Declaration, now),
                AppliedFor = wanted.Kind == RequestKind.Restart ? agent.Status.Drift?.Declared : upkeep.AppliedFor,
            };
            plan = AgentPlanner.Plan(InputsOf(upkeep));
        }

        var enforcing = whyNot is null && link == SourceLink.Live;
        upkeep = upkeep with
        {
            LastDesired = enforcing ? agent.Spec?.Desired : upkeep.LastDesired,
            Conditions = UpkeepConditions.Of(agent, upkeep, plan, now),
        };
        Keep(agent, before, upkeep);
        if (plan.Action is not AgentAction.None)
        {
            return await ActAsync(agent, source!, plan.Action, upkeep, cancellationToken) ? TimeSpan.Zero : null;
        }

        DateTimeOffset?[] looks = [plan.CheckAgainAt, UpkeepRules.NextLook(upkeep, limits), StuckRules.Limit(upkeep)?.Due];
        return looks.Where(look => look > now).Min() - now;

        PlanInputs InputsOf(AgentUpkeep remembered) => new()
        {
            Spec = agent.Spec,
            Status = agent.Status,
            Upkeep = remembered,
            Link = source is null ? SourceLink.Unreachable : link,
            WhyNotEnforced = whyNot,
            StartBarred = source is { MayStart: true } ? accessLimits.Start : "nothing is started in this source",
            Elsewhere = elsewhere,
            EndBarred = accessLimits.Delete,
            KillGrace = source?.KillGrace ?? TimeSpan.Zero,
            Now = now,
        };
    }

    /// <summary>
    /// Takes back, at the end of an engine whose memory ends with it, what nobody would complete: an agent that was asked to stop and
    /// goes on may end by itself hours later.
    /// </summary>
    public async Task WithdrawAsync()
    {
        foreach (var id in memory.Survives ? [] : store.Current.Agents.Keys)
        {
            if (memory.Peek(id).Request is { InterruptedAt: not null, KilledAt: null, EndedAt: null } && sources.SourceOf(id) is { } source)
            {
                await source.WithdrawStopAsync(id);
            }
        }
    }

    // True when another pass should follow at once.
    private async Task<bool> ActAsync(Agent agent, IAgentSource source, AgentAction action, AgentUpkeep upkeep, CancellationToken cancellationToken)
    {
        // What is about to be done must be known to whoever comes after a crash.
        await memory.FlushAsync(cancellationToken);
        // Whoever loses the right to keep what is declared stops in the midst of it. What an operator asked for goes on.
        var mandate = upkeep.Request is null or { By: Declaration } ? enforcement.Mandate(agent.Id) : CancellationToken.None;
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, mandate);
        try
        {
            switch (action)
            {
                case AgentAction.Start:
                    return await StartAsync(agent, source, upkeep, within.Token);
                case AgentAction.Interrupt:
                    Keep(agent, upkeep, upkeep with { Request = await InterruptAsync(agent, source, upkeep.Request!, within.Token) });
                    return true;
                case AgentAction.Kill:
                    if (!_announced.ContainsKey(agent.Id))
                    {
                        // The engine before this one began to stop it: this one's source does not know that yet.
                        await AnnounceAsync(agent.Id, source, within.Token);
                    }

                    await source.KillAsync(agent.Id, within.Token);
                    Keep(agent, upkeep, upkeep with { Request = upkeep.Request! with { KilledAt = time.GetUtcNow() } });
                    return true;
                case AgentAction.NoteEnd:
                    Keep(agent, upkeep, upkeep with { Request = upkeep.Request! with { EndedAt = time.GetUtcNow() } });
                    return true;
                case AgentAction.Finish finish:
                    if (finish.Result.Outcome == OperationOutcome.Succeeded && upkeep.Request is { Kind: RequestKind.Stop }
                        && agent.Status.Phase != AgentPhase.Stopped && !_announced.ContainsKey(agent.Id))
                    {
                        // It ended before anything was done about it. That must not be taken for an end from which it is to recover.
                        await AnnounceAsync(agent.Id, source, within.Token);
                        upkeep = upkeep with { Phase = AgentPhase.Stopped, PhaseSince = time.GetUtcNow() };
                    }

                    Finish(agent, upkeep, finish.Result);
                    return true;
                default:
                    throw new ArgumentOutOfRangeException(nameof(action), action, "unknown action");
            }
        }
        catch (OperationCanceledException) when (mandate.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return true;
        }
        catch (TransportException failure)
        {
            if (upkeep.Request is { InterruptedAt: null } or { KilledAt: null })
            {
                // It may run on for hours: an end by itself must not count as one that was asked for.
                await source.WithdrawStopAsync(agent.Id);
            }

            Finish(agent, upkeep, new OperationResult(OperationOutcome.Failed, failure.Message));
            return true;
        }
    }

    private async Task<OperatorRequest> InterruptAsync(Agent agent, IAgentSource source, OperatorRequest request, CancellationToken cancellationToken)
    {
        await AnnounceAsync(agent.Id, source, cancellationToken);
        var pressed = agent.Status.IsLogOnly || source.FindSession(agent.Id) is not { } session ? OperationOutcome.Refused : await PressAsync(agent, session, cancellationToken);
        var now = time.GetUtcNow();
        if (pressed != OperationOutcome.Refused)
        {
            return request with { InterruptedAt = now };
        }

        // What takes no keys, or has nothing to press them in, is ended at once.
        await source.KillAsync(agent.Id, cancellationToken);
        return request with { InterruptedAt = now, KilledAt = now };
    }

    private static async Task<OperationOutcome> PressAsync(Agent agent, IAgentSession session, CancellationToken cancellationToken)
    {
        try
        {
            return (await session.PressAsync([new AgentKey(InterruptKeys.For(agent), IsLiteral: false)], cancellationToken)).Outcome;
        }
        catch (TransportException)
        {
            // An agent that ends at once takes its stream with it before that can answer. One that does not is killed when its grace is over.
            return OperationOutcome.Failed;
        }
    }

    private async Task AnnounceAsync(AgentId agent, IAgentSource source, CancellationToken cancellationToken)
    {
        await source.AnnounceStopAsync(agent, cancellationToken);
        _announced[agent] = true;
    }

    private async Task<bool> StartAsync(Agent agent, IAgentSource source, AgentUpkeep upkeep, CancellationToken cancellationToken)
    {
        if (!slots.TryTake(agent.Id, source.StartsAtOnce))
        {
            return false;
        }

        try
        {
            if (!await desk.RunStartAsync(agent.Id, token => source.StartAsync(agent.Id, token), cancellationToken))
            {
                return true;
            }

            var now = time.GetUtcNow();
            var asked = upkeep.Request is not null;
            var again = upkeep.LastEnd is not null;
            Keep(agent, upkeep, UpkeepRules.Started(asked ? upkeep with { RapidEnds = 0, EarlyEnds = 0, Quarantine = null } : upkeep, now) with
            {
                Restarts = upkeep.Restarts + (again ? 1 : 0),
                Request = upkeep.Request is { } request ? request with { StartedAt = now } : null,
            });
            Note(agent.Id, asked, again ? "start again" : "start", OperationOutcome.Succeeded, again ? $"it had {Words.Of(agent.Status.Phase)}" : "");
            return true;
        }
        catch (TransportException failure)
        {
            var asked = upkeep.Request is not null;
            Finish(agent, UpkeepRules.AfterFailedStart(upkeep, limits, time.GetUtcNow(), jitter()), new OperationResult(OperationOutcome.Failed, failure.Message));
            Note(agent.Id, asked, "start", OperationOutcome.Failed, failure.Message);
            return true;
        }
        finally
        {
            slots.Release(agent.Id);
        }
    }

    private void Finish(Agent agent, AgentUpkeep upkeep, OperationResult result)
    {
        Keep(agent, upkeep, upkeep with { Request = null });
        _announced.TryRemove(agent.Id, out _);
        desk.Answer(agent.Id, result);
        if (upkeep.Request is { By: Declaration } own)
        {
            Record(agent.Id, Declaration, Words.Of(own.Kind), result.Outcome, result.Message);
        }
    }

    // A discovered agent leaves the store with its session: what was to end has ended.
    private void Vanished(AgentId id, DateTimeOffset now)
    {
        if (desk.Take(id, memory.Recall(id).Request, now) is { } request)
        {
            desk.Answer(id, request.Kind == RequestKind.Stop
                ? new OperationResult(OperationOutcome.Succeeded, AgentPlanner.HowItEnded(request))
                : new OperationResult(OperationOutcome.Failed, "it vanished meanwhile"));
        }

        _announced.TryRemove(id, out _);
        _routes.Release(id);
        memory.Forget(id);
    }

    private void Keep(Agent agent, AgentUpkeep before, AgentUpkeep after)
    {
        if (after != before)
        {
            memory.Remember(agent.Id, after);
        }

        if (store.Current.Agents.TryGetValue(agent.Id, out var shown) && shown.Upkeep != after)
        {
            store.Apply(edit =>
            {
                edit.SetUpkeep(agent.Id, after);
                if (before.Quarantine != after.Quarantine)
                {
                    edit.Record((seq, at) => new AgentQuarantined(seq, at, agent.Id, after.Quarantine?.Until, after.Quarantine?.Reason ?? ""));
                }
            });
        }
    }

    // What an operator asked for is recorded where it was asked.
    private void Note(AgentId agent, bool asked, string operation, OperationOutcome outcome, string detail)
    {
        if (!asked)
        {
            Record(agent, Engine, operation, outcome, detail);
        }
    }

    private void Record(AgentId agent, string by, string operation, OperationOutcome outcome, string detail)
    {
        store.Apply(edit => edit.Record((seq, at) => new OperationFinished(seq, at, agent, by, operation, outcome, PlainText.Sanitize(detail))));
        var name = PlainText.Sanitize(agent.ToString());
        LogStep(logger, operation, name, outcome);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Operation} of {Agent}: {Outcome}")]
    private static partial void LogStep(ILogger logger, string operation, string agent, OperationOutcome outcome);
}
