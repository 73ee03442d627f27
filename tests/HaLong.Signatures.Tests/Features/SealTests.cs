using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Tests.Features;

/// <summary>Who may stop a unit's seal, and what follows.</summary>
public sealed class SealTests(SignatureFixture fixture) : IClassFixture<SignatureFixture>
{
    private const string Path = "/api/v1/admin/seals";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient As(string role, string? unit, bool strong = true, Guid? account = null) =>
        fixture.Service.Client(fixture.Identity.Token(account, [role], unit, strong: strong));

    private Task<SignPdfResponse> SignAsync(string unit) =>
        fixture.AsDossier().SignPdfAsync(SignatureFixture.Request(SamplePdfs.Table(), unit: unit));

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient client, string path, object body, string? key = null,
        string? match = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + path) { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (match is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(match));
        using var answer = await client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    private static async Task RefusedAsync(HttpClient client, string path, object body, HttpStatusCode status, string code, string? match = null)
    {
        var answer = await PostAsync(client, path, body, match: match);
        Assert.Equal((status, code), (answer.Status, answer.Body.GetProperty("code").GetString()));
    }

    private static object Revocation(string reason = "keyCompromise", string note = "Lộ khóa", string? serialNumber = null) => new { reason, note, serialNumber };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<string> IndicationAsync(SignPdfResponse signed) =>
        (await fixture.AsDossier().ValidatePdfAsync(new ValidatePdfRequest { Pdf = signed.SignedPdf })).Indication;

    [Fact]
    public async Task A_leader_revokes_the_seal_of_his_unit_earlier_results_hold_and_the_next_one_gets_another_seal()
    {
        var signed = await SignAsync("06730");
        using var leader = As(Roles.Leader, "06730");
        var (status, seal) = await PostAsync(leader, "/06730/revocation", Revocation());

        Assert.Equal((HttpStatusCode.OK, "revoked", "keyCompromise"), (status, Text(seal, "status"), Text(seal, "reason")));
        Assert.Equal("VALID", await IndicationAsync(signed));
        var next = await SignAsync("06730");
        Assert.Equal("VALID", await IndicationAsync(next));
        var seals = (await leader.GetFromJsonAsync<JsonElement>(Path, Ct)).GetProperty("items").EnumerateArray().Select(s => Text(s, "status"));
        Assert.Equal(["current", "revoked"], seals);
        // The list is told at once, on the replica where it was done.
        using var list = new MemoryStream(await leader.GetByteArrayAsync("/pki/issuing.crl", Ct));
        Assert.NotNull(new Org.BouncyCastle.X509.X509CrlParser().ReadCrl(list)
            .GetRevokedCertificate(new Org.BouncyCastle.Math.BigInteger(Text(seal, "serialNumber"), 16)));

        await RefusedAsync(leader, "/06730/revocation", Revocation(serialNumber: Text(seal, "serialNumber")), HttpStatusCode.Conflict, "SIG-0106");
        var changes = await leader.GetFromJsonAsync<JsonElement>(Path + "/06730/changes", Ct);
        var change = Assert.Single(changes.GetProperty("items").EnumerateArray());
        Assert.Equal(("revoked", "keyCompromise", "Lộ khóa"), (Text(change, "move"), Text(change, "reason"), Text(change, "note")));
    }

    [Fact]
    public async Task A_suspended_seal_seals_nothing_until_a_second_person_brings_it_back()
    {
        var signed = await SignAsync("06731");
        var first = Guid.CreateVersion7();
        using var one = As(Roles.Administrator, "06731", account: first);
        using var two = As(Roles.Leader, "06731");
        var note = new { note = "Đang kiểm tra" };
        await RefusedAsync(two, "/06731/resumption", note, HttpStatusCode.Conflict, "SIG-0107");
        Assert.Equal("suspended", Text((await PostAsync(one, "/06731/suspension", note)).Body, "status"));

        Assert.Equal((StatusCode.FailedPrecondition, "SIG-0102"), await SignatureFixture.RefusedAsync(() => SignAsync("06731")));
        await RefusedAsync(two, "/06731/suspension", note, HttpStatusCode.Conflict, "SIG-0102");
        await RefusedAsync(one, "/06731/resumption", note, HttpStatusCode.Forbidden, "SIG-0105");
        Assert.Equal("VALID", await IndicationAsync(signed));

        var (status, seal) = await PostAsync(two, "/06731/resumption", note);
        Assert.Equal((HttpStatusCode.OK, "current"), (status, Text(seal, "status")));
        await SignAsync("06731");
        Assert.Equal(1, await fixture.QueryAsync(db => db.Credentials.CountAsync(c => c.UnitCode == "06731")));

        // Suspended, then revoked: it does not hold from the suspension on.
        var suspended = (await PostAsync(one, "/06731/suspension", note)).Body.GetProperty("revokedAt").GetDateTimeOffset();
        var revoked = (await PostAsync(one, "/06731/revocation", Revocation())).Body;
        Assert.InRange(revoked.GetProperty("revokedAt").GetDateTimeOffset() - suspended, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        await RefusedAsync(two, "/06731/resumption", note, HttpStatusCode.NotFound, "SIG-0101");
    }

    [Fact]
    public async Task A_unit_that_ceased_to_seal_gets_no_other_seal()
    {
        await SignAsync("06732");
        using var leader = As(Roles.Leader, "06732");
        await PostAsync(leader, "/06732/revocation", Revocation("cessationOfOperation", "Giải thể"));
        Assert.Equal((StatusCode.FailedPrecondition, "SIG-0103"), await SignatureFixture.RefusedAsync(() => SignAsync("06732")));
        await RefusedAsync(leader, "/06732/suspension", new { note = "x" }, HttpStatusCode.Conflict, "SIG-0106");
        Assert.Equal(1, await fixture.QueryAsync(db => db.Credentials.CountAsync(c => c.UnitCode == "06732")));
    }

    [Fact]
    public async Task Only_leaders_and_administrators_of_the_unit_and_of_the_province_with_a_strong_sign_in()
    {
        await SignAsync("06733");
        foreach (var role in Roles.OfOfficials.Except([Roles.Leader, Roles.Administrator]))
            await RefusedAsync(As(role, "06733"), "/06733/revocation", Revocation(), HttpStatusCode.Forbidden, "SIG-0108");
        await RefusedAsync(As(Roles.Citizen, null), "/06733/revocation", Revocation(), HttpStatusCode.Forbidden, "CMN-0403");
        await RefusedAsync(fixture.Service.Client(), "/06733/revocation", Revocation(), HttpStatusCode.Unauthorized, "CMN-0401");
        await RefusedAsync(As(Roles.Leader, "06733", strong: false), "/06733/revocation", Revocation(), HttpStatusCode.Unauthorized, "CMN-0470");
        foreach (var (role, unit) in new[] { (Roles.Leader, "06734"), (Roles.Administrator, "06734"), (Roles.Leader, "22"), (Roles.Leader, null) })
            await RefusedAsync(As(role, unit), "/06733/revocation", Revocation(), HttpStatusCode.NotFound, "SIG-0101");
        using var province = As(Roles.Administrator, "22");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(province, "/06733/suspension", new { note = "x" })).Status);
        await RefusedAsync(province, "/09999/revocation", Revocation(), HttpStatusCode.NotFound, "SIG-0101");
    }

    [Fact]
    public async Task Reasons_remarks_revisions_and_keys_are_heeded()
    {
        await SignAsync("06735");
        using var leader = As(Roles.Leader, "06735");
        foreach (var body in new[] { Revocation("certificateHold"), new { note = "x" }, Revocation(note: " "), Revocation(note: new string('x', 501)) })
            await RefusedAsync(leader, "/06735/revocation", body, HttpStatusCode.BadRequest, "SIG-0104");
        await RefusedAsync(leader, "/06735/suspension", new { note = "" }, HttpStatusCode.BadRequest, "SIG-0104");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(leader, "/06735/revocation", new { reason = "whim", note = "x" })).Status);
        await RefusedAsync(leader, "/06735/revocation", Revocation(), HttpStatusCode.PreconditionFailed, "CMN-0412", match: "\"1\"");

        using var seen = await leader.GetAsync(Path + "/06735", Ct);
        var (status, _) = await PostAsync(leader, "/06735/suspension", new { note = "x" }, key: "once", match: seen.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(leader, "/06735/suspension", new { note = "x" }, key: "once", match: seen.Headers.ETag.ToString())).Status);
        Assert.Equal((HttpStatusCode)422, (await PostAsync(leader, "/06735/suspension", new { note = "y" }, key: "once")).Status);
        Assert.Equal(1, await fixture.QueryAsync(db => db.CredentialChanges.CountAsync(c => c.UnitCode == "06735")));
    }

    [Fact]
    public async Task Two_who_revoke_at_once_are_told_apart_and_a_signature_comes_wholly_before_or_after()
    {
        await SignAsync("06736");
        using var leader = As(Roles.Leader, "06736");
        var serial = Text(await leader.GetFromJsonAsync<JsonElement>(Path + "/06736", Ct), "serialNumber");
        var signatures = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SignAsync("06736"))));
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostAsync(leader, "/06736/revocation", Revocation(serialNumber: serial))));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict], answers.Select(a => a.Status).Order());
        foreach (var signed in await signatures)
            Assert.Equal("VALID", await IndicationAsync(signed));
    }

    [Fact]
    public async Task Lists_have_pages_show_what_the_caller_may_see_and_auditors_only_read()
    {
        foreach (var unit in new[] { "06737", "06738", "06739" })
            await SignAsync(unit);
        using var province = As(Roles.Administrator, "22");
        var page = await province.GetFromJsonAsync<JsonElement>(Path + "?limit=2", Ct);
        Assert.Equal(["06739", "06738"], page.GetProperty("items").EnumerateArray().Select(s => Text(s, "unitCode")));
        var next = await province.GetFromJsonAsync<JsonElement>(Path + "?limit=2&after=" + Text(page, "after"), Ct);
        Assert.Equal("06737", Text(next.GetProperty("items")[0], "unitCode"));
        Assert.Equal("06738", Text(Assert.Single((await province.GetFromJsonAsync<JsonElement>(Path + "?unit=06738&revoked=false", Ct))
            .GetProperty("items").EnumerateArray()), "unitCode"));

        using var auditor = As(Roles.Auditor, "06737");
        Assert.Equal(1, (await auditor.GetFromJsonAsync<JsonElement>(Path, Ct)).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await auditor.GetFromJsonAsync<JsonElement>(Path + "?unit=06738", Ct)).GetProperty("items").GetArrayLength());
        foreach (var (path, status) in new[] { ("/06738", 404), ("/06738/changes", 404), ("/06737", 200), ("?limit=0", 400), ("?after=x", 400) })
        {
            using var answer = await auditor.GetAsync(Path + path, Ct);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var officer = await As(Roles.Officer, "06737").GetAsync(Path, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, officer.StatusCode);
    }

    [Fact]
    public async Task What_was_done_to_a_seal_cannot_be_rewritten()
    {
        await SignAsync("06740");
        await PostAsync(As(Roles.Leader, "06740"), "/06740/revocation", Revocation());
        foreach (var sql in new[] { "UPDATE credential_change SET note = ''", "DELETE FROM credential_change", "TRUNCATE credential_change" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
    }
}
