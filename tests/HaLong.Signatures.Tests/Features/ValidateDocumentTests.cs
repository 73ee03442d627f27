using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using HaLong.Signatures.Features;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;

namespace HaLong.Signatures.Tests.Features;

public sealed class ValidateDocumentTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const string Path = "/api/v1/validations";

    private async Task<byte[]> SignedAsync(byte[]? pdf = null) =>
        (await fixture.AsDossier().SignPdfAsync(SignatureFixture.Request(pdf ?? SamplePdfs.Table()))).SignedPdf.ToByteArray();

    private static ByteArrayContent Raw(byte[] content, string? type = "application/pdf")
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return body;
    }

    private async Task<JsonElement> ReportAsync(HttpContent content)
    {
        using var answer = await fixture.Service.Client().PostAsync(Path, content, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task RefusedAsync(HttpContent content, HttpStatusCode status, string code, HttpClient? client = null)
    {
        using var answer = await (client ?? fixture.Service.Client()).PostAsync(Path, content, Ct);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
    }

    private static string[] Words(JsonElement element, string name = "reasons") =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    [Fact]
    public async Task A_signed_result_is_valid_for_anyone_who_asks()
    {
        var report = await ReportAsync(Raw(await SignedAsync()));

        Assert.Equal("VALID", report.GetProperty("indication").GetString());
        Assert.Contains("hợp lệ", report.GetProperty("summary").GetProperty("vi").GetString()!, StringComparison.Ordinal);
        Assert.Contains("valid", report.GetProperty("summary").GetProperty("en").GetString()!, StringComparison.Ordinal);
        Assert.Empty(Words(report, "notes"));
        var signature = report.GetProperty("signatures")[0];
        Assert.Equal("VALID", signature.GetProperty("indication").GetString());
        Assert.True(signature.GetProperty("coversWholeFile").GetBoolean());
        Assert.Equal("CN=Con dấu điện tử đơn vị 06658,OU=06658,O=UBND phường Hạ Long,C=VN",
            signature.GetProperty("signerSubject").GetString());
        Assert.Equal("CN=HaLong Development Issuing CA,O=UBND phường Hạ Long,C=VN", signature.GetProperty("issuer").GetString());
        Assert.Equal("Phê duyệt kết quả", signature.GetProperty("reason").GetString());
        Assert.Equal("Hạ Long", signature.GetProperty("location").GetString());
        Assert.EndsWith("+07:00", signature.GetProperty("claimedAt").GetString()!, StringComparison.Ordinal);
        Assert.Empty(Words(signature));
        Assert.Equal("B-LT", signature.GetProperty("level").GetString());
        Assert.Equal(JsonValueKind.Null, signature.GetProperty("revokedAt").ValueKind);
        Assert.InRange(signature.GetProperty("timeStampedAt").GetDateTimeOffset() - signature.GetProperty("claimedAt").GetDateTimeOffset(),
            TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_form_with_other_fields_before_the_file_is_read_too()
    {
        using var form = new MultipartFormDataContent { { new StringContent("a remark"), "remark" },
            { Raw(await SignedAsync()), "file", "kết quả.pdf" } };
        Assert.Equal("VALID", (await ReportAsync(form)).GetProperty("indication").GetString());
    }

    [Fact]
    public async Task One_byte_changed_is_invalid()
    {
        var signed = await SignedAsync();
        foreach (var place in new[] { 20, 300, signed.Length / 2, signed.Length - 30 })
        {
            var tampered = (byte[])signed.Clone();
            tampered[place] ^= 1;
            Assert.Equal("INVALID", (await ReportAsync(Raw(tampered))).GetProperty("indication").GetString());
        }
    }

    [Fact]
    public async Task A_stranger_s_signature_is_unknown_and_a_file_without_one_says_so()
    {
        var foreign = await ReportAsync(Raw(SignatureRevisionTests.Sign(SamplePdfs.Table())));
        Assert.Equal("UNKNOWN", foreign.GetProperty("indication").GetString());
        Assert.Equal(["UNTRUSTED_CHAIN"], Words(foreign.GetProperty("signatures")[0]));

        var unsigned = await ReportAsync(Raw(SamplePdfs.Table()));
        Assert.Equal("UNKNOWN", unsigned.GetProperty("indication").GetString());
        Assert.Equal(["NO_SIGNATURE"], Words(unsigned));
        Assert.Empty(unsigned.GetProperty("signatures").EnumerateArray());
    }

    [Fact]
    public async Task Encrypted_and_broken_files_are_reports_not_failures()
    {
        Assert.Equal(["ENCRYPTED_DOCUMENT"], Words(await ReportAsync(Raw(SamplePdfs.Encrypted()))));
        Assert.Equal(["UNREADABLE_DOCUMENT"], Words(await ReportAsync(Raw("%PDF-1.7\nnothing more"u8.ToArray()))));
        Assert.Equal(["DAMAGED_DOCUMENT"], Words(await ReportAsync(Raw((await SignedAsync())[..^100]))));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("image/png")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task Another_content_type_is_415(string? type) => await RefusedAsync(Raw(SamplePdfs.Table(), type),
        HttpStatusCode.UnsupportedMediaType, "CMN-0415");

    [Fact]
    public async Task What_is_called_a_pdf_and_is_none_is_415()
    {
        await RefusedAsync(Raw("hello"u8.ToArray()), HttpStatusCode.UnsupportedMediaType, "SIG-0002");
        await RefusedAsync(Raw([]), HttpStatusCode.UnsupportedMediaType, "SIG-0002");
        using var form = new MultipartFormDataContent { { Raw([0x89, 0x50]), "file", "x.pdf" } };
        await RefusedAsync(form, HttpStatusCode.UnsupportedMediaType, "SIG-0002");
    }

    [Fact]
    public async Task A_broken_form_or_one_without_a_file_is_400()
    {
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "remark" } };
        await RefusedAsync(empty, HttpStatusCode.BadRequest, "SIG-0001");
        await RefusedAsync(Raw("--b\r\nbroken"u8.ToArray(), "multipart/form-data; boundary=b"), HttpStatusCode.BadRequest, "CMN-0400");
        await RefusedAsync(Raw("x"u8.ToArray(), "multipart/form-data"), HttpStatusCode.BadRequest, "CMN-0400");
        await RefusedAsync(Raw("x"u8.ToArray(), "multipart/form-data; boundary=" + new string('b', 90)), HttpStatusCode.BadRequest,
            "CMN-0400");
    }

    [Fact]
    public async Task More_than_the_limit_is_413_with_or_without_a_length()
    {
        var large = SamplePdfs.Table(SignPdf.MaxBytes);
        await RefusedAsync(Raw(large), HttpStatusCode.RequestEntityTooLarge, "SIG-0006");
        using var stream = new StreamContent(new Endless(large));
        stream.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        await RefusedAsync(stream, HttpStatusCode.RequestEntityTooLarge, "SIG-0006");
        using var form = new MultipartFormDataContent { { new StreamContent(new Endless(large)), "file", "x.pdf" } };
        await RefusedAsync(form, HttpStatusCode.RequestEntityTooLarge, "SIG-0006");
    }

    [Fact]
    public async Task Many_at_once_all_get_their_answer()
    {
        var signed = await SignedAsync();
        var reports = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ReportAsync(Raw(signed))));
        Assert.All(reports, r => Assert.Equal("VALID", r.GetProperty("indication").GetString()));
    }

    [Fact]
    public async Task Neighbours_ask_by_grpc_and_get_the_same_report()
    {
        var valid = await fixture.AsDossier().ValidatePdfAsync(new ValidatePdfRequest { Pdf = Google.Protobuf.ByteString.CopyFrom(await SignedAsync()) });
        Assert.Equal("VALID", valid.Indication);
        Assert.Equal("VALID", valid.Signatures[0].Indication);
        Assert.EndsWith("Z", valid.Signatures[0].ClaimedAt, StringComparison.Ordinal);
        Assert.EndsWith("Z", valid.Signatures[0].TimeStampedAt, StringComparison.Ordinal);
        Assert.Equal("B-LT", valid.Signatures[0].Level);

        var request = new ValidatePdfRequest { Pdf = Google.Protobuf.ByteString.CopyFrom(SamplePdfs.Table()) };
        Assert.Equal("UNKNOWN", (await fixture.With(fixture.Identity.Token()).ValidatePdfAsync(request)).Indication);
        Assert.Equal(StatusCode.Unauthenticated, (await SignatureFixture.RefusedAsync(async () =>
            await fixture.With(null).ValidatePdfAsync(request))).Status);
        Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(async () =>
            await fixture.With(fixture.Identity.PartnerToken()).ValidatePdfAsync(request))).Status);
        Assert.Equal("SIG-0002", (await SignatureFixture.RefusedAsync(async () =>
            await fixture.AsDossier().ValidatePdfAsync(new ValidatePdfRequest()))).Code);
    }

    /// <summary>Content without a known length: it is sent in chunks.</summary>
    private sealed class Endless(byte[] content) : MemoryStream(content, writable: false)
    {
        public override bool CanSeek => false;
    }
}
