using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Calendars;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Deadlines;

public sealed class CalendarApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Admin = "/api/v1/admin/calendar";
    private const string Why = "Thông báo 1234/TB-BNV";

    private HttpClient Administrator => dossiers.Factory.Client(dossiers.Identity.Token(null, [Roles.Administrator], Unit, strong: true));

    [Fact]
    public async Task Anybody_reads_a_year_with_its_days_and_whether_it_is_confirmed()
    {
        using var anybody = dossiers.Factory.Client();
        using var answer = await anybody.GetAsync("/api/v1/calendar?year=2026", Ct);
        var year = await BodyAsync(answer);
        Assert.Equal((2026, "confirmed"), (year.GetProperty("year").GetInt32(), year.GetProperty("state").GetString()));
        Assert.Equal($"\"{year.GetProperty("version").GetUInt32()}\"", answer.Headers.ETag?.Tag);
        var day = year.GetProperty("days").EnumerateArray().Single(d => d.GetProperty("date").GetString() == "2026-04-27");
        Assert.Equal(("COMPENSATION", "Nghỉ bù ngày 26/04/2026", "notice", true), (day.GetProperty("kind").GetString(), day.GetProperty("nameVi").GetString(), day.GetProperty("source").GetString(), day.GetProperty("confirmed").GetBoolean()));
        Assert.False(year.GetProperty("days").EnumerateArray().Single(d => d.GetProperty("date").GetString() == "2026-08-31").GetProperty("confirmed").GetBoolean());
        Assert.Equal(LocalTime.Date(TimeProvider.System.GetUtcNow()).Year, (await GetAsync(anybody, "/api/v1/calendar")).GetProperty("year").GetInt32());
        var missing = await GetAsync(anybody, "/api/v1/calendar?year=2099");
        Assert.Equal(("missing", 0, JsonValueKind.Null), (missing.GetProperty("state").GetString(), missing.GetProperty("days").GetArrayLength(), missing.GetProperty("version").ValueKind));
        await RefusedAsync(await anybody.GetAsync("/api/v1/calendar?year=1800", Ct), 400, "DOS-0101");
        await RefusedAsync(await anybody.GetAsync("/api/v1/calendar?year=3000", Ct), 400, "DOS-0101");
    }

    [Fact]
    public async Task A_draft_is_made_once_changed_with_a_reason_and_confirmed_and_each_act_is_on_record()
    {
        var (admin, key) = (Administrator, Guid.CreateVersion7().ToString());
        var made = await SendAsync(admin, HttpMethod.Post, "/drafts", new { year = 2030, tetDaysBefore = 1, reason = Why }, key: key);
        var draft = await BodyAsync(made, HttpStatusCode.Created);
        Assert.Equal("draft", draft.GetProperty("state").GetString());
        Assert.Contains(draft.GetProperty("days").EnumerateArray(), d => d.GetProperty("date").GetString() == "2030-02-02" && d.GetProperty("nameVi").GetString() == "Tết Âm lịch – mùng 1 Tết");
        var again = await SendAsync(admin, HttpMethod.Post, "/drafts", new { year = 2030, tetDaysBefore = 1, reason = Why }, key: key);
        Assert.Equal(draft.ToString(), (await BodyAsync(again, HttpStatusCode.Created)).ToString());
        await RefusedAsync(await SendAsync(admin, HttpMethod.Post, "/drafts", new { year = 2030, reason = Why }), 409, "DOS-0103");

        var swap = new { date = "2030-09-03", kind = "SWAP_OFF", nameVi = " Hoán đổi ", nameEn = "Swap", source = "1234/TB" };
        var work = new { date = "2030-08-31", kind = "SWAP_WORK", nameVi = "Làm bù", nameEn = "Working Saturday", source = "1234/TB" };
        var changed = await BodyAsync(await SendAsync(admin, HttpMethod.Patch, "/2030", new { reason = Why, set = new[] { swap, work }, remove = new[] { "2030-01-01" } }, made.Headers.ETag!.Tag));
        Assert.Equal("draft", changed.GetProperty("state").GetString());
        Assert.DoesNotContain(changed.GetProperty("days").EnumerateArray(), d => d.GetProperty("date").GetString() == "2030-01-01");
        Assert.Contains(changed.GetProperty("days").EnumerateArray(), d => d.GetProperty("date").GetString() == "2030-09-03" && d.GetProperty("nameVi").GetString() == "Hoán đổi" && !d.GetProperty("confirmed").GetBoolean());
        await RefusedAsync(await SendAsync(admin, HttpMethod.Patch, "/2030", new { reason = Why, remove = new[] { "2030-09-03" } }, made.Headers.ETag!.Tag), 412, "CMN-0412");
        await RefusedAsync(await SendAsync(admin, HttpMethod.Patch, "/2030", new { reason = Why, set = new[] { swap } }), 409, "DOS-0109");
        await RefusedAsync(await SendAsync(admin, HttpMethod.Patch, "/2030", new { reason = Why, remove = new[] { "2030-01-01" } }), 409, "DOS-0109");

        await RefusedAsync(await SendAsync(admin, HttpMethod.Post, "/2030/confirmation", new { reason = Why }, made.Headers.ETag!.Tag), 412, "CMN-0412");
        var confirmed = await BodyAsync(await SendAsync(admin, HttpMethod.Post, "/2030/confirmation", new { reason = Why }));
        Assert.Equal("confirmed", confirmed.GetProperty("state").GetString());
        Assert.All(confirmed.GetProperty("days").EnumerateArray(), d => Assert.True(d.GetProperty("confirmed").GetBoolean()));
        await RefusedAsync(await SendAsync(admin, HttpMethod.Post, "/2030/confirmation", new { reason = Why }), 409, "DOS-0104");

        var changes = (await GetAsync(admin, Admin + "/changes?year=2030")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["confirm", "change", "draft"], changes.Select(c => c.GetProperty("action").GetString()));
        Assert.All(changes, c => Assert.Equal((Why, Unit), (c.GetProperty("reason").GetString(), c.GetProperty("actorUnit").GetString())));
        Assert.Equal(["2030-01-01", "2030-09-03"], changes[1].GetProperty("before").EnumerateArray().Select(d => d.GetProperty("date").GetString()!).Order());
        Assert.Equal(["2030-08-31", "2030-09-03"], changes[1].GetProperty("after").EnumerateArray().Select(d => d.GetProperty("date").GetString()!).Order());
        var first = await GetAsync(admin, Admin + "/changes?year=2030&limit=1");
        var second = await GetAsync(admin, $"{Admin}/changes?year=2030&limit=1&after={first.GetProperty("after").GetString()}");
        Assert.Equal("change", second.GetProperty("items")[0].GetProperty("action").GetString());
        await RefusedAsync(await admin.GetAsync(Admin + "/changes?limit=0", Ct), 400, "CMN-0400");
        await RefusedAsync(await admin.GetAsync($"{Admin}/changes?after={Cursor.Encode("x")}", Ct), 400, "CMN-0400");
    }

    [Theory]
    [InlineData("""{"year":1900,"reason":"đủ lý do"}""", "year")]
    [InlineData("""{"year":2101,"reason":"đủ lý do"}""", "year")]
    [InlineData("""{"year":2040,"reason":"đủ lý do","tetDaysBefore":5}""", "tetDaysBefore")]
    [InlineData("""{"year":2040,"reason":"đủ lý do","nationalDayNeighbour":"both"}""", "nationalDayNeighbour")]
    [InlineData("""{"year":2040,"reason":"abc"}""", "reason")]
    [InlineData("""{"year":2040}""", "reason")]
    public async Task A_draft_that_cannot_be_made_names_the_field(string body, string field)
    {
        var refused = await RefusedAsync(await Administrator.PostAsync(Admin + "/drafts", Json(body), Ct), 400, "DOS-0101");
        Assert.True(refused.GetProperty("errors").TryGetProperty(field, out _), refused.ToString());
    }

    [Theory]
    [InlineData("""{"set":[{"date":"2026-05-05","kind":"HOLIDAY","nameVi":"a","nameEn":"b","source":"c"}]}""", "reason")]
    [InlineData("""{"reason":"đủ lý do"}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2025-05-05","kind":"HOLIDAY","nameVi":"a","nameEn":"b","source":"c"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-05","kind":"WEEKEND","nameVi":"a","nameEn":"b","source":"c"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-05","kind":"SWAP_WORK","nameVi":"a","nameEn":"b","source":"c"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-09","kind":"SWAP_OFF","nameVi":"a","nameEn":"b","source":"c"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-10","kind":"COMPENSATION","nameVi":"a","nameEn":"b","source":"c"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-05","kind":"HOLIDAY","nameVi":" ","nameEn":"b","source":"c"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-05","kind":"HOLIDAY","nameVi":"a","nameEn":"b"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-05","kind":"HOLIDAY","nameVi":"a\u0000","nameEn":"b","source":"c"}]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","set":[{"date":"2026-05-05","kind":"HOLIDAY","nameVi":"a","nameEn":"b","source":"c"}],"remove":["2026-05-05"]}""", "set")]
    [InlineData("""{"reason":"đủ lý do","remove":["2025-05-05"]}""", "remove")]
    public async Task A_change_that_makes_no_sense_names_the_field_and_changes_nothing(string body, string field)
    {
        var before = await dossiers.InDbAsync(db => db.CalendarVersions.SingleAsync(Ct));
        var refused = await RefusedAsync(await Administrator.PatchAsync(Admin + "/2026", Json(body), Ct), 400, "DOS-0101");
        Assert.True(refused.GetProperty("errors").TryGetProperty(field, out _), refused.ToString());
        Assert.Equal(before.Version, (await dossiers.InDbAsync(db => db.CalendarVersions.AsNoTracking().SingleAsync(Ct))).Version);
    }

    [Fact]
    public async Task A_year_that_is_not_there_cannot_be_changed_or_confirmed()
    {
        await RefusedAsync(await SendAsync(Administrator, HttpMethod.Patch, "/2077", new { reason = Why, remove = new[] { "2077-01-01" } }), 404, "DOS-0102");
        await RefusedAsync(await SendAsync(Administrator, HttpMethod.Post, "/2077/confirmation", new { reason = Why }), 404, "DOS-0102");
        await RefusedAsync(await SendAsync(Administrator, HttpMethod.Post, "/2026/confirmation", new { reason = "no" }), 400, "DOS-0101");
    }

    [Theory]
    [InlineData("POST", "/drafts")]
    [InlineData("PATCH", "/2026")]
    [InlineData("POST", "/2026/confirmation")]
    public async Task Only_administrators_with_a_strong_sign_in_change_the_calendar(string method, string path)
    {
        var body = new { year = 2041, reason = Why, remove = new[] { "2026-01-01" } };
        await RefusedAsync(await SendAsync(dossiers.Factory.Client(), new HttpMethod(method), path, body), 401, "CMN-0401");
        foreach (var role in new[] { Roles.Citizen, Roles.Officer, Roles.Chief, Roles.Leader, Roles.Auditor })
            await RefusedAsync(await SendAsync(dossiers.Official(role), new HttpMethod(method), path, body), 403, "CMN-0403");
        await RefusedAsync(await SendAsync(dossiers.Official(Roles.Administrator), new HttpMethod(method), path, body), 401, "CMN-0470");
        Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Official(Roles.Officer).GetAsync(Admin + "/changes", Ct)).StatusCode);
    }

    [Fact]
    public async Task Of_many_administrators_at_once_one_makes_the_draft_and_one_changes_it()
    {
        var drafts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(Administrator, HttpMethod.Post, "/drafts", new { year = 2033, reason = Why })));
        var etag = drafts.Single(d => d.StatusCode == HttpStatusCode.Created).Headers.ETag!.Tag;
        Assert.All(drafts.Where(d => d.StatusCode != HttpStatusCode.Created), d => Assert.Equal(HttpStatusCode.Conflict, d.StatusCode));
        var changes = await Task.WhenAll(Enumerable.Range(1, 6).Select(day => SendAsync(
            Administrator, HttpMethod.Patch, "/2033", new { reason = Why, set = new[] { new { date = $"2033-03-0{day}", kind = "HOLIDAY", nameVi = "Nghỉ", nameEn = "Off", source = "x" } } }, etag)));
        Assert.Single(changes, c => c.StatusCode == HttpStatusCode.OK);
        Assert.All(changes.Where(c => c.StatusCode != HttpStatusCode.OK), c => Assert.Equal(HttpStatusCode.PreconditionFailed, c.StatusCode));
        Assert.Single((await GetAsync(Administrator, "/api/v1/calendar?year=2033")).GetProperty("days").EnumerateArray(), d => d.GetProperty("date").GetString()!.StartsWith("2033-03", StringComparison.Ordinal));
        Assert.Equal(2, (await GetAsync(Administrator, Admin + "/changes?year=2033")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_change_is_known_to_the_process_within_seconds_and_an_unchanged_calendar_is_not_read_again()
    {
        var cache = dossiers.Factory.Services.GetRequiredService<CalendarCache>();
        var before = await cache.FreshAsync(Ct);
        Assert.Same(before, await cache.FreshAsync(Ct));
        await BodyAsync(await SendAsync(Administrator, HttpMethod.Post, "/drafts", new { year = 2035, reason = Why }), HttpStatusCode.Created);
        var after = await Eventually.ValueAsync(async () => await cache.GetAsync(Ct), c => c.Version > before.Version, "the new calendar");
        Assert.Equal((DayKind.Ordinary, DayKind.Holiday), (before.KindOf(new DateOnly(2035, 2, 8)), after.KindOf(new DateOnly(2035, 2, 8))));
        Assert.Equal((false, true, false), (before.Knows(2035), after.Knows(2035), after.IsConfirmed(2035)));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cache.FreshAsync(Ct))), c => Assert.Same(after, c));
    }

    [Fact]
    public async Task The_seed_brings_missing_years_and_leaves_the_others_to_the_administrators()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        Task<int> LoadAsync() => own.InScopeAsync<CalendarSeed, int>(s => s.LoadAsync(Ct));
        Assert.Equal(0, await LoadAsync());
        await own.InScopeAsync<HaLong.Dossiers.Persistence.DossierDbContext, int>(async db =>
        {
            await db.CalendarDays.ExecuteDeleteAsync(Ct);
            return await db.CalendarYears.Where(y => y.Year != 2022).ExecuteDeleteAsync(Ct);
        });
        Assert.Equal(7, await LoadAsync());
        var years = await own.InScopeAsync<HaLong.Dossiers.Persistence.DossierDbContext, Dictionary<int, bool>>(db => db.CalendarYears.ToDictionaryAsync(y => y.Year, y => y.Confirmed, Ct));
        Assert.Equal(Enumerable.Range(2020, 8), years.Keys.Order());
        Assert.Equal([2027], years.Where(y => !y.Value).Select(y => y.Key));
        Assert.False(await own.InScopeAsync<HaLong.Dossiers.Persistence.DossierDbContext, bool>(db => db.CalendarDays.AnyAsync(d => d.Date.Year == 2022, Ct)));
    }

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, object body, string? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(method, Admin + path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }
}
