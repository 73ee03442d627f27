using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Somebody else's authority on a real port, which is asked about its certificates, with dials for everything that can go wrong.</summary>
internal sealed class StubIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private ForeignPki? pki;
    private int asked;

    private StubIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/ocsp", () => Mode == "ocsp" ? Results.Bytes(Pki.Answer(Pki.Signer.Certificate), "application/ocsp-response") : Results.StatusCode(500));
        app.MapGet("/{name}.crl", ListAsync);
    }

    /// <summary>right, ocsp, revoked, garbage, redirect, endless or slow.</summary>
    public string Mode { get; set; } = "right";

    /// <summary>How often a list was asked for.</summary>
    public int Asked => asked;

    /// <summary>The authority whose certificates name this place.</summary>
    public ForeignPki Pki => pki ?? throw new InvalidOperationException("Not started.");

    /// <summary>host:port.</summary>
    public string Host => new Uri(app.Urls.First()).Authority;

    public static async Task<StubIssuer> StartAsync()
    {
        var stub = new StubIssuer();
        await stub.app.StartAsync();
        stub.pki = new ForeignPki("Issuer that is asked", $"http://{stub.Host}");
        return stub;
    }

    private async Task<IResult> ListAsync(string name, HttpContext http)
    {
        Interlocked.Increment(ref asked);
        switch (Mode)
        {
            case "redirect":
                return Results.Redirect("/other.crl");
            case "endless":
                return Results.Stream(new MemoryStream(new byte[2 * 1024 * 1024]));
            case "slow":
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.Empty;
            default:
                return Results.Bytes(Mode == "garbage" ? "not today"u8.ToArray() : Pki.List(name == "root", Mode == "revoked"
                    ? Pki.Signer.Certificate : null));
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
