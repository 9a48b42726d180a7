using System.Collections.Immutable;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Everything known of one agent, as rows.</summary>
internal static class DetailsViewModel
{
    private const int LabelWidth = 13;
    private const int PreferredWidth = 100;
    private const int MostCommandLines = 8;
    private const int MostProcessRows = 200;
    private const int MostEvents = 200;

    /// <summary>Where the dialog stands: as tall as the screen allows, so that it does not jump while facts change.</summary>
    public static DialogGeometry Place(AppModel model) => DialogGeometry.Place(model.Screen, PreferredWidth, model.Screen.Height);

    /// <summary>All rows for a body of <paramref name="width"/> cells.</summary>
    public static ImmutableArray<TextLine> Lines(AppModel model, DetailsOverlay details, int width)
    {
        var facts = new Rows(model, details.Last, width);
        facts.State();
        facts.Observation();
        facts.Declaration();
        facts.Facts();
        facts.Pod();
        facts.Conditions();
        facts.Processes(details);
        facts.Events();
        var head = Headline(model, details, width);
        return [.. head, .. details.GoneSince is null ? facts.Lines : facts.Lines.Select(Dimmed)];
    }

    private static IEnumerable<TextLine> Headline(AppModel model, DetailsOverlay details, int width)
    {
        var source = model.Fleet.SourceOf(details.Last.Id);
        var (text, role) = (details.GoneSince, source) switch
        {
            ({ } since, _) => ($"Gone since {ClockText.Of(since, model.Now, model.UtcOffset)}. This is what was last known of it.", ThemeRole.NoticeWarning),
            (_, null) => ("Its source is no longer configured. This is what was last known.", ThemeRole.NoticeWarning),
            (_, { Link: SourceLink.Live }) when Freshness.LostSince(details.Last) is { } lost =>
                ($"The stream to it was lost {AgeText.Of(model.Now - lost)} ago and is being opened again; what is said of its session is as of then.", ThemeRole.LinkStale),
            (_, { Link: SourceLink.Live }) => ("", ThemeRole.Dialog),
            (_, { } lost) => ($"Source {PlainText.Sanitize(lost.Name)} is {Words.Of(lost.Link)}, this is {AgeText.Of(model.Now - Freshness.AsOf(lost, details.Last, model.Now))} old.{(lost.Error is { } error ? " " + PlainText.Sanitize(error) : "")}", ThemeRole.LinkStale),
        };
        return text.Length == 0 ? [] : [.. TextWrap.Wrap(text, width).Select(row => TextLine.Of(row, role)), TextLine.Blank];
    }

    private static TextLine Dimmed(TextLine line) => line with { Runs = [.. line.Runs.Select(run => run with { Role = ThemeRole.Stale })] };

    private sealed class Rows(AppModel model, Agent agent, int width)
    {
        private readonly AgentStatus _status = agent.Status;

        public List<TextLine> Lines { get; } = [];

        public void State()
        {
            Add("phase", $"{Words.Of(_status.Phase)} ({_status.Reason})", PhaseRole(_status.Phase));
            Add("", _status.Message);
            Add("activity", _status.Activity == Activity.None ? "" : Words.Of(_status.Activity));
            Add("why", _status.ActivityReason);
            Add("acknowledged", Attention.IsAcknowledged(agent) ? $"by {agent.Acknowledged!.By} at {At(agent.Acknowledged.At)}" : null);
            Add("idle", agent.IdleTime(Freshness.AsOf(model.Fleet, agent, model.Now)) is { } idle ? $"{AgeText.Of(idle)}, last output {At(_status.LastActivity!.Value)}" : "not known");
            Add("command", _status.Command);
            Add("window", _status.WindowSize?.ToString());
            Add("last line", _status.LastLine);
            Add("started", _status.StartedAt is { } started ? $"{AgeText.Of(model.Now - started)} ago, {At(started)}" : null);
            Add("restarts", agent.Restarts > 0 ? $"{agent.Restarts}" : null);
            Add("last exit", _status.Pod?.LastExit ?? (_status.ExitCode is { } code ? $"exit code {code}" : null));
            Add("asked for", agent.Upkeep.Request is { } request ? $"{Words.Of(request.Kind)} by {request.By}, {AgeText.Of(model.Now - request.At)} ago" : null);
            Add("held back", agent.Upkeep.Quarantine is { } quarantine ? $"for {AgeText.Of(quarantine.Until - model.Now)} more, until {At(quarantine.Until)}: {quarantine.Reason}; start it by hand to end that" : null, ThemeRole.NoticeWarning);
            Pane();
        }

