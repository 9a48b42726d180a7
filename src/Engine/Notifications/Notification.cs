using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Notifications;

/// <summary>One thing that an operator is told without having asked. All texts are plain and redacted.</summary>
/// <param name="Id">The agent; hostile text.</param>
/// <param name="Key">Names the transition itself: the same one after a restart of the engine has the same key. May quote the agent's id; not for people.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Kind">Why it is told.</param>
/// <param name="Agent">The agent as operators write it, for example <c>gc/mayor</c>.</param>
/// <param name="Phase">The phase that it is in, or was last seen in.</param>
/// <param name="Reason">The cause, short; may be empty.</param>
/// <param name="Message">One sentence.</param>
public sealed record Notification(AgentId Id, string Key, DateTimeOffset At, NotificationKind Kind, string Agent, AgentPhase Phase, string Reason, string Message);
