using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Tests.Passkeys;

/// <summary>Stands before the service as the gateway does, on a real port that a real browser can open.</summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly WebApplication app;
    private HttpMessageInvoker? service;

    private Front(WebApplication app) => this.app = app;

    /// <summary>By name, not by number: a passkey belongs to a host name, and this one counts as secure without a certificate.</summary>
    public string Url => $"http://localhost:{new Uri(app.Urls.First()).Port}";

    /// <summary>Identity with a front of its own, whose address it believes to be the platform's.</summary>
    public static async Task<Front> StartAsync(IdentitySite site)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var front = new Front(builder.Build());
        front.app.Run(front.ForwardAsync);
        await front.app.StartAsync();
        var factory = await site.StartReplicaAsync(f => f.WithSetting("PublicUrl", front.Url));
        front.service = new HttpMessageInvoker(((TestServer)factory.Services.GetRequiredService<IServer>()).CreateHandler());
        return front;
    }

    private async Task ForwardAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), "http://identity" + http.Request.Path + http.Request.QueryString);
        if (http.Request.ContentLength > 0)
            request.Content = new StreamContent(http.Request.Body);
        foreach (var (name, value) in http.Request.Headers.Where(h => h.Key != "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var answer = await service!.SendAsync(request, http.RequestAborted); // Set before anybody knows the address.
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers))
            http.Response.Headers[name] = value.ToArray();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        service?.Dispose();
        await app.DisposeAsync();
    }
}
