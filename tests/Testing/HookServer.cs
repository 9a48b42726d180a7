using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentDeck.Testing;

/// <summary>A receiver of webhooks on this machine: takes everything, and answers as the test says.</summary>
public sealed class HookServer : IAsyncDisposable
{
    /// <summary>An answer that never comes.</summary>
    public const int Silence = 0;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _application;
    private readonly Channel<HookRequest> _requests = Channel.CreateUnbounded<HookRequest>();

    private HookServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>The next status codes; 204 when there are none.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    /// <summary>Where a redirect leads.</summary>
    public string Location { get; set; } = "";

    /// <summary>Its address, for example <c>http://127.0.0.1:40001</c>.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Whether a request came that nobody looked at yet.</summary>
    public bool HasMore => _requests.Reader.TryPeek(out _);

    /// <summary>Starts one.</summary>
    public static async Task<HookServer> StartAsync()
    {
        var server = new HookServer();
        await server._application.StartAsync();
        return server;
    }

    /// <summary>The next request; waits for it.</summary>
    public async Task<HookRequest> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await _requests.Reader.ReadAsync(deadline.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        var status = Answers.TryDequeue(out var wanted) ? wanted : 204;
        await _requests.Writer.WriteAsync(new HookRequest($"{context.Request.Path}{context.Request.QueryString}", headers, body.ToArray()), context.RequestAborted);
        if (status == Silence)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = status;
        if (Location.Length > 0)
        {
            context.Response.Headers.Location = Location;
        }
    }
}
