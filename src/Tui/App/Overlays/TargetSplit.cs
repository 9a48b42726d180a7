using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Who can take a command now and who cannot.</summary>
/// <param name="Able">Those who can, in the order asked.</param>
/// <param name="Refused">The others, each with the reason in words.</param>
internal readonly record struct TargetSplit(ImmutableArray<AgentId> Able, ImmutableArray<(AgentId Agent, string WhyNot)> Refused)
{
    /// <summary>Asks the rules for each target; one that disappeared meanwhile cannot take anything.</summary>
    public static TargetSplit Of(AppModel model, ImmutableArray<AgentId> targets, SessionCommand command)
    {
        var able = ImmutableArray.CreateBuilder<AgentId>();
        var refused = ImmutableArray.CreateBuilder<(AgentId, string)>();
        foreach (var id in targets)
        {
            var whyNot = model.Fleet.Agents.TryGetValue(id, out var agent) ? SessionRules.WhyNot(command, agent, model.Fleet.LimitsOf(agent.Id)) : "it is gone";
            if (whyNot is null)
            {
                able.Add(id);
            }
            else
            {
                refused.Add((id, whyNot));
            }
        }

        return new TargetSplit(able.ToImmutable(), refused.ToImmutable());
    }
}
