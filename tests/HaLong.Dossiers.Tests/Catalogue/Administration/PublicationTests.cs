using System.Net;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.Catalogue.Administration.Keepers;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue.Administration;

public sealed class PublicationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private HttpClient Anyone => dossiers.Factory.Client();
    private HttpClient Author => dossiers.Keeper();
    private HttpClient Second => dossiers.Keeper();

    [Fact]
    public async Task A_new_procedure_is_there_from_its_day_on_and_is_found()
    {
        var published = await PublishedAsync(Author, Second, Item(newCode: "9.100001", change: i => i["nameVi"] = "Đăng ký nuôi tôm hùm bông"), Today);
        Assert.Equal("published", published.GetProperty("state").GetString());
        var shown = await GetAsync(Anyone, "/api/v1/procedures/9.100001");
        Assert.Equal((published.GetProperty("versionId").GetGuid(), Day(Today)), (shown.GetProperty("versionId").GetGuid(), shown.GetProperty("validFrom").GetString()));
        await RefusedAsync(await Anyone.GetAsync($"/api/v1/procedures/9.100001?at={Day(Today.AddDays(-1))}", Ct), 404, "DOS-0002");
        await Eventually.Async(async () => (await GetAsync(Anyone, "/api/v1/procedures?q=tom hum bong")).GetProperty("total").GetInt32() == 1, "the new procedure is found");
    }

    [Fact]
    public async Task Several_future_versions_follow_one_another()
    {
        var (in30, in60, in45) = (Today.AddDays(30), Today.AddDays(60), Today.AddDays(45));
        await PublishedAsync(Author, Second, Item("1.004845", change: i => i["timeLimit"]!["value"] = 3), in30);
        await PublishedAsync(Author, Second, Item("1.004845", change: i => i["timeLimit"]!["value"] = 4), in60);
        var middle = await OpenOnAsync(in30, "1.004845", 5);
        await BodyAsync(await PostAsync(Second, $"/drafts/{middle}/publication", new { validFrom = in45 }));

        foreach (var (day, value) in ((DateOnly, int)[])[(Today, 2), (in30.AddDays(-1), 2), (in30, 3), (in45.AddDays(-1), 3), (in45, 5), (in60.AddDays(-1), 5), (in60, 4), (in60.AddYears(9), 4)])
            Assert.Equal(value, (await GetAsync(Anyone, $"/api/v1/procedures/1.004845?at={Day(day)}")).GetProperty("timeLimit").GetProperty("value").GetInt32());
        var versions = (await GetAsync(Anyone, "/api/v1/procedures/1.004845/versions")).EnumerateArray().ToList();
        Assert.Equal(["future", "future", "future", "inForce"], versions.Select(v => v.GetProperty("state").GetString()));
        Assert.Equal([Day(in60), Day(in45), Day(in30)], versions.Take(3).Select(v => v.GetProperty("validFrom").GetString()));
        var comparison = await GetAsync(Anyone, $"/api/v1/procedures/1.004845/comparison?from={versions[3].GetProperty("versionId")}&to={versions[0].GetProperty("versionId")}");
        Assert.Equal((2, 4), Assert.Single(comparison.GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("before").GetInt32(), c.GetProperty("after").GetInt32()))));

        async Task<Guid> OpenOnAsync(DateOnly day, string code, int limit)
        {
            var basis = (await GetAsync(Anyone, $"/api/v1/procedures/{code}?at={Day(day)}")).GetProperty("versionId").GetGuid();
            var id = (await BodyAsync(await PostAsync(Author, "/drafts", new { code, basedOn = basis, content = Item(code, change: i => i["timeLimit"]!["value"] = limit) }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
            await BodyAsync(await PostAsync(Author, $"/drafts/{id}/review"));
            await BodyAsync(await PostAsync(Second, $"/drafts/{id}/approval"));
            return id;
        }
    }

    [Fact]
    public async Task What_cannot_be_published_is_refused_and_changes_nothing()
    {
        var (me, second) = (dossiers.Keeper(Guid.CreateVersion7()), Second);
        await PublishedAsync(me, second, Item(newCode: "9.100002"), Today.AddDays(20));
        var id = await ApprovedAsync(me, second, Item(newCode: "9.100002", change: i => i["decision"] = "khác"));
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication"), 400, "DOS-0220");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(-1) }), 400, "DOS-0209");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(9), validTo = Today.AddDays(8) }), 400, "DOS-0210");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(20) }), 409, "DOS-0211");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(9), validTo = Today.AddDays(30) }), 409, "DOS-0211");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(30), replaces = Guid.CreateVersion7() }), 400, "DOS-0212");
        await RefusedAsync(await PostAsync(me, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(30) }), 403, "DOS-0208");
        await RefusedAsync(await PostAsync(dossiers.Keeper(strong: false), $"/drafts/{id}/publication", new { validFrom = Today.AddDays(30) }), 401, "CMN-0470");
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(30) }, ifMatch: "\"1\""), 412, "CMN-0412");
        Assert.Single((await GetAsync(Anyone, "/api/v1/procedures/9.100002/versions")).EnumerateArray());
        Assert.Equal("approved", (await GetAsync(me, $"{Admin}/drafts/{id}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_draft_that_changes_nothing_is_not_published()
    {
        await PublishedAsync(Author, Second, Item(newCode: "9.100003"), Today);
        var id = await ApprovedAsync(Author, Second, Item(newCode: "9.100003"));
        await RefusedAsync(await PostAsync(Second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(1) }), 409, "DOS-0221");
    }

    [Fact]
    public async Task A_version_with_a_mistake_is_replaced_before_its_day()
    {
        var first = await PublishedAsync(Author, Second, Item(newCode: "9.100004", change: i => i["nameEn"] = "Wrong"), Today.AddDays(3));
        var replaced = first.GetProperty("versionId").GetGuid();
        var id = await ApprovedAsync(Author, Second, Item(newCode: "9.100004", change: i => i["nameEn"] = "Right"));
        await BodyAsync(await PostAsync(Second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(3), replaces = replaced }));
        Assert.Equal("Right", (await GetAsync(Anyone, $"/api/v1/procedures/9.100004?at={Day(Today.AddDays(3))}")).GetProperty("nameEn").GetString());
        var states = (await GetAsync(Anyone, "/api/v1/procedures/9.100004/versions")).EnumerateArray().ToDictionary(v => v.GetProperty("versionId").GetGuid(), v => v.GetProperty("state").GetString());
        Assert.Equal("replaced", states[replaced]);
        Assert.Equal(2, states.Count);
    }

    [Fact]
    public async Task A_draft_of_a_version_that_was_overtaken_is_refused_until_it_is_brought_up_to_date()
    {
        var (author, second) = (Author, Second);
        var first = await PublishedAsync(author, second, Item(newCode: "9.100005"), Today);
        var id = (await BodyAsync(await PostAsync(author, "/drafts", new { code = "9.100005", content = Item(newCode: "9.100005", change: i => i["decision"] = "2") }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"));
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/approval"));
        // Only a release of the file or a repair of the database can come in between: a second draft is not possible.
        var newer = Guid.CreateVersion7();
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"""
            WITH old AS (UPDATE procedure SET valid_to = {Today.AddDays(4)} WHERE id = {first.GetProperty("versionId").GetGuid()} RETURNING *)
            INSERT INTO procedure (id, code, name_vi, name_en, field, level, content, content_hash, valid_from)
            SELECT {newer}, code, name_vi, name_en, field, level, content, 'other', {Today.AddDays(5)} FROM old
            """, Ct));
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(9) }), 409, "DOS-0214");

        await BodyAsync(await PostAsync(author, $"/drafts/{id}/return", new { reason = "Cập nhật" }));
        await BodyAsync(await SendAsync(author, HttpMethod.Put, $"/drafts/{id}", new { basedOn = newer, content = Item(newCode: "9.100005", change: i => i["decision"] = "2"), validFrom = Today.AddDays(9) }));
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"));
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/approval"));
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/publication"));
    }

    [Fact]
    public async Task A_repeal_ends_a_procedure_by_four_eyes()
    {
        var (author, second) = (Author, Second);
        await PublishedAsync(author, second, Item(newCode: "9.100006"), Today);
        var id = (await BodyAsync(await PostAsync(author, "/drafts", new { code = "9.100006", repeal = true, note = "Bãi bỏ theo Quyết định" }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"));
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/approval"));
        await RefusedAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(-1) }), 400, "DOS-0209");
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today.AddDays(10) }));
        await BodyAsync(await Anyone.GetAsync($"/api/v1/procedures/9.100006?at={Day(Today.AddDays(9))}", Ct));
        await RefusedAsync(await Anyone.GetAsync($"/api/v1/procedures/9.100006?at={Day(Today.AddDays(10))}", Ct), 404, "DOS-0002");
        var audit = await GetAsync(author, $"{Admin}/audit?code=9.100006&limit=1");
        Assert.Equal("procedure.repealed", audit.GetProperty("items")[0].GetProperty("action").GetString());

        var again = (await BodyAsync(await PostAsync(author, "/drafts", new { code = "9.100006", repeal = true }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await PostAsync(author, $"/drafts/{again}/review"));
        await BodyAsync(await PostAsync(second, $"/drafts/{again}/approval"));
        await RefusedAsync(await PostAsync(second, $"/drafts/{again}/publication", new { validFrom = Today.AddDays(10) }), 409, "DOS-0213");
    }

    [Fact]
    public async Task Of_two_administrators_who_publish_at_once_one_does_and_the_other_is_told()
    {
        var id = await ApprovedAsync(Author, Second, Item(newCode: "9.100007"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostAsync(dossiers.Keeper(), $"/drafts/{id}/publication", new { validFrom = Today })));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        Assert.Single((await GetAsync(Anyone, "/api/v1/procedures/9.100007/versions")).EnumerateArray());
    }

    [Fact]
    public async Task A_publication_asked_for_twice_happens_once()
    {
        var second = dossiers.Keeper(Guid.CreateVersion7());
        var id = await ApprovedAsync(Author, second, Item(newCode: "9.100008"));
        var first = await BodyAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today }, key: "publish-once"));
        using var repeated = await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today }, key: "publish-once");
        Assert.Equal(first.GetProperty("versionId").GetGuid(), (await BodyAsync(repeated)).GetProperty("versionId").GetGuid());
        Assert.Contains("Idempotency-Replayed", repeated.Headers.Select(h => h.Key));
        Assert.Single((await GetAsync(Anyone, "/api/v1/procedures/9.100008/versions")).EnumerateArray());
    }

    [Fact]
    public async Task A_dossier_keeps_the_version_it_was_filed_with_and_a_new_one_gets_the_new()
    {
        var citizen = dossiers.Citizen(Guid.CreateVersion7());
        var old = (await GetAsync(Anyone, $"/api/v1/procedures/{Free}")).GetProperty("versionId").GetGuid();
        var filed = await SubmittedAsync(citizen, Free);
        var draft = await DraftAsync(citizen, Free);
        var published = await PublishedAsync(Author, Second, Item(Free, change: i => i["nameEn"] = "Another name"), Today.AddDays(1));
        Assert.Equal(old, (await GetAsync(Anyone, $"/api/v1/procedures/{Free}")).GetProperty("versionId").GetGuid());
        // Tomorrow has come: what was filed stays with its version, what is filed now is bound to the new one.
        await dossiers.InDbAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"UPDATE procedure SET valid_to = {Today.AddDays(-1)} WHERE id = {old}", Ct);
            return await db.Database.ExecuteSqlAsync($"UPDATE procedure SET valid_from = {Today} WHERE id = {published.GetProperty("versionId").GetGuid()}", Ct);
        });
        await BodyAsync(await DossierFixture.PostAsync(citizen, draft, "submission"));
        var bound = await dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().Where(d => d.Id == filed || d.Id == draft).ToDictionaryAsync(d => d.Id, d => d.ProcedureId, Ct));
        Assert.Equal((old, published.GetProperty("versionId").GetGuid()), (bound[filed], bound[draft]));
    }

    [Fact]
    public async Task The_database_itself_lets_no_versions_overlap()
    {
        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO procedure (id, code, name_vi, name_en, field, level, content, content_hash, valid_from, valid_to)
            SELECT {Guid.CreateVersion7()}, code, name_vi, name_en, field, level, content, content_hash, valid_from + 5, valid_from + 6 FROM procedure WHERE code = '2.001019'
            """, Ct)));
        Assert.Equal("23P01", error.SqlState);
    }
}
