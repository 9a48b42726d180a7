namespace AgentDeck.Engine.Notifications;

/// <summary>A notification as programs read it; keys are only ever added.</summary>
/// <param name="Id">The same for the same transition, also when it is sent twice.</param>
/// <param name="Time">When it was observed, RFC 3339 in UTC.</param>
/// <param name="Kind">The word of its kind, for example <c>needs-input</c>.</param>
/// <param name="Agent">The agent's id.</param>
/// <param name="Phase">The word of its phase.</param>
/// <param name="Reason">The cause; may be empty.</param>
/// <param name="Message">One sentence.</param>
internal sealed record NotificationDocument(string Id, string Time, string Kind, string Agent, string Phase, string Reason, string Message);
