using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>The address that certificates name, on a real port: who checks a signature asks there, as he asks the gateway elsewhere.</summary>
internal sealed class PublicDoor : IAsyncDisposable
{
    private readonly WebApplication app;

    private PublicDoor()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Map("/pki/{**rest}", (Delegate)ForwardAsync);
    }

    public string Url => app.Urls.First();

    /// <summary>A client of the service behind the door.</summary>
    public HttpClient? Service { get; set; }

    /// <summary>Method and path of each request, with the type of what was answered.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<PublicDoor> OpenAsync()
    {
        var door = new PublicDoor();
        await door.app.StartAsync();
        return door;
    }

    private async Task<IResult> ForwardAsync(HttpContext context)
    {
        // As it was sent: escaped.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using var answer = await (Service ?? throw new InvalidOperationException("Nobody is behind the door."))
            .SendAsync(request, context.RequestAborted);
        var type = answer.Content.Headers.ContentType?.ToString();
        Asked.Enqueue($"{context.Request.Method} {target} {(int)answer.StatusCode} {type}");
        context.Response.StatusCode = (int)answer.StatusCode;
        return Results.Bytes(await answer.Content.ReadAsByteArrayAsync(context.RequestAborted), type);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Service?.Dispose();
    }
}
