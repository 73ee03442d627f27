using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Features;

public sealed class SignStatementTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static SignStatementRequest Request(string? payload = null, Guid? document = null) => new()
    {
        DocumentId = (document ?? Guid.CreateVersion7()).ToString(),
        Type = "halong-test+jwt",
        Payload = ByteString.CopyFromUtf8(payload ?? """{ "số": "0000017", "amount": 75000 }"""),
        UnitCode = SignatureFixture.Unit,
        SignerId = "01980000-0000-7000-8000-000000000002",
    };

    private async Task<JsonElement> ReportAsync(string jws, string type = "application/jose")
    {
        using var body = new StringContent(jws, Encoding.ASCII);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await fixture.Service.Client().PostAsync("/api/v1/validations", body, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    [Fact]
    public async Task A_statement_is_sealed_so_that_a_library_of_others_and_anyone_accept_it()
    {
        var answer = await fixture.AsDossier().SignStatementAsync(Request());
        var report = await ReportAsync(answer.Jws);
        Assert.Equal("VALID", report.GetProperty("indication").GetString());
        var found = report.GetProperty("signatures")[0];
        Assert.Equal(("JAdES.compact", "B-B", answer.SignerSubject), (found.GetProperty("format").GetString(), found.GetProperty("level").GetString(),
            found.GetProperty("signerSubject").GetString()));
        var parts = answer.Jws.Split('.');
        Assert.Equal("INVALID", (await ReportAsync($"{parts[0]}.e30.{parts[2]}")).GetProperty("indication").GetString());

        Assert.SkipUnless(await Node.HasAsync("jose"), Node.Missing);
        using var judge = new Judge();
        var (exit, output) = await Node.RunAsync("node", "verify-statement.mjs", judge.Save("root.pem",
            Encoding.ASCII.GetBytes(await fixture.RootPemAsync())),
            judge.Save("x.jws", Encoding.ASCII.GetBytes(answer.Jws)));
        Assert.True(exit == 0, output);
        Assert.StartsWith("ES256 halong-test+jwt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_again_gives_the_first_answer_and_what_is_stated_is_not_kept()
    {
        var (client, request) = (fixture.AsDossier(), Request());
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await client.SignStatementAsync(request), Ct)));
        Assert.Single(answers.Distinct());
        Assert.Equal((StatusCode.InvalidArgument, "SIG-0003"), await SignatureFixture.RefusedAsync(() =>
            client.SignStatementAsync(Request("{}", Guid.Parse(request.DocumentId)))));

        var row = await fixture.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(s => s.DocumentId == Guid.Parse(request.DocumentId)));
        Assert.Equal((SignatureFormat.Jades, "B-B", answers[0].Jws.Length), (row.Format, row.Level, row.SignedSize));
        Assert.DoesNotContain(answers[0].Jws.Split('.')[1], Encoding.ASCII.GetString(row.Revision), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":")]
    public async Task What_is_no_object_in_JSON_is_no_statement(string payload) =>
        Assert.Equal((StatusCode.InvalidArgument, "SIG-0555"), await SignatureFixture.RefusedAsync(() => fixture.AsDossier()
            .SignStatementAsync(Request(payload))));

    [Fact]
    public async Task A_large_statement_a_wrong_type_and_callers_who_are_no_service_are_refused()
    {
        var client = fixture.AsDossier();
        var most = Request("{\"a\":\"" + new string('x', SignStatement.MaxBytes - 8) + "\"}");
        Assert.Equal(SignStatement.MaxBytes, most.Payload.Length);
        await client.SignStatementAsync(most);
        Assert.Equal("SIG-0555", (await SignatureFixture.RefusedAsync(() => client.SignStatementAsync(Request(most.Payload.ToStringUtf8() + " ")))).Code);

        var typed = Request();
        typed.Type = "application/json";
        Assert.Equal("SIG-0001", (await SignatureFixture.RefusedAsync(() => client.SignStatementAsync(typed))).Code);
        Assert.Equal(StatusCode.PermissionDenied, (await SignatureFixture.RefusedAsync(() => fixture.AsApprover(Guid.CreateVersion7())
            .SignStatementAsync(Request()))).Status);
        Assert.Equal(StatusCode.Unauthenticated, (await SignatureFixture.RefusedAsync(() => fixture.With(null).SignStatementAsync(Request()))).Status);
    }

    [Fact]
    public async Task What_is_sent_as_a_PDF_and_is_a_statement_is_checked_as_what_it_is()
    {
        var answer = await fixture.AsDossier().SignStatementAsync(Request());
        Assert.Equal("VALID", (await ReportAsync(answer.Jws + "\n", "application/pdf")).GetProperty("indication").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a statement")]
    [InlineData("eyJ9.e30.AAAA")]
    public async Task What_is_called_a_statement_and_cannot_be_read_is_a_broken_one(string text)
    {
        var report = await ReportAsync(text);
        Assert.Equal("INVALID", report.GetProperty("indication").GetString());
        Assert.Equal(["MALFORMED_SIGNATURE"], report.GetProperty("signatures")[0].GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
    }
}
