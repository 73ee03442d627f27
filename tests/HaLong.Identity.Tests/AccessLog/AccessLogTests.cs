using System.Net;
using System.Text.Json;
using HaLong.Identity.AccessLog;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.PersonalData;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.AccessLog;

public sealed class AccessLogTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Mine = "/api/v1/me/access-log";
    private const string Searches = "/api/v1/access-log/searches";

    [Fact]
    public async Task People_see_who_looked_when_at_what_and_why_and_nothing_else_of_who_looked()
    {
        var (person, officer) = (await site.PersonAsync("seen", "022195200001"), await site.IdOfAsync("officer"));
        var dossier = Guid.CreateVersion7();
        await ReportAsync(Read(officer, "dossier", dossier, person));

        var item = await FirstAsync(await site.TokenAsync("seen"));

        Assert.Equal("Phạm Văn Thụ", item.GetProperty("actor").GetProperty("name").GetString());
        Assert.Equal("officer", item.GetProperty("actor").GetProperty("role").GetString());
        Assert.Equal("Phường Hạ Long", item.GetProperty("actor").GetProperty("unitName").GetString());
        Assert.Equal(["name", "role", "unitCode", "unitName"], item.GetProperty("actor").EnumerateObject().Select(p => p.Name));
        Assert.Equal((dossier, "dossier", "Hồ sơ", "Giải quyết hồ sơ"), (item.GetProperty("objectId").GetGuid(), item.GetProperty("service").GetString(),
            item.GetProperty("whatName").GetString(), item.GetProperty("purposeName").GetString()));
        Assert.DoesNotContain(officer.ToString(), item.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_thing_read_again_within_ten_minutes_is_one_record_and_other_things_are_others()
    {
        var (person, officer, other) = (await site.PersonAsync("often", "022195200002"), await site.IdOfAsync("officer"), await site.IdOfAsync("approver"));
        var dossier = Guid.CreateVersion7();
        var first = Read(officer, "dossier", dossier, person);
        await ReportAsync(first);
        // The same report twice, a later one within ten minutes, one that arrives late, each with an id of its own.
        await ReportAsync(first, first with { Id = Guid.CreateVersion7() }, Later(first, 9), Later(first, -9));
        await ReportAsync(
            Later(first, 11), first with { Id = Guid.CreateVersion7(), What = "timeline" }, first with { Id = Guid.CreateVersion7(), ActorId = other },
            first with { Id = Guid.CreateVersion7(), ObjectId = Guid.CreateVersion7() });

        await WaitAsync(person, 5);
        Assert.Equal(5, await CountAsync(person));
    }

    [Fact]
    public async Task A_page_of_a_list_is_a_record_for_everybody_on_it_but_for_who_looked()
    {
        var people = new List<Guid>();
        for (var i = 0; i < 3; i++)
            people.Add(await site.PersonAsync("listed" + i, $"02219520010{i}"));
        var officer = await site.IdOfAsync("officer");
        await ReportAsync(new PersonalDataRead(
            Guid.CreateVersion7(), [.. people, officer, people[0]], officer, "officer", "06688", "dossier", "dossier-list", null, "dossier-processing", site.Clock.GetUtcNow()));

        foreach (var person in people)
            await WaitAsync(person, 1);
        Assert.Equal(0, await site.DatabaseAsync(db => db.AccessRecords.CountAsync(r => r.SubjectId == officer && r.ActorId == officer)));
    }

    [Fact]
    public async Task The_log_is_read_page_by_page_newest_first()
    {
        var (person, officer) = (await site.PersonAsync("paged", "022195200003"), await site.IdOfAsync("officer"));
        var now = site.Clock.GetUtcNow();
        foreach (var i in new[] { 3, 1, 5, 2, 4 })
            await AppendAsync(person, officer, now.AddHours(-i));
        var token = await site.TokenAsync("paged");

        var times = new List<DateTimeOffset>();
        string? after = null;
        do
        {
            var page = (await site.GetAsync(token, $"{Mine}?limit=2&after={after}")).Body;
            times.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("at").GetDateTimeOffset()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);

        Assert.Equal(5, times.Count);
        Assert.Equal(times.OrderDescending(), times);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("after=nonsense")]
    [InlineData("after=WyJ4IiwieSJd")]
    [InlineData("after=WyItMSIsIjEiXQ")]
    public async Task Wrong_pages_are_refused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await site.GetAsync(await site.TokenAsync("citizen"), $"{Mine}?{query}")).Status);

    [Fact]
    public async Task Nobody_sees_the_log_about_somebody_else_but_an_auditor_does()
    {
        var (person, officer) = (await site.PersonAsync("watched", "022195200004"), await site.IdOfAsync("officer"));
        await AppendAsync(person, officer, site.Clock.GetUtcNow());

        Assert.DoesNotContain(
            (await site.GetAsync(await site.TokenAsync("helper"), Mine)).Body.GetProperty("items").EnumerateArray(), i => i.GetProperty("what").GetString() == "tested");
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync(null, Mine)).Status);
        foreach (var role in new[] { "citizen", "helper", "reception", "officer", "approver", "cashier", "leader", "administrator" })
            Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(await site.TokenAsync(role), Searches, new { subjectId = person })).Status);

        foreach (var search in new object[] { new { subjectId = person }, new { actorId = officer, subjectId = person, from = site.Clock.GetUtcNow().AddDays(-1), to = site.Clock.GetUtcNow().AddDays(1) } })
        {
            var found = await site.PostAsync(await site.TokenAsync("auditor"), Searches, search);
            Assert.Equal(HttpStatusCode.OK, found.Status);
            Assert.Contains(found.Body.GetProperty("items").EnumerateArray(), i => i.GetProperty("subjectId").GetGuid() == person && i.GetProperty("actorId").GetGuid() == officer);
        }

        var earlier = await site.PostAsync(await site.TokenAsync("auditor"), Searches, new { subjectId = person, to = site.Clock.GetUtcNow().AddDays(-1) });
        Assert.Empty(earlier.Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_auditor_sees_only_readings_of_the_own_unit_and_is_seen_too()
    {
        var (person, officer) = (await site.PersonAsync("audited", "022195200005"), await site.IdOfAsync("officer"));
        await AppendAsync(person, officer, site.Clock.GetUtcNow());
        await AppendAsync(person, Guid.CreateVersion7(), site.Clock.GetUtcNow(), "06652");

        var found = await site.PostAsync(await site.TokenAsync("auditor"), Searches, new { subjectId = person });
        Assert.Equal(["06688"], found.Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("access").GetProperty("actor").GetProperty("unitCode").GetString()));
        // The province is above both wards.
        var all = await site.PostAsync(await site.TokenAsync("auditor", unit: "22"), Searches, new { subjectId = person });
        Assert.Superset(new HashSet<string?> { "06688", "06652" }, all.Body.GetProperty("items").EnumerateArray()
            .Select(i => i.GetProperty("access").GetProperty("actor").GetProperty("unitCode").GetString()).ToHashSet());

        var newest = await FirstAsync(await site.TokenAsync("audited"));
        Assert.Equal(("access-log", "auditor", "inspection"), (newest.GetProperty("what").GetString(), newest.GetProperty("actor").GetProperty("role").GetString(),
            newest.GetProperty("purpose").GetString()));
    }

    [Fact]
    public async Task A_search_for_everybody_is_refused()
    {
        var answer = await site.PostAsync(await site.TokenAsync("auditor"), Searches, new { from = site.Clock.GetUtcNow() });

        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0640"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_helper_or_delegate_does_not_read_the_log_of_somebody_else() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync(await site.ActingTokenAsync("citizen", "helper"), Mine)).Status);

    private static PersonalDataRead Later(PersonalDataRead read, int minutes) => read with { Id = Guid.CreateVersion7(), At = read.At.AddMinutes(minutes) };

    private PersonalDataRead Read(Guid actor, string what, Guid? objectId, params Guid[] subjects) =>
        new(Guid.CreateVersion7(), subjects, actor, "officer", "06688", "dossier", what, objectId, "dossier-processing", site.Clock.GetUtcNow());

    /// <summary>As a neighbour reports it, and until it is kept.</summary>
    private async Task ReportAsync(params PersonalDataRead[] reads)
    {
        foreach (var read in reads)
        {
            var id = Guid.CreateVersion7();
            await site.Service.PublishAsync(read, id);
            await Eventually.Async(
                async () => await site.DatabaseAsync(db => db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM inbox_message WHERE message_id = {id}").AnyAsync()), "the report is taken");
        }
    }

    private Task<int> AppendAsync(Guid subject, Guid actor, DateTimeOffset at, string unit = "06688") => site.InScopeAsync<AccessLedger, int>(l =>
        l.AppendAsync(new Reading([subject], actor, "officer", unit, "dossier", "tested", null, "dossier-processing", null, at), null, default));

    private Task<int> CountAsync(Guid person) => site.DatabaseAsync(db => db.AccessRecords.CountAsync(r => r.SubjectId == person));

    private Task WaitAsync(Guid person, int count) => Eventually.Async(async () => await CountAsync(person) == count, $"{count} records");

    private async Task<JsonElement> FirstAsync(string token) => (await site.GetAsync(token, Mine)).Body.GetProperty("items")[0];
}