        public void Observation()
        {
            Heading("Observed");
            Add("at", $"{At(_status.ObservedAt)}, {AgeText.Of(model.Now - _status.ObservedAt)} ago");
            Add("by way of", _status.Origin);
            Add("dialect", _status.Dialect);
            Add("source", model.Fleet.SourceOf(agent.Id) is { } source ? $"{source.Name} ({source.Kind}), {Words.Of(source.Link)}" : agent.Id.Source);
        }

        public void Declaration()
        {
            Heading("Declared in agents.toml");
            if (agent.Spec is not { } spec)
            {
                Lines.Add(TextLine.Of("not declared: it was found running", ThemeRole.TextDim));
                return;
            }

            Command(spec.Command);
            Add("directory", spec.Directory);
            Add("desired", spec.Desired == DesiredState.Running ? "running" : "stopped");
            Add("restart", spec.Restart switch { RestartPolicy.Never => "never", RestartPolicy.OnFailure => "on-failure", _ => "always" });
            Add("interrupt", spec.InterruptKey);
            // Values may be secrets: only the names are ever shown.
            Add("environment", string.Join(", ", spec.Environment.Keys.Concat(spec.Setup.SecretFiles.Keys).Concat(spec.Pod?.Secrets.Keys ?? []).Order(StringComparer.Ordinal)));
            Add("labels", string.Join(", ", spec.Setup.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")));
        }

        public void Facts()
        {
            if (_status.Facts.IsEmpty)
            {
                return;
            }

            Heading($"Said by {_status.Dialect ?? agent.Id.Source}");
            foreach (var fact in _status.Facts)
            {
                var when = fact.At is not { } at ? "" : at > model.Now ? $"in {AgeText.Of(at - model.Now)}, {At(at)}" : $"{AgeText.Of(model.Now - at)} ago, {At(at)}";
                Add(fact.Name, when.Length > 0 && fact.Value.Length > 0 ? $"{when}: {fact.Value}" : when + fact.Value);
            }
        }

        public void Pod()
        {
            if (_status.Pod is not { } pod)
            {
                return;
            }

            Heading(pod.IsContainer ? "Container" : "Pod");
            Add("name", pod.IsContainer ? pod.Name : $"{pod.Namespace}/{pod.Name}");
            Add("runtime", pod.Runtime);
            Add("phase", pod.Phase);
            Add("node", pod.IsContainer ? null : pod.Node ?? "not scheduled yet");
            Add("created", pod.CreatedAt is { } created ? $"{AgeText.Of(model.Now - created)} ago, {At(created)}" : null);
            Add("container", pod.IsContainer ? null : pod.Container);
            Add("image", pod.Image);
            Add("requests", pod.IsContainer ? null : pod.Requests.Length > 0 ? pod.Requests : "none");
            Add("limits", pod.Limits.Length > 0 ? pod.Limits : "none");
            Add(pod.IsContainer ? "id" : "uid", pod.Uid);
        }

        public void Conditions()
        {
            if (agent.Conditions.IsEmpty)
            {
                return;
            }

            Heading("Conditions");
            foreach (var condition in agent.Conditions)
            {
                var (sign, role) = condition.Status switch
                {
                    ConditionStatus.True => ("yes", ThemeRole.Dialog),
                    ConditionStatus.False => ("no", ThemeRole.NoticeWarning),
                    _ => ("unknown", ThemeRole.PhaseUnknown),
                };
                var judged = condition.ObservedGeneration < agent.Generation ? ", judged an older declaration" : "";
                var message = condition.Message.Length > 0 ? $": {condition.Message}" : "";
                Add(condition.Type, $"{sign} for {AgeText.Of(model.Now - condition.LastTransition)} ({condition.Reason}){message}{judged}", role, ConditionWidth());
            }
        }

        public void Processes(DetailsOverlay details)
        {
            Heading(details.Processes is null ? "Processes" : $"Processes at {At(details.ProcessesAt)}");
            if (details.Processes is not { } processes)
            {
                Lines.Add(TextLine.Of("reading…", ThemeRole.TextDim));
                return;
            }

            var rows = processes.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (rows.Length == 0)
            {
                Lines.Add(TextLine.Of("none", ThemeRole.TextDim));
            }

            Lines.AddRange(rows.Take(MostProcessRows).Select(row => TextLine.Of(PlainText.Sanitize(row.Replace('\t', ' ')))));
            if (rows.Length > MostProcessRows)
            {
                Lines.Add(TextLine.Of($"… and {rows.Length - MostProcessRows} more", ThemeRole.TextDim));
            }
        }

        public void Events()
        {
            Heading("Events, newest first");
            var before = Lines.Count;
            foreach (var happened in model.Events.Reverse().Where(happened => happened.Agent == agent.Id).Take(MostEvents))
            {
                var time = At(happened.At);
                Add(time, FleetEventText.Describe(happened), ThemeRole.Dialog, Math.Max(LabelWidth, time.Length + 2));
            }

            if (Lines.Count == before)
            {
                Lines.Add(TextLine.Of("none since the deck started", ThemeRole.TextDim));
            }
        }

        private static ThemeRole PhaseRole(AgentPhase phase) => phase switch
        {
            AgentPhase.Failed => ThemeRole.PhaseFailed,
            AgentPhase.Unknown => ThemeRole.PhaseUnknown,
            _ => ThemeRole.TextStrong,
        };

        private void Pane()
        {
            if (!model.Panes.TryGetValue(agent.Id, out var screen))
            {
                return;
            }

            var pane = screen.Metadata;
            var history = pane.AlternateScreen ? "alternate screen, which has no scrollback" : $"{pane.HistorySize} lines of scrollback";
            var mode = pane.InMode ? ", in copy mode" : "";
            var end = pane.Dead ? ", its program ended" : "";
            Add("pane", $"{pane.PaneId}, {pane.Size}, {history}{mode}{end}");
            Add("title", pane.Title);
        }

        private int ConditionWidth() => Math.Min(width / 2, 2 + agent.Conditions.Max(condition => condition.Type.Length));

        private string At(DateTimeOffset at) => ClockText.Of(at, model.Now, model.UtcOffset);

        private void Heading(string text)
        {
            Lines.Add(TextLine.Blank);
            Lines.Add(TextLine.Of(text, ThemeRole.Title));
        }

        // A script keeps its lines; its head tells which one it is.
        private void Command(string command)
        {
            var lines = Redactor.Redact(command).Trim('\r', '\n').Split('\n');
            for (var line = 0; line < Math.Min(lines.Length, MostCommandLines); line++)
            {
                Add(line == 0 ? "command" : "", lines[line].TrimEnd());
            }

            Add("", lines.Length > MostCommandLines ? $"… {lines.Length - MostCommandLines} more lines" : "");
        }

        private void Add(string label, string? text, ThemeRole role = ThemeRole.Dialog, int labelWidth = LabelWidth)
        {
            if (!string.IsNullOrEmpty(text))
            {
                Lines.AddRange(TextWrap.Labelled(PlainText.Sanitize(label), PlainText.Sanitize(text), labelWidth, width, role));
            }
        }
    }
}
