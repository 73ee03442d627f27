using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tsp;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Somebody else's time-stamp authority on a real port, with dials for everything that can go wrong.</summary>
internal sealed class StubAuthority : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<byte[], Task<byte[]>> answer;
    private int asked;

    private StubAuthority(Func<byte[], Task<byte[]>> answer)
    {
        this.answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/tsa", HandleAsync);
    }

    public string Mode { get; set; } = "right";

    public int Asked => asked;

    public string Url => app.Urls.First() + "/tsa";

    /// <param name="answer">The right answer to a query.</param>
    public static async Task<StubAuthority> StartAsync(Func<byte[], Task<byte[]>> answer)
    {
        var stub = new StubAuthority(answer);
        await stub.app.StartAsync();
        return stub;
    }

    private async Task<IResult> HandleAsync(HttpRequest request)
    {
        Interlocked.Increment(ref asked);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var query = body.ToArray();
        var (asked_, generator) = (new TimeStampRequest(query), new TimeStampRequestGenerator());
        generator.SetCertReq(Mode != "no-certificates");
        switch (Mode)
        {
            case "slow":
                await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.Empty;
            case "error":
                return Results.StatusCode(500);
            case "garbage":
                return Results.Bytes("<html>not today</html>"u8.ToArray());
            case "endless":
                return Results.Bytes(new byte[200 * 1024]);
            case "refusal":
                return Results.Bytes(await answer([1, 2, 3]));
            case "wrong-imprint":
                return Results.Bytes(await answer(generator.Generate(asked_.MessageImprintAlgOid, RandomNumberGenerator.GetBytes(32), asked_.Nonce).GetEncoded()));
            case "wrong-nonce":
                return Results.Bytes(await answer(generator.Generate(asked_.MessageImprintAlgOid, asked_.GetMessageImprintDigest(), BigInteger.Ten).GetEncoded()));
            case "no-nonce":
                return Results.Bytes(await answer(generator.Generate(asked_.MessageImprintAlgOid, asked_.GetMessageImprintDigest()).GetEncoded()));
            case "no-certificates":
                return Results.Bytes(await answer(generator.Generate(asked_.MessageImprintAlgOid, asked_.GetMessageImprintDigest(), asked_.Nonce).GetEncoded()));
            default:
                return Results.Bytes(await answer(query));
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
