using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>Templates through HTTP: from a draft to a version and back, with every refusal.</summary>
public sealed partial class TemplateAdministrationTests(World world) : IClassFixture<World>, IDisposable
{
    private const string Path = Administrators.Path;
    private readonly Administrators people = new(world);

    [Fact]
    public async Task A_text_goes_from_one_administrator_through_another_to_the_reader()
    {
        var kind = NoticeKinds.DossierReturned;
        var draft = await people.OpenAsync(kind, note: "  Lời lẽ thân thiện hơn ");
        Assert.Equal(("draft", 1, "Lời lẽ thân thiện hơn"), (Text(draft, "state"), draft.GetProperty("basedOn").GetInt32(), Text(draft, "note")));
        Assert.Empty(draft.GetProperty("defects").EnumerateArray());

        await people.PutAsync(draft, Administrators.Titled(draft, "Kết quả hồ sơ {{code}} đã đến tay bạn"));
        await Administrators.StepAsync(people.Writer, draft, "submit");
        var published = await Administrators.StepAsync(people.Reviewer, draft, "approve");
        Assert.Equal(("published", 2), (Text(published, "state"), published.GetProperty("version").GetInt32()));

        var owner = world.Accounts.Person();
        var facts = new Facts(owner);
        await world.PublishAsync(facts.Returned());
        Assert.Equal($"Kết quả hồ sơ {facts.Code} đã đến tay bạn", Text(Assert.Single(await world.InboxAsync(owner, 1)), "title"));
        Assert.All(await world.MessagesAsync(facts.Dossier), m => Assert.Equal(2, m.TemplateVersion));

        var versions = (await GetAsync($"{Path}/{kind}")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([2, 1], versions.Select(v => v.GetProperty("version").GetInt32()));
        Assert.Equal([true, false], versions.Select(v => v.GetProperty("inForce").GetBoolean()));
        Assert.Equal([false, true], versions.Select(v => v.GetProperty("shipped").GetBoolean()));
        var line = (await GetAsync(Path)).EnumerateArray().Single(k => Text(k, "kind") == kind);
        Assert.Equal((2, true), (line.GetProperty("inForce").GetInt32(), line.GetProperty("programDiffers").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("draft").ValueKind);

        // Whoever did it stands in the evidence, and no word of the text.
        var evidence = await world.InDatabaseAsync(db => db.Database.SqlQuery<string>(
            $"SELECT kind || ' ' || actor || ' ' || subject AS \"Value\" FROM evidence WHERE kind LIKE 'notification.template-%' AND subject LIKE {kind + "/%"} ORDER BY occurred_at").ToListAsync());
        var rows = evidence.Select(e => e.Split(' ')).ToList();
        Assert.Equal(["shipped", "drafted", "edited", "submitted", "published"], rows.Select(r => r[0].Split("template-")[1]));
        Assert.Equal("system", rows[0][1]);
        Assert.All(rows[1..4], r => Assert.Equal(people.WriterId.ToString(), r[1]));
        Assert.True(Guid.TryParse(rows[4][1], out var reviewer) && reviewer != people.WriterId);
        Assert.Equal(kind + "/2", rows[4][2]);
    }

    [Fact]
    public async Task Nobody_approves_his_own_words_nor_with_a_weak_sign_in()
    {
        var draft = await ChangedAsync(NoticeKinds.PaymentSettled);
        await Administrators.StepAsync(people.Writer, draft, "submit");
        var approve = $"{Path}/drafts/{Administrators.Id(draft)}/approve";

        await (await people.Writer.PostAsJsonAsync(approve, new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.Forbidden, "NOT-0207");
        using var weak = people.As(Guid.CreateVersion7(), strong: false);
        using var refused = await weak.PostAsJsonAsync(approve, new { }, World.Ct);
        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        await (await people.Reviewer.PostAsJsonAsync(approve, new { validFrom = DateTimeOffset.UnixEpoch }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0209");

        Assert.Equal("inReview", Text(await GetAsync($"{Path}/drafts/{Administrators.Id(draft)}"), "state"));
    }

    [Theory]
    [InlineData(Roles.Citizen)]
    [InlineData(Roles.Officer)]
    [InlineData(Roles.Chief)]
    [InlineData(Roles.Auditor)]
    public async Task Only_administrators_see_or_change_templates(string role)
    {
        using var other = people.As(Guid.CreateVersion7(), true, role);
        using var nobody = world.Service.Client();

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Path, World.Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsJsonAsync($"{Path}/{NoticeKinds.DossierReturned}/drafts", new { }, World.Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsJsonAsync($"{Path}/{NoticeKinds.DossierReturned}/versions/1/withdraw", new { reason = "x" }, World.Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(Path, World.Ct)).StatusCode);
    }

    [Fact]
    public async Task Submitting_tells_all_defects_at_once_in_the_readers_language()
    {
        var draft = await people.OpenAsync(NoticeKinds.DossierStopped);
        var content = Administrators.Titled(draft, "{{name}}");
        content["vi"]!["sms"] = "Xem bit.ly/x";
        content["en"]!["email"] = null;
        var seen = await people.PutAsync(draft, content);
        Assert.True(seen.GetProperty("defects").GetArrayLength() >= 4);

        var submit = $"{Path}/drafts/{Administrators.Id(draft)}/submit";
        var problem = await (await people.Writer.PostAsJsonAsync(submit, new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0205");
        var errors = problem.GetProperty("errors");
        Assert.Contains("Sự kiện không có biến", errors.GetProperty("vi.inApp.title")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(2, errors.GetProperty("vi.sms").GetArrayLength());
        Assert.Equal("Còn thiếu.", errors.GetProperty("en.email")[0].GetString());

        using var english = people.As(people.WriterId);
        english.DefaultRequestHeaders.Add("Accept-Language", "en");
        var told = await (await english.PostAsJsonAsync(submit, new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0205");
        Assert.Equal("Missing.", told.GetProperty("errors").GetProperty("en.email")[0].GetString());
        Assert.Equal("draft", Text(await GetAsync($"{Path}/drafts/{Administrators.Id(draft)}"), "state"));
    }

    [Fact]
    public async Task Steps_out_of_turn_are_refused_and_change_nothing()
    {
        var draft = await ChangedAsync(NoticeKinds.DossierRefused);
        var path = $"{Path}/drafts/{Administrators.Id(draft)}";

        await (await people.Reviewer.PostAsJsonAsync(path + "/approve", new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0206");
        await (await people.Reviewer.PostAsJsonAsync(path + "/return", new { reason = "x" }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0206");
        await Administrators.StepAsync(people.Writer, draft, "submit");
        await (await people.Writer.PostAsJsonAsync(path + "/submit", new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0206");
        await (await people.Writer.PutAsJsonAsync(path, new { content = new { } }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0206");
        await (await people.Writer.DeleteAsync(path, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0206");
        foreach (var reason in new[] { null, "  ", new string('x', 501), "a\0b" })
            await (await people.Reviewer.PostAsJsonAsync(path + "/return", new { reason }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0210");

        var returned = await Administrators.StepAsync(people.Reviewer, draft, "return", new { reason = "Câu thứ hai quá dài" });
        Assert.Equal(("draft", "Câu thứ hai quá dài"), (Text(returned, "state"), Text(returned, "reason")));

        await Administrators.StepAsync(people.Writer, draft, "submit");
        await Administrators.StepAsync(people.Reviewer, draft, "approve");
        await (await people.Reviewer.PostAsJsonAsync(path + "/approve", new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0206");
        await (await people.Writer.GetAsync(path, World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0202");
    }

    [Fact]
    public async Task A_kind_has_one_draft_also_when_two_begin_at_once()
    {
        await people.SeededAsync();
        var path = $"{Path}/{NoticeKinds.DossierWithdrawn}/drafts";

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => people.Writer.PostAsJsonAsync(path, new { }, World.Ct)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        await (await people.Writer.PostAsJsonAsync(path, new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0203");

        // Given up, the next can begin.
        var draft = (await GetAsync(Path)).EnumerateArray().Single(k => Text(k, "kind") == NoticeKinds.DossierWithdrawn).GetProperty("draft").GetGuid();
        Assert.Equal(HttpStatusCode.NoContent, (await people.Writer.DeleteAsync($"{Path}/drafts/{draft}", World.Ct)).StatusCode);
        await (await people.Writer.DeleteAsync($"{Path}/drafts/{draft}", World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0202");
        await people.OpenAsync(NoticeKinds.DossierWithdrawn);
    }

    [Fact]
    public async Task Two_reviewers_at_once_publish_once()
    {
        var draft = await ChangedAsync(NoticeKinds.PaymentWaived);
        await Administrators.StepAsync(people.Writer, draft, "submit");
        using var second = people.As(Guid.CreateVersion7());
        var path = $"{Path}/drafts/{Administrators.Id(draft)}/approve";

        var answers = await Task.WhenAll(new[] { people.Reviewer, second, people.Reviewer, second }.Select(c => c.PostAsJsonAsync(path, new { }, World.Ct)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(2, await world.InDatabaseAsync(db => db.Templates.CountAsync(t => t.Kind == NoticeKinds.PaymentWaived)));
    }

    [Fact]
    public async Task A_repeat_under_the_same_key_is_the_same_draft()
    {
        await people.SeededAsync();
        async Task<HttpResponseMessage> OpenAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/{NoticeKinds.SigningExpired}/drafts") { Content = JsonContent.Create(new { note = "x" }) };
            request.Headers.Add(Idempotency.Header, "mau-thong-bao-1");
            return await people.Writer.SendAsync(request, World.Ct);
        }

        var first = await Administrators.OkAsync(await OpenAsync());
        var again = await Administrators.OkAsync(await OpenAsync());

        Assert.Equal(Administrators.Id(first), Administrators.Id(again));
    }

    [Fact]
    public async Task An_editor_who_saw_an_older_state_overwrites_nothing()
    {
        var draft = await people.OpenAsync(NoticeKinds.MoneyRefunded);
        var path = $"{Path}/drafts/{Administrators.Id(draft)}";
        using var seen = await people.Writer.GetAsync(path, World.Ct);
        var tag = seen.Headers.ETag!.Tag;
        await people.PutAsync(draft, Administrators.Titled(draft, "Đã hoàn tiền hồ sơ {{code}}"));

        foreach (var (method, place) in new[] { (HttpMethod.Put, ""), (HttpMethod.Post, "/submit"), (HttpMethod.Delete, "") })
        {
            using var late = new HttpRequestMessage(method, path + place) { Content = JsonContent.Create(new { content = new { } }) };
            late.Headers.Add("If-Match", tag);
            Assert.Equal(HttpStatusCode.PreconditionFailed, (await people.Writer.SendAsync(late, World.Ct)).StatusCode);
        }

        Assert.Equal("Đã hoàn tiền hồ sơ {{code}}", (await GetAsync(path)).GetProperty("content").GetProperty("vi").GetProperty("inApp").GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_cannot_be_kept_or_is_not_known_is_refused()
    {
        var draft = await people.OpenAsync(NoticeKinds.MoneyRestDue);
        var path = $"{Path}/drafts/{Administrators.Id(draft)}";
        var content = Administrators.Titled(draft, "a\0b");

        await (await people.Writer.PutAsJsonAsync(path, new { content }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0204");
        await (await people.Writer.PutAsJsonAsync(path, new { content = Administrators.Titled(draft, new string('x', 70_000)) }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0204");
        await (await people.Writer.PutAsJsonAsync(path, new { note = "x" }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0204");
        await (await people.Writer.PutAsJsonAsync(path, new { content = new { }, note = new string('x', 2001) }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0204");
        await (await people.Writer.PutAsJsonAsync(path, new { content = new { }, basedOn = 77 }, World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0201");
        await (await people.Writer.PutAsJsonAsync($"{Path}/drafts/{Guid.CreateVersion7()}", new { content = new { } }, World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0202");
        await (await people.Writer.PostAsJsonAsync($"{Path}/dossier-danced/drafts", new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0200");
        await (await people.Writer.PostAsJsonAsync($"{Path}/{NoticeKinds.MoneyCaseOpened}/drafts", new { note = new string('x', 2001) }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0204");
        await (await people.Writer.PostAsJsonAsync($"{Path}/{NoticeKinds.MoneyCaseOpened}/drafts", new { content }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0204");
        await (await people.Writer.GetAsync($"{Path}/dossier-danced", World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0200");
        await (await people.Writer.GetAsync($"{Path}/{NoticeKinds.MoneyRestDue}?after=x", World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
        await (await people.Writer.GetAsync($"{Path}/{NoticeKinds.MoneyRestDue}?after={Cursor.Encode("x")}", World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
        await (await people.Writer.GetAsync($"{Path}/{NoticeKinds.MoneyRestDue}/versions/9", World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0201");
    }

    [Fact]
    public async Task A_copy_that_changes_nothing_is_not_sent_to_review()
    {
        var draft = await people.OpenAsync(NoticeKinds.SigningCompleted);

        await (await people.Writer.PostAsJsonAsync($"{Path}/drafts/{Administrators.Id(draft)}/submit", new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0212");
    }

    [Fact]
    public async Task A_version_is_withdrawn_and_the_one_before_counts_again()
    {
        var kind = NoticeKinds.DossierSubmitted;
        await people.PublishAsync(kind, "Cảm ơn bạn đã nộp hồ sơ {{code}}");
        var path = $"{Path}/{kind}/versions/";

        await (await people.Reviewer.PostAsJsonAsync(path + "9/withdraw", new { reason = "x" }, World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0201");
        await (await people.Reviewer.PostAsJsonAsync(path + "2/withdraw", new { }, World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0210");
        using var weak = people.As(Guid.CreateVersion7(), strong: false);
        Assert.False((await weak.PostAsJsonAsync(path + "2/withdraw", new { reason = "x" }, World.Ct)).IsSuccessStatusCode);
        using var late = new HttpRequestMessage(HttpMethod.Post, path + "2/withdraw") { Content = JsonContent.Create(new { reason = "x" }) };
        late.Headers.Add("If-Match", "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await people.Reviewer.SendAsync(late, World.Ct)).StatusCode);

        var withdrawn = await Administrators.OkAsync(await people.Reviewer.PostAsJsonAsync(path + "2/withdraw", new { reason = "Sai chính tả" }, World.Ct));
        Assert.Equal(("retired", "Sai chính tả"), (Text(withdrawn, "state"), Text(withdrawn, "reason")));
        await (await people.Reviewer.PostAsJsonAsync(path + "2/withdraw", new { reason = "x" }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0206");
        await (await people.Reviewer.PostAsJsonAsync(path + "1/withdraw", new { reason = "x" }, World.Ct)).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0211");

        var versions = (await GetAsync($"{Path}/{kind}?limit=1")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal((2, false), (Assert.Single(versions).GetProperty("version").GetInt32(), versions[0].GetProperty("inForce").GetBoolean()));
        var after = Text(await GetAsync($"{Path}/{kind}?limit=1"), "after");
        var next = Assert.Single((await GetAsync($"{Path}/{kind}?limit=1&after={after}")).GetProperty("items").EnumerateArray());
        Assert.Equal((1, true), (next.GetProperty("version").GetInt32(), next.GetProperty("inForce").GetBoolean()));

        // Numbers are never given twice, and a draft made from the withdrawn version is up to date.
        Assert.Equal(3, await people.PublishAsync(kind, "Đã nhận hồ sơ {{code}}"));
    }

    [Fact]
    public async Task Versions_that_are_all_withdrawn_at_once_leave_one_in_force()
    {
        var kind = NoticeKinds.DossierOverdue;
        await people.PublishAsync(kind, "Xin lỗi bạn, hồ sơ {{code}} quá hạn");
        await people.PublishAsync(kind, "Hồ sơ {{code}} quá hạn, xin lỗi bạn");

        var answers = await Task.WhenAll(Enumerable.Range(1, 3).Select(async n =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/{kind}/versions/{n}/withdraw") { Content = JsonContent.Create(new { reason = "Sai" }) };
            if (n > 1)
                request.Headers.Add(Idempotency.Header, $"thoi-ap-dung-{n}");
            return await people.Reviewer.SendAsync(request, World.Ct);
        }));

        Assert.Equal(2, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        await answers.Single(a => a.StatusCode != HttpStatusCode.OK).AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0211");
        Assert.Single(await world.InDatabaseAsync(db => db.Templates.Where(t => t.Kind == kind && t.State == TemplateState.Published).ToListAsync()));
    }

    [Fact]
    public async Task Two_texts_are_compared_path_by_path()
    {
        var kind = NoticeKinds.SigningRefused;
        var draft = await people.OpenAsync(kind);
        var content = Administrators.Titled(draft, "Có người từ chối ký");
        content["vi"]!["push"] = null;
        await people.PutAsync(draft, content);

        var comparison = await GetAsync($"{Path}/{kind}/compare?from=1&to=draft");

        var differences = comparison.GetProperty("differences").EnumerateArray().ToDictionary(d => Text(d, "path")!, d => (From: Text(d, "from"), To: Text(d, "to")));
        Assert.Equal(["vi.inApp.title", "vi.push.body", "vi.push.title"], differences.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("Một người đã từ chối ký tài liệu của bạn", "Có người từ chối ký"), differences["vi.inApp.title"]);
        Assert.Null(differences["vi.push.title"].To);
        Assert.Empty((await GetAsync($"{Path}/{kind}/compare?from=1&to=1")).GetProperty("differences").EnumerateArray());
        await (await people.Writer.GetAsync($"{Path}/{kind}/compare?from=1&to=8", World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0201");
        await (await people.Writer.GetAsync($"{Path}/dossier-danced/compare?from=1&to=1", World.Ct)).AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0200");
        foreach (var query in new[] { "from=1", "to=1", "from=1&to=newest", "from=-1&to=1" })
            await (await people.Writer.GetAsync($"{Path}/{kind}/compare?{query}", World.Ct)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0214");
    }

    public void Dispose() => people.Dispose();

    private async Task<JsonElement> ChangedAsync(string kind)
    {
        var draft = await people.OpenAsync(kind);
        return await people.PutAsync(draft, Administrators.Titled(draft, "Tiêu đề khác {{code}}"));
    }

    private async Task<JsonElement> GetAsync(string path) => await Administrators.OkAsync(await people.Writer.GetAsync(path, World.Ct));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
