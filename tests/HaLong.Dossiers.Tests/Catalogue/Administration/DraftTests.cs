using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue.Administration;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static HaLong.Dossiers.Tests.Catalogue.Administration.Keepers;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue.Administration;

public sealed class DraftTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private HttpClient Author => dossiers.Keeper();

    [Theory]
    [InlineData(Roles.Citizen, Province)]
    [InlineData(Roles.Officer, Province)]
    [InlineData(Roles.Leader, Province)]
    [InlineData(Roles.Auditor, Province)]
    public async Task Only_administrators_come_in(string role, string unit)
    {
        var client = dossiers.Keeper(unit: unit, role: role);
        foreach (var path in (string[])["/drafts", "/export", "/audit", $"/drafts/{Guid.CreateVersion7()}"])
            await RefusedAsync(await client.GetAsync(Admin + path, Ct), 403, "CMN-0403");
        await RefusedAsync(await PostAsync(client, "/imports", new { items = Array.Empty<int>() }), 403, "CMN-0403");
        await RefusedAsync(await dossiers.Factory.Client().GetAsync(Admin + "/drafts", Ct), 401, "CMN-0401");
    }

    [Theory]
    [InlineData(DossierFixture.Unit)]
    [InlineData("99")]
    [InlineData("../x")]
    public async Task The_catalogue_is_not_kept_by_a_commune_or_a_unit_that_is_none(string unit)
    {
        var client = dossiers.Keeper(unit: unit);
        await RefusedAsync(await client.GetAsync(Admin + "/drafts", Ct), 403, "DOS-0204");
        await RefusedAsync(await PostAsync(client, "/drafts", new { code = "1.001193" }, key: "k1"), 403, "DOS-0204");
    }

    [Fact]
    public async Task A_draft_begins_as_a_copy_of_the_version_there_is()
    {
        using var answer = await PostAsync(Author, "/drafts", new { code = "1.000894", note = "Đổi thời hạn" });
        var draft = await BodyAsync(answer, HttpStatusCode.Created);
        Assert.Equal(("draft", "Kết hôn".Length > 0, "Đổi thời hạn"), (draft.GetProperty("state").GetString(), true, draft.GetProperty("note").GetString()));
        Assert.Equal("Đăng ký kết hôn", draft.GetProperty("content").GetProperty("nameVi").GetString());
        Assert.Equal((await GetAsync(dossiers.Factory.Client(), "/api/v1/procedures/1.000894")).GetProperty("versionId").GetGuid(), draft.GetProperty("basedOn").GetGuid());
        Assert.Equal(0, draft.GetProperty("defects").GetArrayLength());
        Assert.NotNull(answer.Headers.ETag);
        Assert.Equal($"{Admin}/drafts/{draft.GetProperty("id").GetGuid()}", answer.Headers.Location!.ToString());
        Assert.Equal(0, (await GetAsync(Author, $"{Admin}/drafts/{draft.GetProperty("id").GetGuid()}/comparison")).GetProperty("changes").GetArrayLength());
    }

    [Fact]
    public async Task A_procedure_has_one_draft_at_a_time_and_of_two_at_once_one_is_told()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync(dossiers.Keeper(), "/drafts", new { code = "1.004873" })));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        await RefusedAsync(await PostAsync(Author, "/drafts", new { code = "1.004873" }), 409, "DOS-0205");
    }

    [Fact]
    public async Task The_same_request_twice_makes_one_draft()
    {
        var author = dossiers.Keeper(Guid.CreateVersion7());
        var first = await BodyAsync(await PostAsync(author, "/drafts", new { code = "1.000656" }, key: "open-once"), HttpStatusCode.Created);
        var second = await BodyAsync(await PostAsync(author, "/drafts", new { code = "1.000656" }, key: "open-once"), HttpStatusCode.Created);
        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "1.001022" }, key: "open-once"), 422, "CMN-0422");
    }

    [Fact]
    public async Task What_makes_no_draft_is_refused()
    {
        var author = Author;
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "a b" }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "9.999999" }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "9.999999", content = new { code = "8.888888" } }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "9.999999", content = new { code = "9.999999", nameVi = new string('x', 300_000) } }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "9.999999", content = new { code = "9.999999", nameVi = "a\0b" } }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "9.999999", repeal = true }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "1.001193", basedOn = Guid.CreateVersion7() }), 404, "DOS-0202");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "1.001193", note = new string('x', 2001) }), 400, "DOS-0215");
        await RefusedAsync(await PostAsync(author, "/drafts", new { code = "1.001193", validFrom = Today, validTo = Today.AddDays(-1) }), 400, "DOS-0210");
    }

    [Fact]
    public async Task An_edit_shows_what_it_changes_and_makes_its_writer_an_editor()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await OpenAsync(dossiers.Keeper(first), Item("1.004837"));
        using var read = await Author.GetAsync($"{Admin}/drafts/{id}", Ct);
        var changed = Item("1.004837", change: i => i["timeLimit"]!["value"] = 9);
        var body = new { content = changed, validFrom = Today.AddDays(5), note = "Rút ngắn" };
        using var edited = await SendAsync(dossiers.Keeper(second), HttpMethod.Put, $"/drafts/{id}", body, read.Headers.ETag!.Tag);
        var draft = await BodyAsync(edited);
        Assert.Equal([first, second], draft.GetProperty("editors").EnumerateArray().Select(e => e.GetGuid()));
        Assert.Equal((Day(Today.AddDays(5)), "Rút ngắn"), (draft.GetProperty("validFrom").GetString(), draft.GetProperty("note").GetString()));
        var comparison = await GetAsync(Author, $"{Admin}/drafts/{id}/comparison");
        var change = Assert.Single(comparison.GetProperty("changes").EnumerateArray());
        Assert.Equal(("timeLimit.value", "Thời hạn giải quyết › Số", 9), (change.GetProperty("path").GetString(), change.GetProperty("label").GetString(), change.GetProperty("after").GetInt32()));

        await RefusedAsync(await SendAsync(Author, HttpMethod.Put, $"/drafts/{id}", body, read.Headers.ETag.Tag), 412, "CMN-0412");
        await RefusedAsync(await SendAsync(Author, HttpMethod.Put, $"/drafts/{id}", new { content = Item("1.001193") }), 400, "DOS-0215");
        await RefusedAsync(await SendAsync(Author, HttpMethod.Put, $"/drafts/{id}", new { note = "ohne" }), 400, "DOS-0215");
        await RefusedAsync(await SendAsync(Author, HttpMethod.Put, $"/drafts/{id}", new { content = changed, basedOn = Guid.CreateVersion7() }), 404, "DOS-0202");
        await RefusedAsync(await SendAsync(Author, HttpMethod.Put, $"/drafts/{Guid.CreateVersion7()}", body), 404, "DOS-0203");
    }

    [Fact]
    public async Task An_incomplete_draft_is_kept_but_does_not_go_to_review_and_all_defects_are_told()
    {
        var author = Author;
        var id = await OpenAsync(author, new JsonObject { ["code"] = "9.000100", ["nameVi"] = "Thủ tục mới" });
        Assert.True((await GetAsync(author, $"{Admin}/drafts/{id}")).GetProperty("defects").GetArrayLength() > 4);
        var refused = await RefusedAsync(await PostAsync(author, $"/drafts/{id}/review"), 400, "DOS-0206");
        foreach (var field in (string[])["nameEn", "field", "level", "competentAgency", "subjects", "timeLimit"])
            Assert.True(refused.GetProperty("errors").TryGetProperty(field, out _), field);
        await BodyAsync(await SendAsync(author, HttpMethod.Put, $"/drafts/{id}", new { content = Item(newCode: "9.000100") }));
        Assert.Equal("review", (await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_draft_goes_to_review_and_back_with_a_reason()
    {
        var (author, second) = (Author, dossiers.Keeper());
        var id = await OpenAsync(author, Item(newCode: "9.000101"));
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/approval"), 409, "DOS-0207");
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"));
        await RefusedAsync(await PostAsync(author, $"/drafts/{id}/review"), 409, "DOS-0207");
        await RefusedAsync(await SendAsync(author, HttpMethod.Put, $"/drafts/{id}", new { content = Item(newCode: "9.000101") }), 409, "DOS-0207");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/return", new { reason = " " }), 400, "DOS-0219");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/return"), 400, "DOS-0219");
        var returned = await BodyAsync(await PostAsync(second, $"/drafts/{id}/return", new { reason = "Thiếu căn cứ pháp lý" }));
        Assert.Equal(("draft", "Thiếu căn cứ pháp lý"), (returned.GetProperty("state").GetString(), returned.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_draft_can_be_given_up_and_another_begun()
    {
        var author = Author;
        var id = await OpenAsync(author, Item(newCode: "9.000102"));
        await RefusedAsync(await PostAsync(author, $"/drafts/{id}/withdrawal", new { reason = new string('x', 501) }), 400, "DOS-0219");
        Assert.Equal("withdrawn", (await BodyAsync(await PostAsync(author, $"/drafts/{id}/withdrawal", new { reason = "Không cần nữa" }))).GetProperty("state").GetString());
        await RefusedAsync(await PostAsync(author, $"/drafts/{id}/withdrawal", new { reason = "lần nữa" }), 409, "DOS-0207");
        await OpenAsync(author, Item(newCode: "9.000102"));
    }

    [Fact]
    public async Task Whoever_wrote_it_does_not_approve_it_and_an_approval_wants_a_strong_sign_in()
    {
        var (me, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await OpenAsync(dossiers.Keeper(me), Item(newCode: "9.000103"));
        await BodyAsync(await PostAsync(dossiers.Keeper(me), $"/drafts/{id}/review"));
        await RefusedAsync(await PostAsync(dossiers.Keeper(me), $"/drafts/{id}/approval"), 403, "DOS-0208");
        await RefusedAsync(await PostAsync(dossiers.Keeper(other, strong: false), $"/drafts/{id}/approval"), 401, "CMN-0470");
        var approved = await BodyAsync(await PostAsync(dossiers.Keeper(other), $"/drafts/{id}/approval"));
        Assert.Equal(("approved", other), (approved.GetProperty("state").GetString(), approved.GetProperty("approvedBy").GetGuid()));
    }

    [Theory]
    [InlineData("review")]
    [InlineData("return")]
    [InlineData("approval")]
    [InlineData("withdrawal")]
    [InlineData("publication")]
    public async Task A_draft_that_is_not_there_is_not_found(string step) =>
        await RefusedAsync(await PostAsync(Author, $"/drafts/{Guid.CreateVersion7()}/{step}", new { reason = "x" }), 404, "DOS-0203");

    [Fact]
    public async Task Drafts_are_listed_by_state_and_procedure_latest_first()
    {
        var author = Author;
        foreach (var n in Enumerable.Range(1, 5))
            await OpenAsync(author, Item(newCode: $"9.0002{n:00}"));
        var all = new List<string>();
        string? after = null;
        do
        {
            var page = await GetAsync(author, $"{Admin}/drafts?state=draft&limit=2&after={after}");
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("code").GetString()!));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal(["9.000205", "9.000204", "9.000203", "9.000202", "9.000201"], all.Where(c => c.StartsWith("9.0002", StringComparison.Ordinal)));
        Assert.Equal(1, (await GetAsync(author, $"{Admin}/drafts?code=9.000203")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await GetAsync(author, $"{Admin}/drafts?import={Guid.CreateVersion7()}")).GetProperty("items").GetArrayLength());
        await RefusedAsync(await author.GetAsync($"{Admin}/drafts?state=unheard", Ct), 400, "DOS-0215");
        await RefusedAsync(await author.GetAsync($"{Admin}/drafts?limit=0", Ct), 400, "CMN-0400");
        await RefusedAsync(await author.GetAsync($"{Admin}/drafts?after=WyJ4Il0", Ct), 400, "CMN-0400");
        await RefusedAsync(await author.GetAsync($"{Admin}/drafts/{Guid.CreateVersion7()}", Ct), 404, "DOS-0203");
        await RefusedAsync(await author.GetAsync($"{Admin}/drafts/{Guid.CreateVersion7()}/comparison", Ct), 404, "DOS-0203");
    }

    [Fact]
    public async Task Every_step_is_in_the_audit_and_stays_there()
    {
        var me = Guid.CreateVersion7();
        var author = dossiers.Keeper(me);
        var id = await OpenAsync(author, Item(newCode: "9.000104"));
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"));
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/withdrawal", new { reason = "Nhầm" }));
        var page = await GetAsync(author, $"{Admin}/audit?code=9.000104&limit=2");
        Assert.Equal(["draft.withdrawn", "draft.submitted"], page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()));
        var rest = await GetAsync(author, $"{Admin}/audit?code=9.000104&limit=2&after={page.GetProperty("after").GetString()}");
        var opened = Assert.Single(rest.GetProperty("items").EnumerateArray());
        Assert.Equal(("draft.opened", me, Province, id), (opened.GetProperty("action").GetString(), opened.GetProperty("actorId").GetGuid(), opened.GetProperty("actorUnit").GetString(), opened.GetProperty("draftId").GetGuid()));
        Assert.Equal("Nhầm", page.GetProperty("items")[0].GetProperty("details").GetProperty("reason").GetString());
        await RefusedAsync(await author.GetAsync($"{Admin}/audit?limit=101", Ct), 400, "CMN-0400");
        await RefusedAsync(await author.GetAsync($"{Admin}/audit?after=WyJ4Il0", Ct), 400, "CMN-0400");
        foreach (var change in (string[])["UPDATE catalogue_audit SET action = 'x'", "DELETE FROM catalogue_audit", "TRUNCATE catalogue_audit"])
            await Assert.ThrowsAsync<PostgresException>(() => dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(change, Ct)));
        Assert.True(await dossiers.InDbAsync(db => db.Set<CatalogueAuditEntry>().AnyAsync(e => e.DraftId == id, Ct)));
    }

    [Fact]
    public async Task With_identity_down_a_unit_that_is_not_known_yet_has_to_wait()
    {
        await using var own = await dossiers.NewFactory().WithSetting("services:identity:grpc:0", "http://127.0.0.1:1").WithSetting("ConnectionStrings:cache", "127.0.0.1:1,abortConnect=false").StartAsync(waitForBus: false);
        var client = own.Client(dossiers.Identity.Token(null, [Roles.Administrator], Province, strong: true));
        await RefusedAsync(await client.GetAsync(Admin + "/drafts", Ct), 503, "DOS-0010");
    }

    [Fact]
    public async Task A_message_is_in_the_language_of_the_request()
    {
        var client = Author;
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var id = await OpenAsync(client, new JsonObject { ["code"] = "9.000105" });
        var defects = (await GetAsync(client, $"{Admin}/drafts/{id}")).GetProperty("defects").EnumerateArray().ToDictionary(d => d.GetProperty("path").GetString()!, d => d.GetProperty("message").GetString());
        Assert.Equal("is missing", defects["nameVi"]);
        Assert.Equal(JsonValueKind.Null, (await GetAsync(client, $"{Admin}/drafts/{id}")).GetProperty("basedOn").ValueKind);
    }
}
