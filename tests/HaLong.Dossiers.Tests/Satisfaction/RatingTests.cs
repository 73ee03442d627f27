using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Satisfaction.Ratings;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Satisfaction.SatisfactionKit;

namespace HaLong.Dossiers.Tests.Satisfaction;

public sealed class RatingTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_owner_rates_changes_it_and_reads_it()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner);
        Assert.Equal(JsonValueKind.Null, (await GetAsync(owner, $"/api/v1/dossiers/{id}/rating")).GetProperty("stars").ValueKind);

        var first = await BodyAsync(await PutAsync(owner, id, new { stars = 2, comment = "  Chậm hai ngày.  " }));
        Assert.Equal((2, "Chậm hai ngày."), (first.GetProperty("stars").GetInt32(), first.GetProperty("comment").GetString()));
        var again = await BodyAsync(await PutAsync(owner, id, new { stars = 2, comment = "Chậm hai ngày." }));
        Assert.Equal(first.GetProperty("changedAt").GetDateTimeOffset(), again.GetProperty("changedAt").GetDateTimeOffset());
        await BodyAsync(await owner.PostAsJsonAsync($"/api/v1/dossiers/{id}/rating", new { stars = 5 }, Ct));

        var read = await GetAsync(owner, $"/api/v1/dossiers/{id}/rating");
        Assert.Equal((5, JsonValueKind.Null), (read.GetProperty("stars").GetInt32(), read.GetProperty("comment").ValueKind));
        Assert.Equal(first.GetProperty("ratedAt").GetDateTimeOffset(), read.GetProperty("ratedAt").GetDateTimeOffset());
        Assert.True(read.GetProperty("changedAt").GetDateTimeOffset() > read.GetProperty("ratedAt").GetDateTimeOffset());
        Assert.Equal(2, await EvidenceAsync("dossier.rated", id));
        var stored = await dossiers.InDbAsync(db => db.Set<DossierRating>().SingleAsync(r => r.DossierId == id, Ct));
        Assert.Equal((Unit, Free), (stored.UnitCode, stored.ProcedureCode));
    }

    [Fact]
    public async Task Officials_of_the_unit_see_stars_and_comment_but_not_who_and_it_is_recorded()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner);
        await BodyAsync(await PutAsync(owner, id, new { stars = 4, comment = "Tốt" }));
        await using var heard = await dossiers.ListenAsync<PersonalDataRead>();

        var seen = await GetAsync(dossiers.Official(Roles.Officer), $"/api/v1/dossiers/{id}/rating");

        Assert.Equal((4, "Tốt"), (seen.GetProperty("stars").GetInt32(), seen.GetProperty("comment").GetString()));
        Assert.Equal(["changeableUntil", "changedAt", "comment", "ratedAt", "stars"], seen.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        await Eventually.Async(() => Task.FromResult(heard.Heard.Any(h => h.ObjectId == id)), "the read is told");
        await RefusedAsync(await dossiers.Official(Roles.Officer, OtherUnit).GetAsync($"/api/v1/dossiers/{id}/rating", Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task Nobody_rates_for_others_but_a_delegate_who_may_see_the_dossier()
    {
        var account = Guid.CreateVersion7();
        var owner = dossiers.Citizen(account);
        var id = await DossierAsync(dossiers, owner);

        await RefusedAsync(await PutAsync(dossiers.Citizen(), id, new { stars = 1 }), 404, "DOS-0001");
        using var official = await PutAsync(dossiers.Official(Roles.Officer), id, new { stars = 5 });
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, official.StatusCode);
        var (helper, _, _) = dossiers.Assisted(account, new TestRight(Acts.DossierRead) { DossierId = id });
        await RefusedAsync(await PutAsync(helper, id, new { stars = 5 }), 403, "DOS-0847");
        await RefusedAsync(await helper.GetAsync($"/api/v1/dossiers/{id}/rating", Ct), 403, "DOS-0847");

        var (narrow, _) = dossiers.Delegate(account, new TestRight(Acts.DossierRead) { Procedures = [Land] });
        await RefusedAsync(await PutAsync(narrow, id, new { stars = 1 }), 404, "DOS-0001");
        var (friend, actor) = dossiers.Delegate(account, new TestRight(Acts.DossierRead));
        await BodyAsync(await PutAsync(friend, id, new { stars = 3 }));
        Assert.Equal(actor, (await dossiers.InDbAsync(db => db.Set<DossierRating>().SingleAsync(r => r.DossierId == id, Ct))).RatedBy);
    }

    [Theory]
    [InlineData("SUBMITTED")]
    [InlineData("PROCESSING")]
    [InlineData("WITHDRAWN")]
    public async Task What_has_no_result_or_was_taken_back_is_not_rated(string status)
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner, status);
        await RefusedAsync(await PutAsync(owner, id, new { stars = 5 }), 409, "DOS-0845");
    }

    [Fact]
    public void Everything_with_a_result_or_an_end_is_rateable_except_what_was_withdrawn() => Assert.Equal(
        [DossierStatus.NotAccepted, DossierStatus.Resolved, DossierStatus.Returned, DossierStatus.Stopped],
        DossierStatus.All.Where(RateDossier.IsRateable).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_draft_is_not_rated_and_all_defects_are_told_at_once()
    {
        var owner = dossiers.Citizen();
        var draft = (await OpenAsync(owner, Free)).GetProperty("id").GetGuid();
        await RefusedAsync(await PutAsync(owner, draft, new { stars = 5 }), 409, "DOS-0845");
        var refused = await RefusedAsync(await PutAsync(owner, draft, new { stars = 6, comment = new string('x', 1001) }), 400, "DOS-0848");
        Assert.Equal(["comment", "stars"], refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await PutAsync(owner, draft, new { comment = "không có sao" }), 400, "DOS-0848");
    }

    [Fact]
    public async Task After_thirty_days_a_rating_stays_but_repeating_it_is_no_error()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner);
        await BodyAsync(await PutAsync(owner, id, new { stars = 3 }));
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier_rating SET rated_at = rated_at - interval '31 days' WHERE dossier_id = {id}", Ct));

        var refused = await RefusedAsync(await PutAsync(owner, id, new { stars = 4 }), 409, "DOS-0846");
        Assert.Contains("30", refused.GetProperty("title").GetString(), StringComparison.Ordinal);
        var same = await BodyAsync(await PutAsync(owner, id, new { stars = 3 }));
        Assert.Equal((3, JsonValueKind.Null), (same.GetProperty("stars").GetInt32(), same.GetProperty("changeableUntil").ValueKind));
    }

    [Fact]
    public async Task Many_at_once_leave_one_rating_and_nobody_is_refused()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => PutAsync(owner, id, new { stars = i % 5 + 1 })));
        Assert.All(answers, a => Assert.Equal(System.Net.HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(1, await dossiers.InDbAsync(db => db.Set<DossierRating>().CountAsync(r => r.DossierId == id, Ct)));
    }

    private Task<int> EvidenceAsync(string kind, Guid subject) => dossiers.InDbAsync(db => db.Database.SqlQuery<int>(
        $"SELECT count(*)::int AS \"Value\" FROM evidence WHERE kind = {kind} AND subject = {subject.ToString()}").SingleAsync(Ct));
}
