namespace AgentDeck.Tui.App.Effects;

/// <summary>Something to do outside the model, as data; its outcome comes back as a message. A closed hierarchy.</summary>
internal abstract record AppEffect;
