using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;
using Org.BouncyCastle.Ocsp;

namespace HaLong.Signatures.Tests.Features;

/// <summary>What anyone can learn about our certificates: lists and status, judged by openssl.</summary>
public sealed class StatusTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly HttpClient client = fixture.Service.Client();

    private async Task<byte[]> SealAsync(string unit)
    {
        await fixture.AsDossier().SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table(), unit: unit));
        return await fixture.QueryAsync(db => db.Credentials.Where(c => c.UnitCode == unit).OrderByDescending(c => c.Id).Select(c => c.Certificate).FirstAsync());
    }

    private async Task RevokeAsync(string unit, RevocationReason reason = RevocationReason.KeyCompromise)
    {
        await fixture.QueryAsync(async db =>
        {
            (await db.Credentials.SingleAsync(c => c.UnitCode == unit && c.SupersededAt == null)).Revoke(reason, fixture.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        // Another replica's change is seen when what is known here has grown old.
        fixture.Time.Shift += TimeSpan.FromSeconds(31);
    }

    private async Task<(string Issuing, string Chain, string Seal)> FilesAsync(Judge judge, byte[] seal)
    {
        var (root, issuing) = (await fixture.RootPemAsync(), await client.GetStringAsync("/pki/issuing.pem", Ct));
        using var certificate = X509CertificateLoader.LoadCertificate(seal);
        return (judge.Save("issuing.pem", Encoding.ASCII.GetBytes(issuing)), judge.Save("chain.pem", Encoding.ASCII.GetBytes(root + issuing)),
            judge.Save("seal.pem", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())));
    }

    private async Task<byte[]> AskAsync(byte[] request, string type = "application/ocsp-request", HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var body = new ByteArrayContent(request);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await client.PostAsync("/pki/ocsp", body, Ct);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    /// <summary>Openssl asks (with a nonce unless told otherwise), we answer, openssl judges.</summary>
    private async Task<string> OpensslAsync(byte[] seal, params string[] options)
    {
        using var judge = new Judge();
        var (issuing, chain, file) = await FilesAsync(judge, seal);
        var request = Path.Combine(judge.Folder, "request.der");
        judge.Run("openssl", ["ocsp", .. options, "-issuer", issuing, "-cert", file, "-reqout", request]).Succeeded();
        var response = judge.Save("response.der", await AskAsync(await File.ReadAllBytesAsync(request, Ct)));
        // Given the certificate it would make a request, and a nonce, of its own: so the nonce is judged first, then the status.
        return judge.Run("openssl", "ocsp", "-reqin", request, "-respin", response, "-CAfile", chain).Succeeded().Output
            + judge.Run("openssl", ["ocsp", .. options, "-no_nonce", "-respin", response, "-issuer", issuing, "-cert", file, "-CAfile", chain]).Succeeded().Output;
    }

    private static byte[] Request(X509Certificate2 issuer, int count = 1, Org.BouncyCastle.Math.BigInteger? serial = null)
    {
        var generator = new OcspReqGenerator();
        for (var i = 0; i < count; i++)
            generator.AddRequest(new CertificateID(CertificateID.DigestSha1, new Org.BouncyCastle.X509.X509Certificate(issuer.RawData),
                serial ?? Org.BouncyCastle.Math.BigInteger.ValueOf(1000 + i)));
        return generator.Generate().GetEncoded();
    }

    private async Task<X509Certificate2> IssuingAsync() => X509Certificate2.CreateFromPem(await client.GetStringAsync("/pki/issuing.pem", Ct));

    [Fact]
    public async Task Openssl_believes_that_a_seal_is_good_with_and_without_a_nonce()
    {
        var seal = await SealAsync("06720");
        foreach (var options in new[] { Array.Empty<string>(), ["-no_nonce"], ["-sha256"] })
        {
            var said = await OpensslAsync(seal, options);
            Assert.Contains("Response verify OK", said, StringComparison.Ordinal);
            Assert.Contains("seal.pem: good", said, StringComparison.Ordinal);
            Assert.DoesNotContain("WARNING", said, StringComparison.Ordinal);
            Assert.DoesNotContain("rror", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_seal_is_revoked_in_answer_and_list_with_its_reason()
    {
        var (seal, other) = (await SealAsync("06721"), await SealAsync("06722"));
        Assert.Contains("good", await OpensslAsync(seal), StringComparison.Ordinal);
        await RevokeAsync("06721");

        var said = await OpensslAsync(seal);
        Assert.Contains("seal.pem: revoked", said, StringComparison.Ordinal);
        Assert.Contains("Reason: keyCompromise", said, StringComparison.Ordinal);
        Assert.Contains("good", await OpensslAsync(other), StringComparison.Ordinal);

        using var judge = new Judge();
        var (_, chain, file) = await FilesAsync(judge, seal);
        var list = judge.Save("issuing.crl", await client.GetByteArrayAsync("/pki/issuing.crl", Ct));
        var text = judge.Run("openssl", "crl", "-inform", "DER", "-in", list, "-CAfile", chain, "-noout", "-text").Succeeded().Output;
        Assert.Contains("verify OK", text, StringComparison.Ordinal);
        Assert.Contains("Key Compromise", text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexString(X509CertificateLoader.LoadCertificate(seal).SerialNumberBytes.Span), text, StringComparison.Ordinal);
        var pem = Path.Combine(judge.Folder, "crl.pem");
        judge.Run("openssl", "crl", "-inform", "DER", "-in", list, "-out", pem).Succeeded();
        var verdict = judge.Run("openssl", "verify", "-crl_check", "-CRLfile", pem, "-CAfile", chain, file);
        Assert.NotEqual(0, verdict.ExitCode);
        Assert.Contains("certificate revoked", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pdfsig_asks_us_and_believes_that_a_seal_is_good_and_that_it_was_revoked()
    {
        var signed = (await fixture.AsDossier().SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table(), unit: "06726"))).SignedPdf.ToByteArray();
        using var judge = new Judge();
        var root = await fixture.RootPemAsync();
        fixture.Door.Asked.Clear();
        judge.PdfSig(signed, root).SaysValid();
        Assert.Matches("^(GET|POST) /pki/ocsp.* 200 application/ocsp-response$", Assert.Single(fixture.Door.Asked));

        await RevokeAsync("06726");
        var said = judge.PdfSig(signed, root).Output;
        Assert.Contains("Signature is Valid.", said, StringComparison.Ordinal);
        Assert.Contains("Certificate has been Revoked.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_lists_no_authority_and_its_list_verifies()
    {
        using var judge = new Judge();
        var root = judge.Save("root.pem", Encoding.ASCII.GetBytes(await fixture.RootPemAsync()));
        using var answer = await client.GetAsync("/pki/root.crl", Ct);
        Assert.Equal("application/pkix-crl", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.CacheControl?.MaxAge);
        var list = judge.Save("root.crl", await answer.Content.ReadAsByteArrayAsync(Ct));
        var text = judge.Run("openssl", "crl", "-inform", "DER", "-in", list, "-CAfile", root, "-noout", "-text").Succeeded().Output;
        Assert.Contains("verify OK", text, StringComparison.Ordinal);
        Assert.Contains("No Revoked Certificates", text, StringComparison.Ordinal);
        using var none = await client.GetAsync("/pki/seal.crl", Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task By_get_the_same_answer_may_be_kept_on_the_way_and_is_not_signed_twice()
    {
        using var seal = X509CertificateLoader.LoadCertificate(await SealAsync("06723"));
        var request = Request(await IssuingAsync(), serial: new Org.BouncyCastle.Math.BigInteger(seal.SerialNumber, 16));
        var text = Convert.ToBase64String(request);
        using var answer = await client.GetAsync("/pki/ocsp/" + Uri.EscapeDataString(text), Ct);
        Assert.Equal("application/ocsp-response", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: 30 });
        var first = await answer.Content.ReadAsByteArrayAsync(Ct);

        Assert.Equal(first, await AskAsync(request));
        Assert.Equal(first, await client.GetByteArrayAsync("/pki/ocsp/" + text, Ct));
        var single = ((BasicOcspResp)new OcspResp(first).GetResponseObject()).Responses.Single();
        Assert.Null(single.GetCertStatus());
        Assert.Equal(TimeSpan.FromHours(1), single.NextUpdate - single.ThisUpdate);
    }

    [Fact]
    public async Task Numbers_never_issued_are_unknown_and_other_issuers_no_matter_of_ours()
    {
        using var issuing = await IssuingAsync();
        var unknown = (BasicOcspResp)new OcspResp(await AskAsync(Request(issuing, 10))).GetResponseObject();
        Assert.All(unknown.Responses, r => Assert.IsType<UnknownStatus>(r.GetCertStatus()));

        using var root = X509Certificate2.CreateFromPem(await fixture.RootPemAsync());
        foreach (var stranger in new[] { root, TestPki.Default.Issuing })
            Assert.Equal(OcspRespStatus.Unauthorized, new OcspResp(await AskAsync(Request(stranger))).Status);
    }

    [Fact]
    public async Task What_is_no_question_is_malformed_and_bodies_are_bounded()
    {
        using var issuing = await IssuingAsync();
        foreach (var request in new[] { [], "hello"u8.ToArray(), Request(issuing, 11), Request(issuing)[..^4], [0x30, 0x00] })
            Assert.Equal(OcspRespStatus.MalformedRequest, new OcspResp(await AskAsync(request)).Status);
        foreach (var path in new[] { "/pki/ocsp/", "/pki/ocsp/%25%25", "/pki/ocsp/AAAA" })
            Assert.Equal(OcspRespStatus.MalformedRequest, new OcspResp(await client.GetByteArrayAsync(path, Ct)).Status);
        await AskAsync(Request(issuing), "application/json", HttpStatusCode.UnsupportedMediaType);
        await AskAsync(new byte[5000], expected: HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Certificates_say_where_their_issuer_list_and_status_are_found()
    {
        using var seal = X509CertificateLoader.LoadCertificate(await SealAsync("06724"));
        var access = seal.Extensions.OfType<X509AuthorityInformationAccessExtension>().Single();
        var place = fixture.Door.Url + "/pki";
        Assert.Equal([place + "/ocsp"], access.EnumerateOcspUris());
        Assert.Equal([place + "/issuing.der"], access.EnumerateCAIssuersUris());
        Assert.Contains(place + "/issuing.crl", Encoding.ASCII.GetString(seal.Extensions["2.5.29.31"]!.RawData), StringComparison.Ordinal);
        using var issuing = X509CertificateLoader.LoadCertificate(await client.GetByteArrayAsync("/pki/issuing.der", Ct));
        Assert.Equal(seal.IssuerName.RawData, issuing.SubjectName.RawData);
    }

    [Fact]
    public async Task Each_replica_speaks_with_the_same_responders_and_renews_them_before_their_end()
    {
        await SealAsync("06725");
        async Task<List<Authority>> CurrentAsync() => await fixture.QueryAsync(db => db.Authorities.AsNoTracking()
            .Where(a => a.SupersededAt == null && (a.Kind == AuthorityKind.StatusResponder || a.Kind == AuthorityKind.TimeStamp)).ToListAsync());
        var before = await CurrentAsync();
        Assert.Equal(2, before.Count);
        var shift = fixture.Time.Shift;
        try
        {
            fixture.Time.Shift += TimeSpan.FromDays(61);
            using var issuing = await IssuingAsync();
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(Request(issuing))));
            var after = await CurrentAsync();
            Assert.Equal(2, after.Count);
            Assert.Single(after.Select(a => a.Id).Intersect(before.Select(a => a.Id)));
        }
        finally
        {
            fixture.Time.Shift = shift;
        }
    }
}
