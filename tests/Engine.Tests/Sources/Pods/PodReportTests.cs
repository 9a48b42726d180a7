using System.Text.Json.Nodes;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources.Pods;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>What agents of scion write of themselves, from one engine to the next by a journal on the real disk.</summary>
public sealed class PodReportTests : IDisposable
{
    private const string Content = """
        { "zeta": [1, {"b": 2, "a": 1}],  "phase": "running",
          "activity": "waiting_for_input", "later": null, "taskSummary": "fix it", "detail": { "message": "shall I?" } }
        """;

    private static readonly AgentId Coder = new("k", "grove", "coder");

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-report").FullName;
    private readonly Bookkeeping _first = new("scion");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_an_agent_wrote_is_in_the_journal_to_the_last_character_with_unknown_keys_in_their_order()
    {
        await RememberAsync(() => Look(_first, Content));

        await using var journal = Open();
        Assert.Equal(new AgentReport(Content, new ReportOrigin("u-1", "0", _first.Time.GetUtcNow())), journal.Current.Agents[Coder].Report);
    }

    [Fact]
    public async Task What_it_writes_again_is_not_written_again_and_stays_as_old_as_it_is()
    {
        var began = _first.Time.GetUtcNow();
        await RememberAsync(() => Look(_first, Content));
        var next = new Bookkeeping("scion");
        next.Time.Advance(TimeSpan.FromHours(1));

        await using var journal = Open();
        var before = journal.Current;
        await ScribeAsync(next, journal, () =>
        {
            Look(next, Content);
            next.Time.Advance(TimeSpan.FromHours(1));
            Look(next, Content);
        });

        Assert.Equal(began, journal.Current.Agents[Coder].AgentInfoFrom!.At);
        Assert.Same(before.Agents[Coder], journal.Current.Agents[Coder]);
        // Nothing but events was recorded.
        Assert.Equal(journal.Current.Events.Count - before.Events.Count, journal.Current.Sequence - before.Sequence);
    }

    [Fact]
    public async Task The_next_engine_tells_it_with_its_age_until_the_pod_is_heard_and_takes_nothing_of_it_for_how_the_agent_is()
    {
        var read = _first.Time.GetUtcNow();
        await RememberAsync(() => Look(_first, Content));
        await using var journal = Open();
        var next = After(journal);

        next.List(null, Scion());
        var status = next.Status("k/grove/coder");
        Assert.Equal([new Fact("last report", "waiting_for_input: shall I?", read), new Fact("task", "fix it", read)], status.Facts.Where(fact => fact.Name != "grove"));
        Assert.NotEqual(Activity.Waiting, status.Activity);
        Assert.DoesNotContain("shall I?", status.Message, StringComparison.Ordinal);

        next.Book.SetLost("u-1", "the stream could not be opened");
        Assert.Contains(next.Status("k/grove/coder").Facts, fact => fact.Name == "last report");

        Look(next, """{ "phase": "running", "activity": "thinking", "taskSummary": "another" }""");
        Assert.Equal([new Fact("task", "another")], next.Status("k/grove/coder").Facts.Where(fact => fact.Name != "grove"));
    }

    [Fact]
    public async Task It_is_not_told_of_another_pod_nor_of_another_run_nor_of_one_that_has_ended()
    {
        await RememberAsync(() => Look(_first, Content));
        await using var journal = Open();
        var restarted = Scion();
        restarted["status"]!["containerStatuses"]![0]!["restartCount"] = 1;

        foreach (var pod in new[] { Scion("u-2"), restarted, Bookkeeping.Ended(Scion(), 0), Bookkeeping.Ended(Scion(), 1), Bookkeeping.Deleted(Scion()) })
        {
            var next = After(journal);
            next.List(null, pod);
            Assert.Equal(["grove"], next.Status("k/grove/coder").Facts.Select(fact => fact.Name));
        }
    }

    [Fact]
    public async Task What_is_remembered_of_a_discovered_agent_goes_with_it()
    {
        await RememberAsync(() =>
        {
            Look(_first, Content);
            _first.Book.RemovePod("u-1");
        });

        await using var journal = Open();
        Assert.Empty(journal.Current.Agents);
    }

    [Fact]
    public async Task Who_takes_the_journal_over_writes_down_what_it_knew_before()
    {
        await using var writing = Open();
        await using var looking = Open();
        using var ending = new CancellationTokenSource();
        var scribing = new JournalScribe(_first.Store, looking, new JournalInbox(_folder)).RunAsync(ending.Token);
        Look(_first, Content);
        await UntilAsync(() => looking.Current.Agents.ContainsKey(Coder));

        await writing.DisposeAsync();
        await UntilAsync(() => looking.Mode == JournalMode.Writing && looking.Current.Agents.ContainsKey(Coder));

        await ending.CancelAsync();
        await scribing;
        Assert.Equal(Content, looking.Current.Agents[Coder].AgentInfo);
    }

    [Theory]
    [InlineData("""{ "phase": "running", "message": "Bearer abcdefgh12345678" }""", """{ "phase": "running", "message": "Bearer ***" }""")]
    [InlineData("""{ "phase": "running", "api_key": 123456789012 , "x": 1 }""", "")]
    [InlineData("""{ "phase": "running", "x": [{ "url": "https:\/\/me:12345678@host\/" }] }""", "")]
    [InlineData("""{ "phase": "running", "x": "\ud800" }""", "")]
    public void Nothing_is_remembered_with_its_secrets_or_with_half_a_character(string content, string redacted)
    {
        var info = ScionInfoFile.Read(content, _ => { })!;

        Assert.Equal("running", info.Phase);
        Assert.Equal(redacted, info.Content);
    }

    [Fact]
    public void A_file_that_is_too_long_is_read_and_not_remembered()
    {
        var info = ScionInfoFile.Read($$"""{ "phase": "running", "x": "{{new string('x', 20_000)}}" }""", _ => { })!;

        Assert.Equal(("running", ""), (info.Phase, info.Content));
    }

    private static void Look(Bookkeeping books, string content)
    {
        books.List(null, Scion());
        books.Answer("u-1", books.Session());
        books.Book.SetLook("u-1", new PodLook(AgentScreen.OfRows(["$ "]), "claude", null) { Info = ScionInfoFile.Read(content, _ => { }) }, TimeSpan.FromMinutes(1));
    }

    private static Bookkeeping After(FileJournal journal)
    {
        var next = new Bookkeeping("scion") { Recall = agent => journal.Current.Agents.GetValueOrDefault(agent)?.Report };
        next.Time.Advance(TimeSpan.FromHours(1));
        return next;
    }

    private static JsonObject Scion(string uid = "u-1")
    {
        var pod = Bookkeeping.Pod(uid, "x", "grove--coder");
        pod["metadata"]!["labels"] = new JsonObject { ["scion.name"] = "coder", ["scion.grove"] = "grove" };
        return pod;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!holds())
        {
            await looks.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task RememberAsync(Action happen)
    {
        await using var journal = Open();
        await ScribeAsync(_first, journal, happen);
    }

    private async Task ScribeAsync(Bookkeeping books, FileJournal journal, Action happen)
    {
        using var ending = new CancellationTokenSource();
        var scribing = new JournalScribe(books.Store, journal, new JournalInbox(_folder)).RunAsync(ending.Token);
        happen();
        await ending.CancelAsync();
        await scribing;
    }

    private FileJournal Open() => FileJournal.Open(_folder, "test", TimeProvider.System, () => 1, NullLogger.Instance);
}
