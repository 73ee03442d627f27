using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Notifications.Tests.Support;

/// <summary>The platform's front on a real port, for programs outside the test process: tokens for one client, and the service behind.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    public const string Secret = "the client's secret";

    private readonly WebApplication app;

    private FakeGateway(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public static async Task<FakeGateway> StartAsync(World world, string client)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/connect/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return form["grant_type"] == "client_credentials" && form["client_secret"] == Secret && form["scope"] == "halong.events"
                ? Results.Json(new { access_token = world.Identity.PartnerToken(client), expires_in = 600, token_type = "Bearer" })
                : Results.StatusCode(401);
        });
        app.Map("/api/{**rest}", async (HttpContext http) =>
        {
            using var service = world.Service.Client();
            using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.Path + http.Request.QueryString);
            request.Headers.TryAddWithoutValidation("Authorization", http.Request.Headers.Authorization.ToString());
            if (http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key)
                request.Headers.Add("Idempotency-Key", key);
            if (HttpMethods.IsPost(http.Request.Method))
            {
                request.Content = new StreamContent(http.Request.Body);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            using var response = await service.SendAsync(request, http.RequestAborted);
            return Results.Text(await response.Content.ReadAsStringAsync(http.RequestAborted), "application/json", statusCode: (int)response.StatusCode);
        });
        await app.StartAsync();
        return new FakeGateway(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
