using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.PersonalData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.DataRequests;

public sealed class DataRequestTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Mine = "/api/v1/me/data-requests";
    private const string Desk = "/api/v1/data-requests";
    private const string Evidence = "Đã đối chiếu bản chính tại quầy";

    private static int _number;

    [Fact]
    public async Task Access_is_answered_at_once_with_everything_as_json_and_pdf()
    {
        var (name, id, token) = await PersonAsync();
        await site.PostAsync(token, "/api/v1/me/consents", new { purpose = "satisfaction-survey", textVersion = 1, granted = true });
        await using var asked = await Heard<DataExportRequested>.StartAsync(site);

        var filed = await site.PostAsync(token, Mine, new { kind = "access" });
        Assert.Equal((HttpStatusCode.Created, "completed"), (filed.Status, filed.Body.GetProperty("state").GetString()));
        Assert.Equal(filed.Body.GetProperty("id").GetGuid(), (await asked.WaitAsync(e => e.AccountId == id)).RequestId);

        var strong = await site.TokenAsync(name, strong: true);
        var copy = await site.GetAsync(strong, filed.Body.GetProperty("export").GetString()!);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (copy.Status, copy.MediaType));
        Assert.Equal(
            ["about", "accessLog", "consents", "dataRequests", "elsewhere", "identityDocuments", "profile", "sessions", "signIns"],
            copy.Body.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).Intersect(
                ["about", "accessLog", "consents", "dataRequests", "elsewhere", "identityDocuments", "profile", "sessions", "signIns"]));
        Assert.Equal(await NumberAsync(id), copy.Body.GetProperty("profile").GetProperty("personalNumber").GetString());
        Assert.Equal("satisfaction-survey", copy.Body.GetProperty("consents")[0].GetProperty("purpose").GetString());
        Assert.NotEmpty(copy.Body.GetProperty("sessions").EnumerateArray());
        Assert.Contains("/api/v1/dossiers", copy.Body.GetProperty("elsewhere").EnumerateArray().Select(e => e.GetProperty("path").GetString()));
        // Names are readable as they are.
        Assert.Contains("Người " + name, Encoding.UTF8.GetString(copy.Bytes), StringComparison.Ordinal);

        var pdf = await site.GetAsync(strong, filed.Body.GetProperty("export").GetString() + ".pdf");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (pdf.Status, pdf.MediaType));
        Assert.True(pdf.Bytes.AsSpan().StartsWith("%PDF-"u8) && pdf.Bytes.Length > 5000);

        var box = await site.DatabaseAsync(db => db.DataExports.Where(e => e.AccountId == id).Select(e => e.Sealed).SingleAsync());
        Assert.Equal(-1, box.AsSpan().IndexOf("profile"u8));
    }

    [Fact]
    public async Task The_copy_is_its_owners_alone_and_wants_a_strong_sign_in()
    {
        var (_, _, token) = await PersonAsync();
        var (other, _, _) = await PersonAsync();
        var path = (await site.PostAsync(token, Mine, new { kind = "access" })).Body.GetProperty("export").GetString()!;

        foreach (var file in new[] { path, path + ".pdf" })
        {
            Assert.Equal("CMN-0470", (await site.GetAsync(token, file)).Code);
            Assert.Equal("IDN-0634", (await site.GetAsync(await site.TokenAsync(other, strong: true), file)).Code);
            Assert.Equal("IDN-0634", (await site.GetAsync(await site.TokenAsync("administrator", strong: true), file)).Code);
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync(null, file)).Status);
        }

        Assert.Equal("IDN-0631", (await site.GetAsync(await site.TokenAsync(other), path[..^"/export".Length])).Code);
    }

    [Theory]
    [InlineData("""{}""", "kind")]
    [InlineData("""{"kind":"forget"}""", "kind")]
    [InlineData("""{"kind":"object","note":"không"}""", "note")]
    [InlineData("""{"kind":"correct"}""", "changes")]
    [InlineData("""{"kind":"correct","changes":{}}""", "changes")]
    [InlineData("""{"kind":"delete","changes":{"email":"a@b.vn"}}""", "changes")]
    [InlineData("""{"kind":"restrict","unitCode":"99999"}""", "unitCode")]
    [InlineData("""{"kind":"correct","changes":{"displayName":" ","birthDate":"2999-01-01","personalNumber":"123","email":"nobody","phone":"113"}}""",
        "changes.birthDate,changes.displayName,changes.email,changes.personalNumber,changes.phone")]
    public async Task What_is_wrong_with_a_request_is_said_all_at_once(string body, string fields)
    {
        var answer = await site.PostAsync(await site.TokenAsync("citizen"), Mine, JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0630"), (answer.Status, answer.Code));
        Assert.Equal(fields.Split(','), answer.Fields);
    }

    [Fact]
    public async Task One_request_of_a_kind_at_a_time_even_at_once()
    {
        var (_, id, token) = await PersonAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => site.PostAsync(token, Mine, new { kind = "restrict" })));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
        Assert.Equal("IDN-0633", (await site.PostAsync(token, Mine, new { kind = "restrict" })).Code);
        Assert.Equal(HttpStatusCode.Created, (await site.PostAsync(token, Mine, new { kind = "object", note = "Phản đối khảo sát" })).Status);
        Assert.Equal(2, await site.DatabaseAsync(db => db.DataRequests.CountAsync(r => r.AccountId == id)));
    }

    [Fact]
    public async Task A_correction_is_applied_by_an_official_on_evidence()
    {
        var (name, id, token) = await PersonAsync();
        var filed = await site.PostAsync(token, Mine, new
        {
            kind = "correct",
            note = "Sai ngày sinh",
            unitCode = "06688",
            changes = new { displayName = "Nguyễn Văn Đúng", birthDate = "1990-05-06", personalNumber = "022090987654", email = "dung@halong.example", phone = "0912345678" },
        });
        Assert.Equal("received", filed.Body.GetProperty("state").GetString());
        var box = await site.DatabaseAsync(db => db.DataRequests.Where(r => r.AccountId == id).Select(r => r.SealedDetails).SingleAsync());
        Assert.Equal(-1, box.AsSpan().IndexOf("022090987654"u8));
        var (administrator, path) = (await AdministratorAsync(), $"{Desk}/{filed.Body.GetProperty("id").GetGuid()}");

        var shown = await site.GetAsync(administrator, path);
        Assert.True(shown.Status == HttpStatusCode.OK, $"{shown.Status} {shown.Body} {filed.Body}");
        Assert.Equal("022*******54", shown.Body.GetProperty("details").GetProperty("changes").GetProperty("personalNumber").GetString());
        Assert.Equal("Người " + name, shown.Body.GetProperty("personName").GetString());
        Assert.Equal("data-request", (await site.GetAsync(token, "/api/v1/me/access-log")).Body.GetProperty("items")[0].GetProperty("what").GetString());

        var epoch = await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.Epoch).SingleAsync());
        Assert.Equal("acknowledged", await StateAsync(await site.PostAsync(administrator, path + "/acknowledgement", ifMatch: shown.Headers.ETag!.Tag)));
        Assert.Equal("CMN-0412", (await site.PostAsync(administrator, path + "/start", ifMatch: shown.Headers.ETag!.Tag)).Code);
        Assert.Equal("inProgress", await StateAsync(await site.PostAsync(administrator, path + "/start")));
        var done = await site.PostAsync(administrator, path + "/completion", new { evidence = Evidence });
        Assert.Equal("completed", await StateAsync(done));

        var account = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id));
        Assert.Equal(("Nguyễn Văn Đúng", new DateOnly(1990, 5, 6), "dung@halong.example", "0912345678"), (account.DisplayName, account.BirthDate!.Value, account.Email, account.Phone));
        Assert.Equal("022090987654", site.Service.Services.GetRequiredService<PersonalNumbers>().Of(account)!.Value);
        Assert.Equal(epoch + 1, account.Epoch);
        Assert.Equal(5 - 1, done.Body.GetProperty("request").GetProperty("outcome").GetProperty("done").GetArrayLength());
        Assert.Equal("IDN-0632", (await site.PostAsync(administrator, path + "/completion", new { evidence = Evidence })).Code);
        Assert.Equal("IDN-0632", (await site.PostAsync(administrator, path + "/acknowledgement")).Code);
    }

    [Fact]
    public async Task A_number_of_somebody_else_is_not_entered_and_nothing_else_is_either()
    {
        var (name, id, token) = await PersonAsync();
        var filed = await site.PostAsync(token, Mine, new { kind = "correct", changes = new { displayName = "Kẻ Mạo Danh", personalNumber = "022185000123" } });
        var path = $"{Desk}/{filed.Body.GetProperty("id").GetGuid()}";

        var refused = await site.PostAsync(await AdministratorAsync(), path + "/completion", new { evidence = Evidence });

        Assert.Equal((HttpStatusCode.Conflict, "IDN-0636"), (refused.Status, refused.Code));
        Assert.Equal("Người " + name, await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.DisplayName).SingleAsync()));
        Assert.Equal("received", (await site.GetAsync(token, $"{Mine}/{filed.Body.GetProperty("id").GetGuid()}")).Body.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_restriction_is_set_told_to_the_services_and_ended_by_the_person()
    {
        var (_, id, token) = await PersonAsync();
        await using var told = await Heard<ProcessingRestricted>.StartAsync(site);
        Assert.Equal("IDN-0637", (await site.DeleteAsync(token, "/api/v1/me/restriction")).Code);

        await CompleteAsync(token, "restrict");

        Assert.True((await told.WaitAsync(e => e.AccountId == id)).Restricted);
        Assert.NotNull(await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.RestrictedAt).SingleAsync()));
        Assert.Equal(HttpStatusCode.NoContent, (await site.DeleteAsync(token, "/api/v1/me/restriction")).Status);
        await told.WaitAsync(e => e.AccountId == id && !e.Restricted);
        Assert.Null(await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.RestrictedAt).SingleAsync()));
    }

    [Fact]
    public async Task Deletion_removes_what_is_optional_closes_the_account_and_says_what_stays_and_why()
    {
        var (name, id, token) = await PersonAsync();
        var strong = await site.TokenAsync(name, strong: true);
        await site.PostAsync(token, "/api/v1/me/consents", new { purpose = "reuse-papers", textVersion = 1, granted = true });
        await site.CallAsync(token, HttpMethod.Put, "/api/v1/me/identity-documents/front", new ByteArrayContent(IdentityDocumentTests.Png));
        await site.PostAsync(token, Mine, new { kind = "access" });
        Assert.Equal("CMN-0470", (await site.PostAsync(token, Mine, new { kind = "delete" })).Code);
        await using var erased = await Heard<PersonalDataErased>.StartAsync(site);

        var done = await CompleteAsync(strong, "delete");

        var outcome = done.Body.GetProperty("request").GetProperty("outcome");
        var counts = outcome.GetProperty("done").EnumerateArray().ToDictionary(d => d.GetProperty("what").GetString()!, d => d.GetProperty("count").GetInt32());
        Assert.Equal((1, 1, 1, 2, 1), (counts["identityDocuments"], counts["dataExports"], counts["consents"], counts["contactPoints"], counts["account"]));
        Assert.Contains(outcome.GetProperty("kept").EnumerateArray(), k => k.GetProperty("what").GetString() == "dossiers" && k.GetProperty("source").GetString()!.Contains("Lưu trữ", StringComparison.Ordinal));
        await erased.WaitAsync(e => e.AccountId == id);

        var account = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id));
        Assert.Equal((true, null, null), (account.IsClosed, account.Email, account.Phone));
        Assert.NotNull(account.SealedPersonalNumber);
        Assert.False(await site.DatabaseAsync(db => db.IdentityDocuments.AnyAsync(d => d.AccountId == id)));
        Assert.False(await site.DatabaseAsync(db => db.Sessions.AnyAsync(s => s.AccountId == id && s.EndedAt == null)));
        Assert.False(await site.DatabaseAsync(db => db.Consents.Where(c => c.AccountId == id).OrderByDescending(c => c.At).Select(c => c.Granted).FirstAsync()));
        Assert.NotEqual(HttpStatusCode.OK, (await site.GetAsync(token, "/api/v1/me")).Status);
    }

    [Fact]
    public async Task A_refusal_has_a_reason_and_a_legal_basis_which_the_person_reads()
    {
        var (_, _, token) = await PersonAsync();
        var id = (await site.PostAsync(token, Mine, new { kind = "object", note = "Phản đối lưu hồ sơ" })).Body.GetProperty("id").GetGuid();
        var administrator = await AdministratorAsync();

        var bare = await site.PostAsync(administrator, $"{Desk}/{id}/refusal", new { reason = "không" });
        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0630"), (bare.Status, bare.Code));
        Assert.Equal(["legalBasis", "reason"], bare.Fields);
        Assert.Equal(["evidence"], (await site.PostAsync(administrator, $"{Desk}/{id}/completion")).Fields);

        await site.PostAsync(administrator, $"{Desk}/{id}/refusal", new { reason = "Hồ sơ phải lưu theo luật", legalBasis = "Luật Lưu trữ 33/2024/QH15" });
        var seen = (await site.GetAsync(token, $"{Mine}/{id}")).Body;
        Assert.Equal(("refused", "Hồ sơ phải lưu theo luật", "Luật Lưu trữ 33/2024/QH15"),
            (seen.GetProperty("state").GetString(), seen.GetProperty("reason").GetString(), seen.GetProperty("legalBasis").GetString()));
    }

    [Fact]
    public async Task The_desk_is_for_administrators_and_auditors_of_the_unit_and_only_administrators_decide()
    {
        var (_, _, token) = await PersonAsync();
        var id = (await site.PostAsync(token, Mine, new { kind = "restrict", unitCode = "06688" })).Body.GetProperty("id").GetGuid();

        foreach (var role in new[] { "citizen", "helper", "reception", "officer", "approver", "cashier", "leader" })
        {
            var caller = await site.TokenAsync(role, strong: true);
            Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync(caller, Desk)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(caller, $"{Desk}/{id}/acknowledgement")).Status);
        }

        var auditor = await site.TokenAsync("auditor", strong: true);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(auditor, $"{Desk}/{id}")).Status);
        Assert.Contains((await site.GetAsync(auditor, Desk + "?limit=100")).Body.GetProperty("items").EnumerateArray(), i => i.GetProperty("request").GetProperty("id").GetGuid() == id);
        foreach (var step in new[] { "acknowledgement", "start", "completion", "refusal" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(auditor, $"{Desk}/{id}/{step}")).Status);
            Assert.Equal("CMN-0470", (await site.PostAsync(await site.TokenAsync("administrator"), $"{Desk}/{id}/{step}")).Code);
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(null, $"{Desk}/{id}/{step}")).Status);
        }

        var elsewhere = await site.TokenAsync("administrator", strong: true, unit: "06652");
        Assert.Equal("IDN-0631", (await site.GetAsync(elsewhere, $"{Desk}/{id}")).Code);
        Assert.Equal("IDN-0631", (await site.PostAsync(elsewhere, $"{Desk}/{id}/acknowledgement")).Code);
        Assert.DoesNotContain((await site.GetAsync(elsewhere, Desk + "?limit=100")).Body.GetProperty("items").EnumerateArray(), i => i.GetProperty("request").GetProperty("id").GetGuid() == id);
    }

    [Fact]
    public async Task Nobody_decides_about_himself_and_nobody_files_for_somebody_else()
    {
        var administrator = await AdministratorAsync();
        var own = (await site.PostAsync(administrator, Mine, new { kind = "restrict" })).Body.GetProperty("id").GetGuid();
        Assert.Equal("IDN-0635", (await site.PostAsync(administrator, $"{Desk}/{own}/completion", new { evidence = Evidence })).Code);

        var acting = await site.ActingTokenAsync("citizen", "helper");
        Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(acting, Mine, new { kind = "access" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync(acting, Mine)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync(acting, $"{Mine}/{own}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync(acting, $"{Mine}/{own}/export")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.DeleteAsync(acting, "/api/v1/me/restriction")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(null, Mine, new { kind = "access" })).Status);
    }

    [Fact]
    public async Task Lists_go_page_by_page_and_refuse_nonsense()
    {
        var (_, _, token) = await PersonAsync();
        foreach (var kind in new[] { "access", "restrict", "access", "access" })
            await site.PostAsync(token, Mine, new { kind });
        var first = (await site.GetAsync(token, Mine + "?limit=3")).Body;
        var second = (await site.GetAsync(token, $"{Mine}?limit=3&after={first.GetProperty("after").GetString()}")).Body;
        Assert.Equal((3, 1), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));

        var administrator = await AdministratorAsync();
        var page = (await site.GetAsync(administrator, Desk + "?limit=1")).Body;
        var next = await site.GetAsync(administrator, $"{Desk}?limit=1&after={page.GetProperty("after").GetString()}");
        Assert.NotEqual(page.GetProperty("items")[0].ToString(), next.Body.GetProperty("items")[0].ToString());
        foreach (var query in new[] { "state=lost", "limit=0", "after=WyJ4IiwieSJd", "after=x" })
            Assert.Equal(HttpStatusCode.BadRequest, (await site.GetAsync(administrator, $"{Desk}?{query}")).Status);
        foreach (var query in new[] { "limit=0", "after=WyJ4Il0", "after=x" })
            Assert.Equal(HttpStatusCode.BadRequest, (await site.GetAsync(token, $"{Mine}?{query}")).Status);
    }

    [Fact]
    public async Task The_same_key_files_and_completes_once()
    {
        var (_, id, token) = await PersonAsync();
        var first = await site.PostAsync(token, Mine, new { kind = "restrict" }, key: "file-1");
        Assert.Equal(first.Body.GetProperty("id").GetGuid(), (await site.PostAsync(token, Mine, new { kind = "restrict" }, key: "file-1")).Body.GetProperty("id").GetGuid());
        var path = $"{Desk}/{first.Body.GetProperty("id").GetGuid()}/completion";
        var administrator = await AdministratorAsync();
        Assert.Equal("completed", await StateAsync(await site.PostAsync(administrator, path, new { evidence = Evidence }, key: "complete-" + id)));
        Assert.Equal("completed", await StateAsync(await site.PostAsync(administrator, path, new { evidence = Evidence }, key: "complete-" + id)));
    }

    private static Task<string?> StateAsync(Calls.Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status} {answer.Body}");
        return Task.FromResult(answer.Body.GetProperty("request").GetProperty("state").GetString());
    }

    private async Task<(string Name, Guid Id, string Token)> PersonAsync()
    {
        var number = Interlocked.Increment(ref _number);
        var name = "subject" + number.ToString(CultureInfo.InvariantCulture);
        var id = await site.PersonAsync(name, $"0221956{number:00000}");
        return (name, id, await site.TokenAsync(name));
    }

    private Task<string> AdministratorAsync() => site.TokenAsync("administrator", strong: true);

    private async Task<Calls.Answer> CompleteAsync(string token, string kind)
    {
        var filed = await site.PostAsync(token, Mine, new { kind });
        Assert.True(filed.Status == HttpStatusCode.Created, filed.Body.ToString());
        var done = await site.PostAsync(await AdministratorAsync(), $"{Desk}/{filed.Body.GetProperty("id").GetGuid()}/completion", new { evidence = Evidence });
        Assert.True(done.Status == HttpStatusCode.OK, done.Body.ToString());
        return done;
    }

    private async Task<string?> NumberAsync(Guid id)
    {
        var account = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id));
        return site.Service.Services.GetRequiredService<PersonalNumbers>().Of(account)?.Value;
    }
}
