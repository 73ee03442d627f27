using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Signatures.Features;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Tests.Validation;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Features;

/// <summary>Forms with a file and the signature beside it, the detailed report, and the list of trusted roots in a running service.</summary>
public sealed class ValidateFilesTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static readonly byte[] Content = "tệp bất kỳ"u8.ToArray();
    private static readonly ForeignPki Foreign = new("Foreign root on the list");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static MultipartFormDataContent Form(params (string Field, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, content) in files)
            form.Add(new ByteArrayContent(content), field, field);
        return form;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(HttpContent body, string query = "", HttpClient? client = null)
    {
        using (body)
        {
            using var answer = await (client ?? fixture.Service.Client()).PostAsync("/api/v1/validations" + query, body, Ct);
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
        }
    }

    private async Task<string> IndicationAsync(params (string, byte[])[] files) => (await PostAsync(Form(files))).Answer.GetProperty("indication")
        .GetString()!;

    private async Task RefusedAsync(HttpStatusCode status, string code, HttpContent body, string query = "")
    {
        var (got, answer) = await PostAsync(body, query);
        Assert.Equal((status, code), (got, answer.GetProperty("code").GetString()));
    }

    private static Task<byte[]> SignAsync(byte[]? content = null) =>
        FileValidatorTests.SignAsync(Foreign.Signer, null, new([], [], [Foreign.List(true), Foreign.List(false)]), content ?? Content);

    [Fact]
    public async Task Which_file_is_the_signature_its_content_decides()
    {
        var signature = await SignAsync();
        // Known is not the issuer, but what fits together was found out.
        Assert.Equal("UNKNOWN", await IndicationAsync(("file", Content), ("signature", signature)));
        Assert.Equal("UNKNOWN", await IndicationAsync(("signature", Content), ("file", signature)));
        Assert.Equal("UNKNOWN", await IndicationAsync(("a", signature), ("b", Content)));
        Assert.Equal("INVALID", await IndicationAsync(("a", signature), ("b", "khác"u8.ToArray())));
        // A signature over a signature: here only the fields say which is which.
        Assert.Equal("UNKNOWN", await IndicationAsync(("signature", await SignAsync(signature)), ("file", signature)));
        Assert.Equal("UNKNOWN", await IndicationAsync(("a", signature), ("b", await SignAsync(signature))));
        // Called a signature and none: that is a word about the signature.
        Assert.Equal("INVALID", await IndicationAsync(("file", Content), ("signature", "none"u8.ToArray())));
    }

    [Fact]
    public async Task A_PDF_may_be_signed_beside_it_too()
    {
        var pdf = SamplePdfs.Table();
        var (_, report) = await PostAsync(Form(("file", pdf), ("signature", await SignAsync(pdf))));
        Assert.Equal(["UNTRUSTED_CHAIN"], report.GetProperty("signatures")[0].GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("CAdES.detached", report.GetProperty("signatures")[0].GetProperty("format").GetString());
    }

    [Fact]
    public async Task Forms_that_do_not_say_what_to_check_are_refused()
    {
        var signature = await SignAsync();
        await RefusedAsync(HttpStatusCode.BadRequest, "SIG-0550", Form(("file", signature)));
        await RefusedAsync(HttpStatusCode.BadRequest, "SIG-0552", Form(("file", Content), ("signature", signature), ("other", Content)));
        await RefusedAsync(HttpStatusCode.BadRequest, "SIG-0553", Form(("file", Content), ("other", Content)));
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "SIG-0551", Form(("file", Content), ("signature", new byte[CmsFile.MaxBytes + 1])));
        await RefusedAsync(HttpStatusCode.BadRequest, "SIG-0554", Form(("file", Content), ("signature", signature)), "?report=long");
    }

    [Fact]
    public async Task A_file_of_the_largest_size_is_checked_without_being_held()
    {
        var large = new byte[SignPdf.MaxBytes];
        large[7] = 7;
        using var file = new Pieces(large);
        using var read = (await UploadedFile.ReadAsync(file, "file", null, Ct)).Value;
        Assert.Equal(((long)SignPdf.MaxBytes, CmsFile.MaxBytes + 1, false), (read.Length, read.Kept.Length, read.IsPdf));
        Assert.Equal(SHA256.HashData(large), read.DigestBy(HashAlgorithmName.SHA256));

        using var larger = new MemoryStream([.. large, 0]);
        Assert.Equal("SIG-0006", (await UploadedFile.ReadAsync(larger, "file", null, Ct)).Error.Code);
    }

    [Fact]
    public async Task A_PDF_that_comes_in_small_pieces_is_known_as_one_and_held()
    {
        var pdf = SamplePdfs.Table();
        using var file = new Pieces(pdf);
        using var read = (await UploadedFile.ReadAsync(file, "", pdf.Length, Ct)).Value;
        Assert.True(read.IsPdf);
        Assert.Equal(pdf, read.Kept.ToArray());
        Assert.Equal(SHA384.HashData(pdf), read.DigestBy(HashAlgorithmName.SHA384));
        Assert.Null(read.DigestBy(HashAlgorithmName.MD5));
    }

    [Fact]
    public async Task The_detailed_report_has_every_check_and_what_was_seen_and_the_simple_one_has_not()
    {
        var signed = (await fixture.AsDossier().SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table()))).SignedPdf.ToByteArray();
        var (_, simple) = await PostAsync(Form(("file", signed)));
        Assert.False(simple.GetProperty("signatures")[0].TryGetProperty("detail", out _));
        Assert.Contains("hợp lệ", simple.GetProperty("signatures")[0].GetProperty("summary").GetProperty("vi").GetString()!, StringComparison.Ordinal);

        var (_, report) = await PostAsync(Form(("file", signed)), "?report=detailed");
        var detail = report.GetProperty("signatures")[0].GetProperty("detail");
        Assert.Equal(["checkedFor", "checks", "algorithms", "chain", "statuses", "timeStamps"], detail.EnumerateObject().Select(p => p.Name));
        Assert.All(detail.GetProperty("checks").EnumerateArray(), c => Assert.Equal("PASSED", c.GetProperty("outcome").GetString()));
        Assert.Equal(12, detail.GetProperty("checks").GetArrayLength());
        Assert.Equal("""{"digest":"SHA256","key":"EC","bits":256,"scheme":"ECDSA"}""", detail.GetProperty("algorithms").GetRawText());
        Assert.Equal(["CN=HaLong Development Issuing CA,O=UBND phường Hạ Long,C=VN", "CN=HaLong Development Root CA,O=UBND phường Hạ Long,C=VN"],
            detail.GetProperty("chain").EnumerateArray().Skip(1).Select(c => c.GetProperty("subject").GetString()));
        Assert.Equal(["GOOD", "GOOD"], detail.GetProperty("statuses").EnumerateArray().Select(s => s.GetProperty("outcome").GetString()));
        Assert.Equal(["REGISTER", "REGISTER"], detail.GetProperty("statuses").EnumerateArray().Select(s => s.GetProperty("source").GetString()));
        var stamp = Assert.Single(detail.GetProperty("timeStamps").EnumerateArray());
        Assert.Equal(("TRUSTED", "CN=HaLong Development Time-Stamp Authority,O=UBND phường Hạ Long,C=VN"), (stamp.GetProperty("outcome").GetString(),
            stamp.GetProperty("authority").GetString()));

        var (_, altered) = await PostAsync(Form(("file", Content), ("signature", await SignAsync("khác"u8.ToArray()))), "?report=detailed");
        var outcomes = altered.GetProperty("signatures")[0].GetProperty("detail").GetProperty("checks").EnumerateArray().ToDictionary(c =>
            c.GetProperty("name").GetString()!, c => c.GetProperty("outcome").GetString());
        Assert.Equal(("FAILED", "NOT_CHECKED", "PASSED"), (outcomes["INTEGRITY"], outcomes["SIGNATURE_VALUE"], outcomes["STRUCTURE"]));
    }

    [Fact]
    public async Task A_root_put_on_the_list_is_trusted_without_a_restart_and_one_withdrawn_no_longer()
    {
        using var judge = new Judge();
        static byte[] List(params object[] entries) => JsonSerializer.SerializeToUtf8Bytes(new { entries });
        var path = judge.Save("roots.json", List());
        await using var service = SignatureFixture.Create(fixture.Servers, fixture.Identity).WithSetting("Validation:TrustListPath", path)
            .WithSetting("Validation:TrustListSeconds", "1");
        await service.StartAsync();
        using var client = service.Client();
        var signature = await SignAsync();
        async Task<(string?, string?)> AskAsync()
        {
            var (_, report) = await PostAsync(Form(("file", Content), ("signature", signature)), client: client);
            return (report.GetProperty("indication").GetString(), report.GetProperty("signatures")[0].GetProperty("reasons").EnumerateArray().Select(r =>
                r.GetString()).SingleOrDefault());
        }

        Assert.Equal(("UNKNOWN", "UNTRUSTED_CHAIN"), await AskAsync());
        judge.Save("roots.json", List(TrustListTests.Entry(Foreign)));
        await HaLong.TestSupport.Eventually.Async(async () => await AskAsync() == ("VALID", null), "the new root");
        judge.Save("roots.json", List(TrustListTests.Entry(Foreign, until: "2021-01-01")));
        await HaLong.TestSupport.Eventually.Async(async () => await AskAsync() == ("UNKNOWN", "ISSUER_WITHDRAWN"), "the withdrawal");
    }

    [Fact]
    public async Task Where_the_file_does_not_say_the_issuer_is_asked_when_that_is_switched_on()
    {
        await using var issuer = await StubIssuer.StartAsync();
        using var judge = new Judge();
        var path = judge.Save("roots.json", JsonSerializer.SerializeToUtf8Bytes(new { entries = new[] { TrustListTests.Entry(issuer.Pki) } }));
        await using var service = SignatureFixture.Create(fixture.Servers, fixture.Identity).WithSetting("Validation:TrustListPath", path)
            .WithSetting("Validation:AskIssuers", "true");
        await service.StartAsync();
        using var client = service.Client();
        var signature = await FileValidatorTests.SignAsync(issuer.Pki.Signer, content: Content);
        async Task<string?> AskAsync() => (await PostAsync(Form(("file", Content), ("signature", signature)), client: client))
            .Answer.GetProperty("indication").GetString();

        Assert.Equal("VALID", await AskAsync());
        issuer.Mode = "revoked";
        Assert.Equal("REVOKED", await AskAsync());
        issuer.Mode = "garbage";
        Assert.Equal("UNKNOWN", await AskAsync());
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_keeps_the_service_from_starting_and_names_the_key()
    {
        using var judge = new Judge();
        await using var service = SignatureFixture.Create(fixture.Servers, fixture.Identity).WithSetting("Validation:TrustListPath",
            judge.Save("roots.json", "{"u8.ToArray()));
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => service.StartAsync());
        Assert.Contains("Validation:TrustListPath", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Hands out small pieces, as a network does.</summary>
    private sealed class Pieces(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, Position < 10 ? 2 : 40_000)], cancellationToken);
    }
}
