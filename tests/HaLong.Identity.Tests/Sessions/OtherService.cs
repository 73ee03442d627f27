using System.Net;
using System.Net.Http.Headers;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Tests.Sessions;

/// <summary>Another service of the platform, with the real defaults, that knows identity only by its address.</summary>
internal sealed class OtherService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private OtherService(WebApplication app)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public static async Task<OtherService> StartAsync(string identity, string issuer, string client = "dossier")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["URLS"] = "http://127.0.0.1:0",
            ["PublicUrl"] = issuer,
            ["services:identity:http:0"] = identity,
            ["ServiceAuth:ClientId"] = client,
            ["ServiceAuth:ClientSecret"] = client + "-secret",
        });
        builder.AddServiceDefaults("other");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGet("/who", (Caller caller) => caller.Subject).RequireAuthorization(Policies.SignedIn);
        await app.StartAsync();
        return new OtherService(app);
    }

    public async Task<HttpResponseMessage> AskAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _client.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string? token)
    {
        using var answer = await AskAsync(token);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
