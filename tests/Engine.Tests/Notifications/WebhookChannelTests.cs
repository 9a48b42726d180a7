using System.Text;
using System.Text.Json;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Notifications;
using AgentDeck.Testing;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Engine.Tests.Notifications;

public sealed class WebhookChannelTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger _log = new();

    public WebhookChannelTests()
    {
        // The waits between tries pass at once; a try's own five seconds do not.
        _time.TimerSet += () => _ = Task.Run(() => _time.AdvanceToNextTimer(within: TimeSpan.FromSeconds(4.5)));
    }

    [Fact]
    public async Task A_notification_is_posted_as_json_and_signed()
    {
        await using var server = await HookServer.StartAsync();
        await TellAsync(WebhookTarget.Find(server.Address.Replace("://", "://ann:s%40cret@", StringComparison.Ordinal) + "/hook?token=t", "the key")!);

        var request = await server.NextAsync();
        var posted = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(["id", "time", "kind", "agent", "phase", "reason", "message"], posted.EnumerateObject().Select(property => property.Name));
        Assert.Equal("here/a asks", posted.GetProperty("message").GetString());
        Assert.Equal("/hook?token=t", request.Path);
        Assert.Equal("application/json; charset=utf-8", request.Headers["content-type"]);
        Assert.Equal($"Basic {Convert.ToBase64String("ann:s@cret"u8)}", request.Headers["authorization"]);
        Assert.Equal(WebhookTarget.Find("http://x", "the key")!.Sign(request.Body), request.Headers["x-agentdeck-signature"]);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void The_signature_is_the_one_that_others_compute()
    {
        // The example in GitHub's documentation of webhooks.
        var target = WebhookTarget.Find("https://example.org", "It's a Secret to Everybody")!;

        Assert.Equal("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", target.Sign("Hello, World!"u8));
        Assert.Null(WebhookTarget.Find("https://example.org", "")!.Sign("x"u8));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        await using var server = await HookServer.StartAsync();
        server.Answers.Enqueue(status);
        server.Answers.Enqueue(status);
        await TellAsync(WebhookTarget.Find(server.Address, null)!);

        var bodies = new List<string>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            bodies.Add(Encoding.UTF8.GetString((await server.NextAsync()).Body));
        }

        Assert.Single(bodies.Distinct());
        Assert.False(server.HasMore);
        Assert.Empty(_log.Entries);
        Assert.Equal(TimeSpan.FromSeconds(2 + 4), _time.GetUtcNow() - Fleets.Now);
    }

    [Fact]
    public async Task After_three_tries_it_is_given_up_and_the_log_names_the_host_alone()
    {
        await using var server = await HookServer.StartAsync();
        Enumerable.Repeat(500, 3).ToList().ForEach(server.Answers.Enqueue);
        await TellAsync(WebhookTarget.Find(server.Address.Replace("://", "://ann:hunter2@", StringComparison.Ordinal) + "/services/hidden?token=hidden", "hidden")!);

        Assert.Equal($"Warning: the webhook at {server.Address} did not take a notification (it answered 500, 3 tries): here/a asks", Assert.Single(_log.Entries));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_refusal_is_final(int status)
    {
        await using var server = await HookServer.StartAsync();
        server.Answers.Enqueue(status);
        await TellAsync(WebhookTarget.Find(server.Address, null)!);

        await server.NextAsync();
        Assert.False(server.HasMore);
        Assert.Contains($"it answered {status}, 1 tries", Assert.Single(_log.Entries));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await HookServer.StartAsync();
        await using var server = await HookServer.StartAsync();
        (server.Location, _) = (other.Address, 0);
        server.Answers.Enqueue(307);
        await TellAsync(WebhookTarget.Find(server.Address, null)!);

        await server.NextAsync();
        Assert.False(other.HasMore);
        Assert.Contains("redirects are not followed", Assert.Single(_log.Entries));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_waited_for_five_seconds_and_then_tried_again()
    {
        await using var server = await HookServer.StartAsync();
        server.Answers.Enqueue(HookServer.Silence);
        var telling = TellAsync(WebhookTarget.Find(server.Address, null)!);
        await server.NextAsync();
        Assert.False(telling.IsCompleted);

        _time.Advance(WebhookChannel.Timeout);

        await server.NextAsync();
        await telling;
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Nobody_there_is_tried_again_and_told_without_the_address()
    {
        var server = await HookServer.StartAsync();
        var address = server.Address;
        await server.DisposeAsync();
        await TellAsync(WebhookTarget.Find($"{address}/hidden", null)!);

        Assert.Equal($"Warning: the webhook at {address} did not take a notification (ConnectionError, 3 tries): here/a asks", Assert.Single(_log.Entries));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_at_once()
    {
        await using var server = await FakeApiServer.StartAsync();
        await TellAsync(WebhookTarget.Find(server.Address, null)!);

        Assert.Empty(server.Requests);
        Assert.Contains("SecureConnectionError, 1 tries", Assert.Single(_log.Entries));
    }

    [Theory]
    [InlineData("ftp://example.org")]
    [InlineData("example.org/hook")]
    [InlineData("/hook")]
    [InlineData("")]
    public void What_is_no_web_address_is_none(string url) => Assert.Null(WebhookTarget.Find(url, null));

    private async Task TellAsync(WebhookTarget target)
    {
        using var channel = new WebhookChannel(target, _time, () => 1, _log);
        await channel.TellAsync(Notes.Of("here/a asks"), new NotifySettings(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
