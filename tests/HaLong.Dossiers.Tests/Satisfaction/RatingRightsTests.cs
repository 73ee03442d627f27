using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Satisfaction;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Satisfaction.SatisfactionKit;

namespace HaLong.Dossiers.Tests.Satisfaction;

/// <summary>Who rates for whom when rights end or cannot be asked, what happens twice, and what is counted.</summary>
public sealed class RatingRightsTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_legal_representative_of_an_organisation_rates_its_dossier()
    {
        var (organisation, representative) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        dossiers.Neighbours.Representatives.Add(representative.ToString());
        var client = dossiers.Factory.Client(dossiers.Identity.Token(organisation, [Roles.Organisation], actor: representative));
        var id = await DossierAsync(dossiers, client);

        await BodyAsync(await PutAsync(client, id, new { stars = 4 }));

        var stored = await dossiers.InDbAsync(db => db.Set<DossierRating>().SingleAsync(r => r.DossierId == id, Ct));
        Assert.Equal((4, representative), (stored.Stars, stored.RatedBy));
    }

    [Fact]
    public async Task A_delegation_that_is_over_or_cannot_be_checked_rates_nothing()
    {
        var account = Guid.CreateVersion7();
        var id = await DossierAsync(dossiers, dossiers.Citizen(account));
        var right = new TestRight(Acts.DossierRead);
        var (friend, _) = dossiers.Delegate(account, right);

        right.Active = false;
        await RefusedAsync(await PutAsync(friend, id, new { stars = 3 }), 403, "DOS-0028");
        var (other, _) = dossiers.Delegate(account, new TestRight("something-else"));
        await RefusedAsync(await PutAsync(other, id, new { stars = 3 }), 403, "DOS-0027");
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            var (third, _) = dossiers.Delegate(account, new TestRight(Acts.DossierRead));
            await RefusedAsync(await PutAsync(third, id, new { stars = 3 }), 503, "DOS-0029");
            // The owner needs nobody's word.
            await BodyAsync(await PutAsync(dossiers.Citizen(account), id, new { stars = 5 }));
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }

    [Fact]
    public async Task The_same_key_is_answered_from_what_was_answered_and_another_body_is_refused()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner);

        var first = await BodyAsync(await PostAsync(owner, id, "rating", new { stars = 2 }, key: "rate-1"));
        await BodyAsync(await PutAsync(owner, id, new { stars = 5 }));
        var replayed = await PostAsync(owner, id, "rating", new { stars = 2 }, key: "rate-1");

        Assert.Equal("true", replayed.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first.GetRawText(), (await BodyAsync(replayed)).GetRawText());
        Assert.Equal(5, (await GetAsync(owner, $"/api/v1/dossiers/{id}/rating")).GetProperty("stars").GetInt32());
        await RefusedAsync(await PostAsync(owner, id, "rating", new { stars = 3 }, key: "rate-1"), 422, "CMN-0422");
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_rates_or_reads_a_rating()
    {
        var id = await DossierAsync(dossiers, dossiers.Citizen());
        using var anybody = dossiers.Factory.Client();
        using var put = await PutAsync(anybody, id, new { stars = 1 });
        using var get = await anybody.GetAsync($"/api/v1/dossiers/{id}/rating", Ct);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (put.StatusCode, get.StatusCode));
    }

    [Fact]
    public async Task Messages_come_in_the_language_of_the_request()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner, "PROCESSING");
        var vi = await RefusedAsync(await PutAsync(owner, id, new { stars = 1 }), 409, "DOS-0845");
        Assert.StartsWith("Chỉ đánh giá được", vi.GetProperty("title").GetString(), StringComparison.Ordinal);
        owner.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var en = await RefusedAsync(await PutAsync(owner, id, new { stars = 1 }), 409, "DOS-0845");
        Assert.StartsWith("Only a dossier with a result", en.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rating_goes_with_its_dossier()
    {
        var owner = dossiers.Citizen();
        var id = (await OpenAsync(owner, Free)).GetProperty("id").GetGuid();
        var now = TimeProvider.System.GetUtcNow();
        await dossiers.InDbAsync(db =>
        {
            db.Add(new DossierRating { DossierId = id, Stars = 1, RatedAt = now, ChangedAt = now });
            return db.SaveChangesAsync(Ct);
        });
        using var deleted = await owner.DeleteAsync($"/api/v1/dossiers/{id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.False(await dossiers.InDbAsync(db => db.Set<DossierRating>().AnyAsync(r => r.DossierId == id, Ct)));
    }

    [Fact]
    public async Task Ratings_are_counted_by_stars_and_what_changes_nothing_is_not()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner);
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        var factory = dossiers.Factory.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "dossier.ratings" && instrument.Meter.Scope == factory)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.AddOrUpdate($"{tags[0].Value}", value, (_, old) => old + value));
        listener.Start();

        foreach (var stars in new[] { 1, 1, 5, 5, 5 })
            await BodyAsync(await PutAsync(owner, id, new { stars }));
        await RefusedAsync(await PutAsync(owner, id, new { stars = 0 }), 400, "DOS-0848");

        Assert.Equal((1, 1, 2), (counted["1"], counted["5"], counted.Count));
    }

    [Fact]
    public async Task Every_official_of_the_unit_reads_it_and_none_of_them_writes_it()
    {
        var owner = dossiers.Citizen();
        var id = await DossierAsync(dossiers, owner);
        await BodyAsync(await PutAsync(owner, id, new { stars = 3, comment = "Bình thường" }));
        foreach (var role in new[] { Roles.Reception, Roles.Officer, Roles.Approver, Roles.Chief, Roles.Leader })
        {
            var client = dossiers.Official(role);
            Assert.Equal(3, (await GetAsync(client, $"/api/v1/dossiers/{id}/rating")).GetProperty("stars").GetInt32());
            using var put = await PutAsync(client, id, new { stars = 5 });
            Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
            using var post = await client.PostAsJsonAsync($"/api/v1/dossiers/{id}/rating", new { stars = 5 }, Ct);
            Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        }

        Assert.Equal(JsonValueKind.Null, (await GetAsync(dossiers.Official(Roles.Officer), $"/api/v1/dossiers/{await DossierAsync(dossiers, owner)}/rating"))
            .GetProperty("stars").ValueKind);
    }
}
