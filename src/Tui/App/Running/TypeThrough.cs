using System.Collections.Immutable;
using System.Threading.Channels;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Operations;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;

namespace AgentDeck.Tui.App.Running;

/// <summary>
/// Sends what is typed at a pane, in order. Keys that come while others are on their way are sent together, so that typing
/// never falls behind. Bounded: when an agent takes nothing for long, typing ends with a message.
/// </summary>
internal sealed class TypeThrough(ISessionOperations operations, ChannelWriter<AppMessage> inbox)
{
    private const int MostWaiting = 4_096;

    private readonly Channel<TypeIntoPane> _typed = Channel.CreateBounded<TypeIntoPane>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Takes a key or paste; false when too many wait.</summary>
    public bool TryAdd(TypeIntoPane typed) => _typed.Writer.TryWrite(typed);

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var first in _typed.Reader.ReadAllAsync(cancellationToken))
        {
            var command = Merge(first);
            var result = await operations.ExecuteAsync(first.Agent, command, cancellationToken);
            if (result.Outcome is not OperationOutcome.Succeeded)
            {
                Forget(first.Agent);
                await inbox.WriteAsync(new TypingFailed(first.Agent, result.Message), cancellationToken);
            }
        }
    }

    // Neighbouring characters become one literal text, which is one argument of one command.
    private SessionCommand Merge(TypeIntoPane first)
    {
        if (first.Input is not SessionCommand.SendKeys keys)
        {
            return first.Input;
        }

        var all = ImmutableArray.CreateBuilder<AgentKey>();
        Append(all, keys.Keys);
        while (_typed.Reader.TryPeek(out var next) && next.Agent == first.Agent && next.Input is SessionCommand.SendKeys more)
        {
            Append(all, more.Keys);
            _typed.Reader.TryRead(out _);
        }

        return new SessionCommand.SendKeys(all.ToImmutable());
    }

    private static void Append(ImmutableArray<AgentKey>.Builder all, ImmutableArray<AgentKey> more)
    {
        foreach (var key in more)
        {
            if (key.IsLiteral && all.Count > 0 && all[^1].IsLiteral)
            {
                all[^1] = all[^1] with { Value = all[^1].Value + key.Value };
            }
            else
            {
                all.Add(key);
            }
        }
    }

    // What follows a key that did not arrive must not arrive either.
    private void Forget(AgentId agent)
    {
        while (_typed.Reader.TryPeek(out var next) && next.Agent == agent)
        {
            _typed.Reader.TryRead(out _);
        }
    }
}
