using HaLong.Signatures.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cmp;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Tsp;
using Org.BouncyCastle.Tsp;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Somebody else's authority: time-stamps, status answers and lists on a real port, named by its certificates.</summary>
internal sealed class ForeignAuthority : IAsyncDisposable
{
    private readonly WebApplication app;
    private TestPki? pki;
    private SigningKey? stamper;
    private int asked;

    private ForeignAuthority()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/tsa", StampAsync);
        app.MapPost("/pki/ocsp", Status);
        app.MapGet("/pki/issuing.crl", () => List(ofRoot: false));
        app.MapGet("/pki/root.crl", () => List(ofRoot: true));
    }

    /// <summary>right, lists (no answers, but lists), revoked, garbage, endless, redirect, down.</summary>
    public string Mode { get; set; } = "right";

    public string Url => app.Urls.First() + "/tsa";

    public int Asked => asked;

    public string RootPem => Pki.Root.ExportCertificatePem();

    private TestPki Pki => pki ?? throw new InvalidOperationException("Not started.");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<ForeignAuthority> StartAsync(bool withPlaces = true)
    {
        var authority = new ForeignAuthority();
        await authority.app.StartAsync();
        authority.pki = new TestPki("Foreign root", places: withPlaces ? authority.app.Urls.First() + "/pki" : null);
        authority.stamper = authority.pki.NewStamper();
        return authority;
    }

    private async Task<IResult> StampAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var question = new TimeStampRequest(body.ToArray());
        var info = new TstInfo(new DerObjectIdentifier("1.2.3"), new MessageImprint(question.MessageImprintAlgID, question.GetMessageImprintDigest()),
            DerInteger.ValueOf(1), new Asn1GeneralizedTime(Now.UtcDateTime), null, DerBoolean.False, new DerInteger(question.Nonce), null, null);
        var token = CmsWriter.Enclose("1.2.840.113549.1.9.16.1.4", info.GetDerEncoded(), stamper!, withCertificates: true);
        return Results.Bytes(new TimeStampResp(new PkiStatusInfo(0), ContentInfo.GetInstance(token)).GetDerEncoded());
    }

    private IResult Status()
    {
        Interlocked.Increment(ref asked);
        return Mode switch
        {
            "right" => Results.Bytes(Pki.Answer(stamper!.Certificate, Now.AddMinutes(-1), Now.AddHours(1))),
            "revoked" => Results.Bytes(Pki.Answer(stamper!.Certificate, Now.AddMinutes(-1), Now.AddHours(1), revoked: Now.AddDays(-1))),
            "garbage" => Results.Bytes("<html>not today</html>"u8.ToArray()),
            "endless" => Results.Bytes(new byte[200 * 1024]),
            "redirect" => Results.Redirect("/pki/root.crl"),
            _ => Results.StatusCode(500),
        };
    }

    private IResult List(bool ofRoot) => Mode is "right" or "lists" || ofRoot ? Results.Bytes(Pki.List(ofRoot, Now.AddMinutes(-1), Now.AddDays(1)))
        : Results.StatusCode(500);

    public async ValueTask DisposeAsync()
    {
        stamper?.Dispose();
        await app.DisposeAsync();
    }
}
