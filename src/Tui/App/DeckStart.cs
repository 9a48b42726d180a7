using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.App;

/// <summary>The model that a deck starts with.</summary>
internal static class DeckStart
{
    /// <summary>Makes the model; fleet, size and time are filled in when the deck runs.</summary>
    /// <param name="configuration">What <c>agents.toml</c> says; unusable key bindings are kept as problems to show.</param>
    /// <param name="theme">The theme in force.</param>
    /// <param name="themeNames">The themes that can be picked.</param>
    /// <param name="detachKey">The key that leaves an attached agent.</param>
    /// <param name="utcOffset">The offset of local time, for the clock.</param>
    public static AppModel Model(DeckConfiguration configuration, Theme theme, ImmutableArray<string> themeNames, KeyChord detachKey, TimeSpan utcOffset)
    {
        var (keys, problems) = KeyMap.Build(configuration.File ?? "agents.toml", configuration.Keys);
        return new AppModel
        {
            Fleet = FleetSnapshot.Empty,
            Now = DateTimeOffset.UnixEpoch,
            Screen = default,
            Theme = theme,
            ThemeNames = themeNames,
            UtcOffset = utcOffset,
            Settings = configuration.Deck,
            DetachKey = detachKey,
            Keys = keys,
            KeyProblems = problems,
            NudgeTemplates = configuration.Nudges,
            ReadOnly = configuration.Deck.ReadOnly,
            Mouse = configuration.Deck.Mouse,
            Wall = new WallState { Panes = configuration.Deck.Panes },
        };
    }
}
