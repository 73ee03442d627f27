using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Features;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Features;

public sealed class SignPdfTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static readonly byte[] Pdf = SamplePdfs.Skia(1);

    private static SignPdfRequest Request(byte[]? pdf = null, Guid? document = null, string unit = SignatureFixture.Unit,
        Guid? signer = null) =>
        SignatureFixture.Request(pdf ?? Pdf, document, unit, signer);

    [Fact]
    public async Task A_result_is_signed_so_that_the_judges_accept_it_with_our_published_root()
    {
        var request = Request();
        var answer = await fixture.AsDossier().SignPdfAsync(request);

        var signed = answer.SignedPdf.ToByteArray();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(signed)), answer.Sha256);
        Assert.Equal("CN=Con dấu điện tử đơn vị 06658,OU=06658,O=UBND phường Hạ Long,C=VN", answer.SignerSubject);
        using var judge = new Judge();
        var root = await fixture.RootPemAsync();
        judge.PdfSig(signed, root).SaysValid();
        judge.OpenSsl(signed, root).Succeeded();
        judge.Qpdf(signed).Succeeded();
    }

    [Fact]
    public async Task The_signature_is_recorded_and_told()
    {
        await using var probe = await EventProbe.ListenAsync(fixture.Service.Broker);
        var request = Request();
        var answer = await fixture.AsDossier().SignPdfAsync(request);

        var row = await fixture.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s =>
            s.DocumentId == Guid.Parse(request.DocumentId)));
        Assert.Equal(answer.SignatureId, row.Id.ToString());
        Assert.Equal((answer.Sha256, (long)answer.SignedPdf.Length, "dossier", "06658", request.SignerId),
            (row.SignedSha256, row.SignedSize, row.RequestedBy, row.UnitCode, row.SignerId.ToString()));
        await Eventually.Async(() => Task.FromResult(probe.Of(request.DocumentId).Count == 1), "DocumentSigned");
        var told = probe.Of(request.DocumentId)[0];
        Assert.Equal(answer.SignatureId, told.GetProperty("signatureId").GetString());
        Assert.Equal(answer.Sha256, told.GetProperty("sha256").GetString());
        Assert.Equal(answer.SignerSubject, told.GetProperty("signerSubject").GetString());
        Assert.Equal(DateTimeOffset.Parse(answer.SignedAt, null), told.GetProperty("occurredAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Asking_again_gives_the_first_answer_byte_for_byte_and_tells_nothing_new()
    {
        await using var probe = await EventProbe.ListenAsync(fixture.Service.Broker);
        var request = Request();
        var first = await fixture.AsDossier().SignPdfAsync(request);
        var repeated = request.Clone();
        repeated.Reason = "another remark";
        var second = await fixture.AsDossier().SignPdfAsync(repeated);

        Assert.Equal(first, second);
        Assert.Equal(1, await fixture.SignaturesOfAsync(request.DocumentId));
        await Eventually.Async(() => Task.FromResult(probe.Of(request.DocumentId).Count > 0), "DocumentSigned");
        await Eventually.Async(async () => await fixture.PendingEventsAsync() == 0, "an empty outbox");
        Assert.Single(probe.Of(request.DocumentId));
    }

    [Fact]
    public async Task Twenty_requests_at_once_make_one_signature_and_one_event()
    {
        await using var probe = await EventProbe.ListenAsync(fixture.Service.Broker);
        var request = Request(unit: "06700");
        var client = fixture.AsDossier();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await client.SignPdfAsync(request))));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await fixture.SignaturesOfAsync(request.DocumentId));
        await Eventually.Async(() => Task.FromResult(probe.Of(request.DocumentId).Count > 0), "DocumentSigned");
        await Eventually.Async(async () => await fixture.PendingEventsAsync() == 0, "an empty outbox");
        Assert.Single(probe.Of(request.DocumentId));
    }

    [Fact]
    public async Task Twenty_documents_of_a_new_unit_at_once_share_one_seal()
    {
        var client = fixture.AsDossier();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(async () => await client.SignPdfAsync(Request(unit: "06701")))));

        Assert.Equal(20, answers.Select(a => a.SignatureId).Distinct().Count());
        Assert.Equal(1, await fixture.QueryAsync(db => db.Credentials.CountAsync(c => c.UnitCode == "06701")));
    }

    [Fact]
    public async Task Two_replicas_issuing_a_seal_at_once_issue_one()
    {
        var connection = await fixture.QueryAsync(db => Task.FromResult(db.Database.GetConnectionString()));
        await using var replica = new ServiceFactory<Program>(fixture.Servers, fixture.Identity)
            .WithSetting("ConnectionStrings:signature-db",
                fixture.Servers.PostgresConnection(new Npgsql.NpgsqlConnectionStringBuilder(connection).Database ?? ""))
            .WithSetting("Pki:KeyPassword", SignatureFixture.KeyPassword)
            .WithSetting("Pki:Organisation", "UBND phường Hạ Long")
            .WithBroker(fixture.Service.Broker);
        await replica.StartAsync();
        Neighbour[] clients = [fixture.AsDossier(), new(replica.Grpc(fixture.Identity.ServiceToken("dossier")))];

        for (var unit = 7000; unit < 7004; unit++)
        {
            var code = unit.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var answers = await Task.WhenAll(clients.Select(c => Task.Run(async () => await c.SignPdfAsync(Request(unit: code)))));
            Assert.Equal(2, answers.Length);
            Assert.Equal(1, await fixture.QueryAsync(db => db.Credentials.CountAsync(c => c.UnitCode == code)));
        }
    }

    [Fact]
    public async Task Other_bytes_another_unit_or_another_signer_under_the_same_id_are_refused_and_the_first_answer_stays()
    {
        var request = Request();
        var first = await fixture.AsDossier().SignPdfAsync(request);
        var document = Guid.Parse(request.DocumentId);
        foreach (var other in new[] { Request(SamplePdfs.Table(), document), Request(document: document, unit: "06659"),
            Request(document: document, signer: Guid.CreateVersion7()) })
        {
            Assert.Equal((StatusCode.InvalidArgument, "SIG-0003"), await SignatureFixture.RefusedAsync(async () =>
                await fixture.AsDossier().SignPdfAsync(other)));
            Assert.Equal((StatusCode.InvalidArgument, "SIG-0003"), await SignatureFixture.RefusedAsync(async () =>
                await fixture.AsDossier().SignPdfAsync(other)));
        }

        Assert.Equal(first, await fixture.AsDossier().SignPdfAsync(request));
    }

    public static TheoryData<string, string> Unsignable => new()
    {
        { "empty", "SIG-0002" }, { "text", "SIG-0002" }, { "png", "SIG-0002" }, { "truncated", "SIG-0004" }, { "damaged", "SIG-0004" },
            { "encrypted", "SIG-0005" }, { "locked", "SIG-0007" },
    };

    [Theory]
    [MemberData(nameof(Unsignable))]
    public async Task A_file_that_cannot_be_signed_is_refused_each_time_and_leaves_nothing_behind(string kind, string code)
    {
        byte[] pdf = kind switch
        {
            "empty" => [],
            "text" => "hello"u8.ToArray(),
            "png" => [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10],
            "truncated" => Pdf[..(Pdf.Length / 2)],
            "damaged" => SamplePdfs.Replace(SamplePdfs.Table(), "/Kids[3 0 R]", "/Kids[2 0 R]"),
            "encrypted" => SamplePdfs.Encrypted(),
            _ => SamplePdfs.Build(
                "<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 4 0 R>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
                "<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams<</P 1>>>>]>>"),
        };
        var request = Request(pdf);

        for (var i = 0; i < 2; i++)
            Assert.Equal(code, (await SignatureFixture.RefusedAsync(async () => await fixture.AsDossier().SignPdfAsync(request))).Code);
        Assert.Equal(0, await fixture.SignaturesOfAsync(request.DocumentId));
        request.Pdf = ByteString.CopyFrom(Pdf);
        Assert.NotEmpty((await fixture.AsDossier().SignPdfAsync(request)).SignatureId);
    }

    [Fact]
    public async Task Wrong_fields_are_named_all_at_once()
    {
        var request = Request();
        (request.DocumentId, request.SignerId, request.UnitCode, request.Reason, request.Location) = ("x", "", "' OR 1=1",
            new string('a', 501), new string('b', 501));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await fixture.AsDossier().SignPdfAsync(request));
        var status = refused.GetRpcStatus()!;
        Assert.Equal("SIG-0001", status.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
        Assert.Equal(["documentId", "location", "reason", "signerId", "unitCode"],
            status.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(v => v.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_of_exactly_the_limit_is_signed_and_one_byte_more_is_refused()
    {
        var small = SamplePdfs.Table();
        // The padding is inside a content stream, so its length also changes digits elsewhere: find the size that fits exactly.
        var padding = SignPdf.MaxBytes - small.Length;
        padding -= SamplePdfs.Table(padding).Length - SignPdf.MaxBytes;
        var largest = SamplePdfs.Table(padding);
        Assert.Equal(SignPdf.MaxBytes, largest.Length);

        var answer = await fixture.AsDossier().SignPdfAsync(Request(largest));
        Assert.True(answer.SignedPdf.Length > SignPdf.MaxBytes);
        Assert.Equal((StatusCode.OutOfRange, "SIG-0006"), await SignatureFixture.RefusedAsync(async () =>
            await fixture.AsDossier().SignPdfAsync(Request([.. largest, 10]))));
    }

    [Fact]
    public async Task An_approver_signs_as_himself_for_his_unit_and_for_nobody_else()
    {
        var approver = Guid.CreateVersion7();
        Assert.NotEmpty((await fixture.AsApprover(approver).SignPdfAsync(Request(signer: approver))).SignatureId);

        var forbidden = (StatusCode.PermissionDenied, "SIG-0008");
        Assert.Equal(forbidden, await SignatureFixture.RefusedAsync(async () =>
            await fixture.AsApprover(approver).SignPdfAsync(Request())));
        Assert.Equal(forbidden, await SignatureFixture.RefusedAsync(async () =>
            await fixture.AsApprover(approver, "06659").SignPdfAsync(Request(signer: approver))));
        Assert.Equal(forbidden, await SignatureFixture.RefusedAsync(async () =>
            await fixture.AsApprover(approver, null).SignPdfAsync(Request(signer: approver))));
    }

    [Fact]
    public async Task Nobody_else_signs()
    {
        Assert.Equal(StatusCode.Unauthenticated, (await SignatureFixture.RefusedAsync(async () =>
            await fixture.With(null).SignPdfAsync(Request()))).Status);
        Assert.Equal(StatusCode.Unauthenticated, (await SignatureFixture.RefusedAsync(async () =>
            await fixture.With("nonsense").SignPdfAsync(Request()))).Status);
        foreach (var role in new[] { Roles.Citizen, Roles.Helper, Roles.Officer, Roles.Reception, Roles.Cashier, Roles.Leader,
            Roles.Auditor, Roles.Administrator })
        {
            var token = fixture.Identity.Token(roles: [role], unit: SignatureFixture.Unit);
            Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(async () =>
                await fixture.With(token).SignPdfAsync(Request()))).Status);
        }

        Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(async () =>
            await fixture.With(fixture.Identity.PartnerToken()).SignPdfAsync(Request()))).Status);
        // The role alone, in a token that was not given for the API.
        var foreign = fixture.Identity.Token(roles: [Roles.Approver], unit: SignatureFixture.Unit, scope: "openid");
        Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(async () =>
            await fixture.With(foreign).SignPdfAsync(Request()))).Status);
    }

    [Fact]
    public async Task A_seal_close_to_its_end_is_replaced_and_the_old_answers_stay()
    {
        var request = Request(unit: "06702");
        var first = await fixture.AsDossier().SignPdfAsync(request);
        try
        {
            fixture.Time.Shift = TimeSpan.FromDays((365 * 3) - 10);
            var token = fixture.Identity.Sign(
                [new("sub", "dossier"), new("client_id", "dossier"), new("scope", Policies.InternalScope)],
                    lifetime: fixture.Time.Shift + TimeSpan.FromHours(1));
            var later = fixture.With(token);
            var renewed = await later.SignPdfAsync(Request(unit: "06702"));

            Assert.NotEqual(first.SignatureId, renewed.SignatureId);
            Assert.Equal(2, await fixture.QueryAsync(db => db.Credentials.CountAsync(c => c.UnitCode == "06702")));
            Assert.Equal(1, await fixture.QueryAsync(db => db.Credentials.CountAsync(c => c.UnitCode == "06702"
                && c.SupersededAt == null)));
            Assert.Equal(first, await later.SignPdfAsync(request));
        }
        finally
        {
            fixture.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task An_already_signed_file_is_signed_again_and_both_signatures_hold()
    {
        var first = (await fixture.AsDossier().SignPdfAsync(Request())).SignedPdf.ToByteArray();
        var second = (await fixture.AsDossier().SignPdfAsync(Request(first, unit: "06703"))).SignedPdf;

        var report = await fixture.AsDossier().ValidatePdfAsync(new ValidatePdfRequest { Pdf = second });
        Assert.Equal("VALID", report.Indication);
        Assert.Equal([false, true], report.Signatures.Select(s => s.CoversWholeFile));
        using var judge = new Judge();
        judge.PdfSig(second.ToByteArray(), await fixture.RootPemAsync()).SaysValid(signatures: 2);
    }

    [Fact]
    public async Task Nothing_of_the_document_and_no_key_stands_readable_in_the_database()
    {
        var request = Request(SamplePdfs.Table());
        await fixture.AsDossier().SignPdfAsync(request);

        var row = await fixture.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s =>
            s.DocumentId == Guid.Parse(request.DocumentId)));
        Assert.DoesNotContain("Approved", System.Text.Encoding.Latin1.GetString(row.Revision), StringComparison.Ordinal);
        var keys = await fixture.QueryAsync(db => db.Credentials.Select(c =>
            c.EncryptedKey).Union(db.Authorities.Select(a => a.EncryptedKey)).ToListAsync());
        // A seal's, and one of each kind of authority; every guess costs key stretching.
        var guessed = await fixture.QueryAsync(async db => (await db.Authorities.GroupBy(a => a.Kind).Select(g => g.First().EncryptedKey).ToListAsync())
            .Append((await db.Credentials.FirstAsync()).EncryptedKey).ToList());
        using var plain = ECDsa.Create();
        Assert.All(keys, key => Assert.ThrowsAny<CryptographicException>(() => plain.ImportPkcs8PrivateKey(key, out _)));
        Assert.Equal(5, guessed.Count);
        foreach (var key in guessed)
        {
            Assert.ThrowsAny<CryptographicException>(() => plain.ImportEncryptedPkcs8PrivateKey("wrong", key, out _));
            plain.ImportEncryptedPkcs8PrivateKey(SignatureFixture.KeyPassword, key, out _);
        }
    }
}
