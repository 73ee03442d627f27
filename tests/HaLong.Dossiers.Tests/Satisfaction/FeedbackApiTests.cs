using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Tests.Statistics;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Satisfaction.SatisfactionKit;

namespace HaLong.Dossiers.Tests.Satisfaction;

public sealed class FeedbackApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object Answer = new { answer = "Đã bố trí thêm quầy.", upheld = true };

    [Fact]
    public async Task A_person_complains_the_unit_asks_answers_and_publishes_and_the_person_judges()
    {
        var (unit, author) = (NewUnit(), dossiers.Citizen());
        var id = await SendAsync(author, unit, Land);
        var chief = Chief(dossiers, unit);

        var seen = await GetAsync(chief, $"/api/v1/admin/feedback/{id}");
        Assert.Equal(("received", false, "Chờ quá lâu ở quầy."),
            (seen.GetProperty("state").GetString(), seen.GetProperty("late").GetBoolean(), seen.GetProperty("text").GetString()));
        Assert.DoesNotContain(seen.EnumerateObject(), p => p.Name.Contains("author", StringComparison.OrdinalIgnoreCase));
        await BodyAsync(await StepAsync(chief, id, "supplement-request", new { question = "Vào ngày nào?" }));
        var asked = await GetAsync(author, $"/api/v1/feedback/{id}");
        Assert.Equal(("awaitingSupplement", "Vào ngày nào?"), (asked.GetProperty("state").GetString(), asked.GetProperty("supplementQuestion").GetString()));
        await BodyAsync(await StepAsync(author, id, "supplement", new { text = "Thứ Hai tuần trước." }, admin: false));
        await BodyAsync(await StepAsync(chief, id, "answer", Answer));
        await RefusedAsync(await StepAsync(chief, id, "publication", new { text = "Anh A, 0912345678", answer = "Đã thêm quầy." }), 400, "DOS-0854");
        await BodyAsync(await StepAsync(chief, id, "publication", new { text = "Chờ lâu ở quầy.", answer = "Đã thêm quầy." }));
        var judged = await BodyAsync(await StepAsync(author, id, "opinion", new { satisfied = true }, admin: false));

        Assert.True(judged.GetProperty("satisfied").GetBoolean());
        using var anybody = dossiers.Factory.Client();
        var published = Assert.Single((await GetAsync(anybody, $"/api/v1/feedback/published?unit={unit}")).GetProperty("items").EnumerateArray());
        Assert.Equal(("Chờ lâu ở quầy.", "Đã thêm quầy."), (published.GetProperty("text").GetString(), published.GetProperty("answer").GetString()));
        Assert.DoesNotContain("quá lâu", published.GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await GetAsync(anybody, $"/api/v1/feedback/published?unit={unit}&procedure={Free}")).GetProperty("items").EnumerateArray());
        var kinds = await dossiers.InDbAsync(db => db.Database.SqlQuery<string>($"SELECT kind AS \"Value\" FROM evidence WHERE subject = {id.ToString()}")
            .ToListAsync(Ct));
        Assert.Equal(["feedback.answered", "feedback.asked", "feedback.judged", "feedback.published", "feedback.received", "feedback.supplemented"],
            kinds.Order(StringComparer.Ordinal));
        Assert.True(await OnTimeAsync(id));
    }

    [Fact]
    public async Task Who_sends_the_same_key_twice_sends_once_and_after_an_answer_it_is_a_repetition()
    {
        var (unit, author) = (NewUnit(), dossiers.Citizen());
        async Task<JsonElement> SendKeyedAsync(string key)
        {
            var request = new HttpRequestMessage(HttpMethod.Post,
                "/api/v1/feedback")
            { Content = JsonContent.Create(new { unitCode = unit, kind = "proposal", text = "Mở cửa thứ Bảy." }) };
            request.Headers.Add("Idempotency-Key", key);
            return await BodyAsync(await author.SendAsync(request, Ct), HttpStatusCode.Created);
        }

        var first = await SendKeyedAsync("k1");
        Assert.Equal(first.GetProperty("id").GetGuid(), (await SendKeyedAsync("k1")).GetProperty("id").GetGuid());
        Assert.False((await SendKeyedAsync("k2")).GetProperty("repeated").GetBoolean());
        await BodyAsync(await StepAsync(Chief(dossiers, unit), first.GetProperty("id").GetGuid(), "answer", Answer));
        Assert.True((await SendKeyedAsync("k3")).GetProperty("repeated").GetBoolean());
        Assert.False((await GetAsync(author, $"/api/v1/feedback/{await SendAsync(author, unit, Land)}")).GetProperty("repeated").GetBoolean());
        Assert.False((await GetAsync(Chief(dossiers, unit), $"/api/v1/admin/feedback/{await SendAsync(dossiers.Citizen(), unit)}")).GetProperty("repeated")
            .GetBoolean());
        Assert.Equal(4, (await GetAsync(author, "/api/v1/me/feedback")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task About_a_dossier_only_its_owner_complains_and_its_unit_is_meant()
    {
        var owner = dossiers.Citizen();
        var dossier = await DossierAsync(dossiers, owner);
        var body = new { dossierId = dossier, kind = "complaint", text = "Sai tên." };

        var sent = await BodyAsync(await owner.PostAsJsonAsync("/api/v1/feedback", body, Ct), HttpStatusCode.Created);

        Assert.Equal((Unit, Free), (sent.GetProperty("unitCode").GetString(), sent.GetProperty("procedureCode").GetString()));
        await RefusedAsync(await dossiers.Citizen().PostAsJsonAsync("/api/v1/feedback", body, Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_once_and_unknown_things_by_name()
    {
        var author = dossiers.Citizen();
        var refused = await RefusedAsync(await author.PostAsJsonAsync("/api/v1/feedback", new { kind = "praise", text = " " }, Ct), 400, "DOS-0851");
        Assert.Equal(["kind", "text", "unitCode"], refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await author.PostAsJsonAsync("/api/v1/feedback", new { unitCode = "99999", kind = "complaint", text = "x" }, Ct), 400, "DOS-0004");
        await RefusedAsync(await author.PostAsJsonAsync("/api/v1/feedback",
            new { unitCode = NewUnit(), procedureCode = "9.9", kind = "complaint", text = "x" }, Ct), 400, "DOS-0003");
        using var nobody = await dossiers.Factory.Client().PostAsJsonAsync("/api/v1/feedback", new { unitCode = Unit, kind = "complaint", text = "x" }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await RefusedAsync(await author.PostAsJsonAsync("/api/v1/feedback", new { unitCode = NewUnit(), kind = "complaint", text = "x" }, Ct), 503,
                "DOS-0010");
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }

    [Fact]
    public async Task Rights_end_at_the_unit_and_auditors_only_look()
    {
        var (unit, parent) = (NewUnit(), NewUnit());
        await SampleFacts.UnitsAsync(dossiers, (parent, "22", "commune"), (unit, parent, "commune"));
        var author = dossiers.Citizen();
        var id = await SendAsync(author, unit);

        await RefusedAsync(await dossiers.Citizen().GetAsync($"/api/v1/feedback/{id}", Ct), 404, "DOS-0850");
        await RefusedAsync(await StepAsync(dossiers.Citizen(), id, "opinion", new { satisfied = true }, admin: false), 404, "DOS-0850");
        await RefusedAsync(await Chief(dossiers, OtherUnit).GetAsync($"/api/v1/admin/feedback/{id}", Ct), 404, "DOS-0850");
        await RefusedAsync(await StepAsync(Chief(dossiers, OtherUnit), id, "answer", Answer), 404, "DOS-0850");
        await RefusedAsync(await Chief(dossiers, OtherUnit).GetAsync($"/api/v1/admin/feedback?unit={unit}", Ct), 403, "DOS-0803");
        await RefusedAsync(await dossiers.Official(Roles.Officer, unit).GetAsync("/api/v1/admin/feedback", Ct), 403, "CMN-0403");
        await RefusedAsync(await StepAsync(dossiers.Official(Roles.Officer, unit), id, "answer", Answer), 403, "DOS-0853");
        var auditor = dossiers.Factory.Client(dossiers.Identity.Token(null, [Roles.Auditor], strong: true));
        Assert.Equal(id, (await GetAsync(auditor, $"/api/v1/admin/feedback/{id}")).GetProperty("id").GetGuid());
        await RefusedAsync(await StepAsync(auditor, id, "answer", Answer), 403, "DOS-0853");
        using var citizen = await StepAsync(author, id, "answer", Answer);
        Assert.Equal(HttpStatusCode.Forbidden, citizen.StatusCode);

        Assert.Equal(id, Assert.Single((await GetAsync(dossiers.Official(Roles.Leader, parent), "/api/v1/admin/feedback")).GetProperty("items")
            .EnumerateArray()).GetProperty("id").GetGuid());
        await BodyAsync(await StepAsync(dossiers.Official(Roles.Leader, parent), id, "refusal", new { reason = "Không thuộc thẩm quyền." }));
    }

    [Fact]
    public async Task A_step_needs_its_words_its_state_and_the_latest_revision()
    {
        var (unit, author) = (NewUnit(), dossiers.Citizen());
        var id = await SendAsync(author, unit);
        var chief = Chief(dossiers, unit);
        using var read = await chief.GetAsync($"/api/v1/admin/feedback/{id}", Ct);
        var tag = read.Headers.ETag!.Tag;

        foreach (var (step, field) in new[] { ("refusal", "reason"), ("supplement-request", "question"), ("answer", "answer"), ("publication", "text") })
            Assert.Contains((await RefusedAsync(await StepAsync(chief, id, step, new { }), 400, "DOS-0851")).GetProperty("errors").EnumerateObject(), e =>
                e.Name == field);
        await RefusedAsync(await StepAsync(author, id, "opinion", new { }, admin: false), 400, "DOS-0851");
        await RefusedAsync(await StepAsync(author, id, "supplement", new { text = "" }, admin: false), 400, "DOS-0851");
        var wrong = await RefusedAsync(await StepAsync(author, id, "supplement", new { text = "x" }, admin: false), 409, "DOS-0852");
        Assert.Contains("đã tiếp nhận", wrong.GetProperty("title").GetString(), StringComparison.Ordinal);

        var asked = await StepAsync(chief, id, "supplement-request", new { question = "Ngày nào?" }, tag);
        await BodyAsync(asked);
        await RefusedAsync(await StepAsync(chief, id, "refusal", new { reason = "x" }, tag), 412, "CMN-0412");
        await BodyAsync(await StepAsync(chief, id, "answer", Answer, asked.Headers.ETag!.Tag));
        await RefusedAsync(await StepAsync(chief, id, "answer", Answer), 409, "DOS-0852");
    }

    [Fact]
    public async Task Two_who_answer_at_once_are_one_answer()
    {
        var unit = NewUnit();
        var id = await SendAsync(dossiers.Citizen(), unit);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(i => StepAsync(Chief(dossiers, unit), id, "answer", new { answer = $"Trả lời {i}", upheld = false })));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
    }

    [Fact]
    public async Task The_list_is_paged_and_filtered_by_state_and_lateness()
    {
        var (unit, author) = (NewUnit(), dossiers.Citizen());
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await SendAsync(author, unit));
        var chief = Chief(dossiers, unit);
        await BodyAsync(await StepAsync(chief, ids[0], "refusal", new { reason = "Trùng." }));
        var past = TimeProvider.System.GetUtcNow().AddDays(-1);
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE feedback SET due_at = {past} WHERE id = {ids[1]}", Ct));

        async Task<List<Guid>> ListAsync(string query) =>
            [.. (await GetAsync(chief, "/api/v1/admin/feedback?" + query)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
        Assert.Equal([ids[0]], await ListAsync("state=refused"));
        Assert.Equal([ids[1]], await ListAsync("late=true"));
        Assert.Equal([ids[4], ids[3], ids[2], ids[0]], await ListAsync("late=false"));
        var first = await GetAsync(chief, "/api/v1/admin/feedback?limit=3");
        Assert.Equal([ids[4], ids[3], ids[2]], first.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
        Assert.Equal([ids[1], ids[0]], await ListAsync("limit=3&after=" + first.GetProperty("after").GetString()));
        await RefusedAsync(await chief.GetAsync("/api/v1/admin/feedback?state=lost", Ct), 400, "DOS-0851");
        await RefusedAsync(await chief.GetAsync("/api/v1/admin/feedback?limit=1000", Ct), 400, "CMN-0400");
        await RefusedAsync(await author.GetAsync("/api/v1/me/feedback?after=x", Ct), 400, "CMN-0400");
        Assert.Empty((await GetAsync(dossiers.Citizen(), "/api/v1/me/feedback")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Published_answers_are_paged_newest_first()
    {
        var (unit, author) = (NewUnit(), dossiers.Citizen());
        var chief = Chief(dossiers, unit);
        for (var i = 1; i <= 3; i++)
        {
            var id = await SendAsync(author, unit);
            await BodyAsync(await StepAsync(chief, id, "answer", Answer));
            await BodyAsync(await StepAsync(chief, id, "publication", new { text = $"Việc {i}", answer = "Đã xử lý." }));
        }

        using var anybody = dossiers.Factory.Client();
        var page = await GetAsync(anybody, $"/api/v1/feedback/published?unit={unit}&limit=2");
        var rest = await GetAsync(anybody, $"/api/v1/feedback/published?unit={unit}&limit=2&after={page.GetProperty("after").GetString()}");
        Assert.Equal(["Việc 3", "Việc 2", "Việc 1"], new[] { page, rest }.SelectMany(p => p.GetProperty("items").EnumerateArray())
            .Select(i => i.GetProperty("text").GetString()));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("after").ValueKind);
        await RefusedAsync(await anybody.GetAsync("/api/v1/feedback/published?after=zzz", Ct), 400, "CMN-0400");
    }

    private Task<bool?> OnTimeAsync(Guid id) => dossiers.InDbAsync(db => db.Set<HaLong.Dossiers.Satisfaction.Feedback>().Where(f => f.Id == id)
        .Select(f => f.OnTime).SingleAsync(Ct));
}
