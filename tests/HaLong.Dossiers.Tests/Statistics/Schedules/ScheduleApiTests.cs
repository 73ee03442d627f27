using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Schedules.ScheduleFixture;

namespace HaLong.Dossiers.Tests.Statistics.Schedules;

/// <summary>What officials do with their schedules.</summary>
public sealed class ScheduleApiTests(ScheduleFixture city) : IClassFixture<ScheduleFixture>
{
    [Fact]
    public async Task A_leader_subscribes_himself_reads_changes_rests_and_ends_it()
    {
        city.Clock.Set(ClockSamples.At(Tuesday));
        var (leader, _) = city.Official();
        using var created = await leader.PostAsJsonAsync(Address, new { report = "intake", rhythm = "weekly", weekday = 3, hour = 9, formats = new[] { "pdf", "csv" }, language = "en" }, Ct);
        var schedule = await BodyAsync(created, HttpStatusCode.Created);
        var path = created.Headers.Location!.ToString();

        Assert.Equal($"{Address}/{schedule.GetProperty("id").GetString()}", path);
        Assert.Equal((Unit, "weekly", 3, 9, "en"), (Text(schedule, "unit"), Text(schedule, "rhythm"), schedule.GetProperty("weekday").GetInt32(), schedule.GetProperty("hour").GetInt32(), Text(schedule, "language")));
        Assert.Equal(ClockSamples.At("2026-03-11T09:00"), schedule.GetProperty("nextAt").GetDateTimeOffset());
        Assert.Single((await GetAsync(leader, Address)).EnumerateArray());
        using var read = await leader.GetAsync(path, Ct);
        var tag = read.Headers.ETag!.Tag;

        var changed = await BodyAsync(await PatchAsync(leader, path, new { rhythm = "monthly", day = 5 }, tag));
        Assert.Equal(("monthly", 5, ClockSamples.At("2026-04-05T09:00")), (Text(changed, "rhythm"), changed.GetProperty("day").GetInt32(), changed.GetProperty("nextAt").GetDateTimeOffset()));
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("weekday").ValueKind);
        await RefusedAsync(await PatchAsync(leader, path, new { hour = 8 }, tag), 412, "CMN-0412");

        var rests = await BodyAsync(await PatchAsync(leader, path, new { paused = true }));
        Assert.Equal(("owner", JsonValueKind.Null), (Text(rests, "pausedFor"), rests.GetProperty("nextAt").ValueKind));
        Assert.Equal("owner", Text(await BodyAsync(await PatchAsync(leader, path, new { hour = 10 })), "pausedFor"));
        var goes = await BodyAsync(await PatchAsync(leader, path, new { paused = false }));
        Assert.Equal((JsonValueKind.Null, 10), (goes.GetProperty("pausedFor").ValueKind, goes.GetProperty("hour").GetInt32()));

