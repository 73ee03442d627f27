using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Features;

public sealed class SignFileTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("mã;tên\n1;Nguyễn Văn A\n");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static SignFileRequest Request(string hash = "SHA-256", Guid? document = null, byte[]? content = null) => new()
    {
        DocumentId = (document ?? Guid.CreateVersion7()).ToString(),
        Name = "danh-sách.csv",
        MimeType = "text/csv",
        HashAlgorithm = hash,
        Hash = ByteString.CopyFrom(CryptographicOperations.HashData(new HashAlgorithmName(hash.Replace("-", "", StringComparison.Ordinal)),
            content ?? Content)),
        UnitCode = SignatureFixture.Unit,
        SignerId = "01980000-0000-7000-8000-000000000001",
    };

    private async Task<JsonElement> ReportAsync(byte[] signature, byte[]? content = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content ?? Content), "file", "x.csv" }, { new ByteArrayContent(signature),
            "signature", "x.p7s" } };
        using var answer = await fixture.Service.Client().PostAsync("/api/v1/validations", form, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    [Theory]
    [InlineData("SHA-256")]
    [InlineData("SHA-384")]
    [InlineData("SHA-512")]
    public async Task A_file_is_sealed_by_its_hash_so_that_openssl_and_anyone_accept_it(string hash)
    {
        var answer = await fixture.AsDossier().SignFileAsync(Request(hash));
        Assert.Equal(("danh-sách.csv.p7s", "B-LT"), (answer.Name, answer.Level));
        Assert.Equal("CN=Con dấu điện tử đơn vị 06658,OU=06658,O=UBND phường Hạ Long,C=VN", answer.SignerSubject);
        var signature = answer.Signature.ToByteArray();
        using (var judge = new Judge())
        {
            judge.Run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", judge.Save("x.p7s", signature), "-content", judge.Save("x.csv",
                Content),
                "-CAfile", judge.Save("root.pem", Encoding.ASCII.GetBytes(await fixture.RootPemAsync())), "-purpose", "any", "-out", "/dev/null").Succeeded();
        }

        var report = await ReportAsync(signature);
        Assert.Equal("VALID", report.GetProperty("indication").GetString());
        var found = report.GetProperty("signatures")[0];
        Assert.Equal(("B-LT", "CAdES.detached", hash.Replace("-", "", StringComparison.Ordinal)),
            (found.GetProperty("level").GetString(), found.GetProperty("format").GetString(), found.GetProperty("digestAlgorithm").GetString()));
        Assert.Equal(answer.SignedAt, found.GetProperty("claimedAt").GetDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null));
        Assert.Equal("INVALID", (await ReportAsync(signature, "khác"u8.ToArray())).GetProperty("indication").GetString());
    }

    [Fact]
    public async Task Asking_again_gives_the_first_answer_also_at_once_and_another_file_is_refused()
    {
        var (client, request) = (fixture.AsDossier(), Request());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await client.SignFileAsync(request), Ct)));
        Assert.Single(answers.Distinct());
        var renamed = request.Clone();
        renamed.Name = "x.csv";
        Assert.Equal((answers[0].Signature, "x.csv.p7s"), ((await client.SignFileAsync(renamed)).Signature, (await client.SignFileAsync(renamed)).Name));

        var other = Request(document: Guid.Parse(request.DocumentId), content: "khác"u8.ToArray());
        Assert.Equal((StatusCode.InvalidArgument, "SIG-0003"), await SignatureFixture.RefusedAsync(() => client.SignFileAsync(other)));
        // The id of a file says nothing about PDFs.
        await client.SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table(), Guid.Parse(request.DocumentId)));
        var row = await fixture.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s => s.DocumentId == Guid.Parse(request.DocumentId)
            && s.Format == SignatureFormat.Cades));
        Assert.Equal(answers[0].Signature.ToByteArray(), row.Revision);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(row.Revision)), row.SignedSha256);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_named()
    {
        var client = fixture.AsDossier();
        foreach (var spoil in new Action<SignFileRequest>[]
        {
            r => r.DocumentId = "x", r => r.SignerId = "", r => r.UnitCode = "??", r => r.HashAlgorithm = "SHA-1", r => r.HashAlgorithm = "",
            r => r.Hash = ByteString.CopyFrom(new byte[20]), r => r.Name = "", r => r.Name = new string('x', 256), r => r.MimeType = "text", r =>
                r.MimeType = "Text/CSV\n",
        })
        {
            var request = Request();
            spoil(request);
            Assert.Equal((StatusCode.InvalidArgument, "SIG-0001"), await SignatureFixture.RefusedAsync(() => client.SignFileAsync(request)));
        }

        var untyped = Request();
        untyped.MimeType = "";
        Assert.Equal("B-LT", (await client.SignFileAsync(untyped)).Level);
    }

    [Fact]
    public async Task An_approver_signs_as_himself_and_for_his_own_unit_others_not_at_all()
    {
        var (account, request) = (Guid.CreateVersion7(), Request());
        request.SignerId = account.ToString();
        await fixture.AsApprover(account).SignFileAsync(request);
        Assert.Equal("SIG-0008", (await SignatureFixture.RefusedAsync(() => fixture.AsApprover(account, "06700").SignFileAsync(Request()))).Code);
        Assert.Equal("SIG-0008", (await SignatureFixture.RefusedAsync(() => fixture.AsApprover(account).SignFileAsync(Request()))).Code);
        var citizen = fixture.With(fixture.Identity.Token(account, [Roles.Citizen], null));
        Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(() => citizen.SignFileAsync(Request()))).Status);
        Assert.Equal(StatusCode.Unauthenticated, (await SignatureFixture.RefusedAsync(() => fixture.With(null).SignFileAsync(Request()))).Status);
    }

    [Fact]
    public async Task Without_a_time_stamp_it_is_B_B_and_gets_the_proof_later()
    {
        await using var other = await StubAuthority.StartAsync(query => fixture.Service.Services.GetRequiredService<TimeStampAuthority>()
            .AnswerAsync(query, Ct));
        other.Mode = "error";
        var settings = new TimeStampOptions { TimeoutSeconds = 30, RetrySeconds = 1 };
        settings.Authorities.Add(new TimeStampSource { Url = other.Url });
        TimeStampClient Client() => ActivatorUtilities.CreateInstance<TimeStampClient>(fixture.Service.Services, Options.Create(settings),
            NullLogger<TimeStampClient>.Instance);

        await using var scope = fixture.Service.Services.CreateAsyncScope();
        var signing = ActivatorUtilities.CreateInstance<SignFile>(scope.ServiceProvider, Client());
        var signed = await signing.HandleAsync(new FileRequest(Guid.CreateVersion7(), "x", "text/csv", "SHA-256", SHA256.HashData(Content), "06731",
            Guid.CreateVersion7(), "test"), Ct);
        Assert.Equal("B-B", signed.Value.Level);
        Assert.Equal(JsonValueKind.Null, (await ReportAsync(signed.Value.Revision)).GetProperty("signatures")[0].GetProperty("timeStampedAt").ValueKind);

        other.Mode = "right";
        await ActivatorUtilities.CreateInstance<LateTimeStamps>(fixture.Service.Services, Client()).RunAsync(Ct);
        var proven = (await ReportAsync(signed.Value.Revision)).GetProperty("signatures")[0];
        Assert.NotEqual(JsonValueKind.Null, proven.GetProperty("timeStampedAt").ValueKind);
    }

    [Fact]
    public async Task A_suspended_seal_signs_no_file()
    {
        var request = Request();
        request.UnitCode = "06732";
        await fixture.AsDossier().SignFileAsync(request);
        await fixture.QueryAsync(async db =>
        {
            (await db.Credentials.SingleAsync(c => c.UnitCode == "06732")).Suspend(Guid.CreateVersion7(), fixture.Time.GetUtcNow());
            return await db.SaveChangesAsync(Ct);
        });
        request.DocumentId = Guid.CreateVersion7().ToString();
        Assert.Equal("SIG-0102", (await SignatureFixture.RefusedAsync(() => fixture.AsDossier().SignFileAsync(request))).Code);
    }
}