        Assert.Equal(HttpStatusCode.NoContent, (await leader.DeleteAsync(path, Ct)).StatusCode);
        await RefusedAsync(await leader.DeleteAsync(path, Ct), 404, "DOS-0838");
        Assert.Empty((await GetAsync(leader, Address)).EnumerateArray());
    }

    [Fact]
    public async Task What_is_wrong_is_told_all_at_once()
    {
        var (leader, _) = city.Official();
        var problem = await RefusedAsync(
            await leader.PostAsJsonAsync(Address, new { rhythm = "hourly", weekday = 8, day = 31, hour = 24, formats = new[] { "csv", "csv" }, language = "fr", unit = "", by = "" }, Ct), 400, "DOS-0837");
        Assert.Equal(
            ["by", "day", "formats", "hour", "language", "report", "rhythm", "unit", "weekday"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await leader.PostAsJsonAsync(Address, new { report = "intake", rhythm = "daily", formats = new[] { "docx" } }, Ct), 400, "DOS-0837");
        Assert.Equal(HttpStatusCode.NotFound, (await leader.PostAsJsonAsync(Address, new { report = "nonsense", rhythm = "daily" }, Ct)).StatusCode);
    }

    [Fact]
    public async Task Nobody_subscribes_to_what_he_does_not_see()
    {
        var (leader, _) = city.Official();
        var (auditor, _) = city.Official(Roles.Auditor);
        await RefusedAsync(await leader.PostAsJsonAsync(Address, new { report = "intake", rhythm = "daily", unit = OtherUnit }, Ct), 403, "DOS-0803");
        foreach (var role in new[] { Roles.Officer, Roles.Administrator })
        {
            var (other, _) = city.Official(role);
            await RefusedAsync(await other.PostAsJsonAsync(Address, Daily(), Ct), 403, "CMN-0403");
            await RefusedAsync(await other.GetAsync(Address, Ct), 403, "CMN-0403");
            await RefusedAsync(await other.GetAsync($"{Address}/{Guid.CreateVersion7()}", Ct), 403, "CMN-0403");
        }

        using var citizen = city.City.Client(city.Dossiers.Identity.Token(null, [Roles.Citizen]));
        Assert.Equal(HttpStatusCode.Forbidden, (await citizen.PostAsJsonAsync(Address, Daily(), Ct)).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await CreateAsync(auditor, Daily())).GetProperty("unit").ValueKind);
        Assert.Equal(OtherUnit, Text(await CreateAsync(auditor, new { report = "intake", rhythm = "daily", unit = OtherUnit }), "unit"));
        foreach (var role in new[] { Roles.Chief, Roles.Approver })
            await CreateAsync(city.Official(role).Client, Daily());
    }

    [Fact]
    public async Task Other_peoples_schedules_do_not_exist()
    {
        var (owner, _) = city.Official();
        var (other, _) = city.Official();
        var path = $"{Address}/{(await CreateAsync(owner, Daily())).GetProperty("id").GetString()}";
        await RefusedAsync(await other.GetAsync(path, Ct), 404, "DOS-0838");
        await RefusedAsync(await PatchAsync(other, path, new { hour = 1 }), 404, "DOS-0838");
        await RefusedAsync(await other.DeleteAsync(path, Ct), 404, "DOS-0838");
        await RefusedAsync(await other.GetAsync(path + "/preview", Ct), 404, "DOS-0838");
        await RefusedAsync(await other.PostAsync(path + "/deliveries", null, Ct), 404, "DOS-0838");
    }

    [Fact]
    public async Task Twenty_are_enough_also_when_many_are_made_at_once()
    {
        var (leader, _) = city.Official();
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => leader.PostAsJsonAsync(Address, Daily(), Ct)));
        Assert.Equal(20, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
            await RefusedAsync(refused, 409, "DOS-0839");
    }

    [Fact]
    public async Task The_same_order_twice_is_one_schedule()
    {
        var (leader, _) = city.Official();
        var ids = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = JsonContent.Create(Daily()) };
            request.Headers.Add("Idempotency-Key", "once-" + leader.GetHashCode());
            ids.Add(Text(await BodyAsync(await leader.SendAsync(request, Ct), HttpStatusCode.Created), "id"));
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Single((await GetAsync(leader, Address)).EnumerateArray());
    }

    [Fact]
    public async Task A_preview_shows_the_table_and_stores_nothing()
    {
        city.Clock.Set(ClockSamples.At(Tuesday));
        var (leader, id) = city.Official();
        var path = $"{Address}/{(await CreateAsync(leader, new { report = "intake", rhythm = "monthly" })).GetProperty("id").GetString()}";

        var preview = await GetAsync(leader, path + "/preview");

        Assert.Equal(("2026-02-01", "2026-02-28"), (Text(preview, "from"), Text(preview, "to")));
        Assert.Equal(preview.GetProperty("heads").GetArrayLength(), preview.GetProperty("rows")[0].GetArrayLength());
        Assert.Equal(preview.GetProperty("rows").GetArrayLength(), preview.GetProperty("rowsInAll").GetInt32());
        Assert.Empty(await city.FilesAsync(id));
    }

    private static Task<HttpResponseMessage> PatchAsync(HttpClient client, string path, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request, Ct);
    }

    private static string? Text(JsonElement view, string name) => view.GetProperty(name).GetString();
}
