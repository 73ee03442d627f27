using System.Net;
using HaLong.Identity.Assisted;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Identity.Tests.AssistedHelp;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Assisted;

public sealed class EndAssistedSessionTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private async Task<CheckAnswer> DoAsync(TestPerson citizen, TestPerson helper, Guid session, string act, Guid dossier) =>
        (await new V1.Authorisation.AuthorisationClient(site.Service.Grpc(site.ServiceToken())).CheckAsync(new BatchCheckRequest
        {
            Questions = { new CheckQuestion { Subject = citizen.Id.ToString(), Actor = helper.Id.ToString(), AssistedSessionId = session.ToString(), Act = act, DossierId = dossier.ToString(), Commits = true } },
        }, cancellationToken: Ct)).Answers[0];

    [Fact]
    public async Task The_helper_ends_it_and_the_citizen_learns_what_was_done()
    {
        await using var ear = await Ear.OnAsync<AssistedSessionClosed>(site);
        var (person, citizen, dossier) = (await site.HelperAsync(), await site.CitizenAsync(), Guid.CreateVersion7());
        var helper = await site.AsAsync(person);
        var id = await site.StartedAsync(helper, citizen);
        foreach (var act in new[] { Acts.DossierFill, Acts.DossierScan, Acts.DossierScan, Acts.DossierSubmit })
            Assert.True((await DoAsync(citizen, person, id, act, dossier)).Allowed);
        await BodyAsync(await helper.DeleteAsync($"{Api}/{id}", Ct), HttpStatusCode.NoContent);

        var told = await ear.HearAsync(e => e.SessionId == id);
        Assert.Equal(("ended", "code", dossier, citizen.Id), (told.State, told.Consent, told.DossierId!.Value, told.CitizenId!.Value));
        Assert.Equal([(Acts.DossierFill, 1), (Acts.DossierScan, 2), (Acts.DossierSubmit, 1)], told.Deeds.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => (d.Key, d.Value)));
        var reference = id.ToString("N")[^8..].ToUpperInvariant();
        Assert.Contains(await site.DatabaseAsync(db => db.DirectNotices.Where(n => n.Template == "assisted-summary").Select(n => n.Values).ToListAsync()),
            v => v.Contains(reference, StringComparison.Ordinal));

        var mine = (await GetAsync(await site.AsAsync(citizen), "/api/v1/me/assisted-sessions")).GetProperty("items")[0];
        Assert.Equal((id, "ended", reference, "Trần Văn Giúp"), (mine.GetProperty("id").GetGuid(), mine.GetProperty("state").GetString(), mine.GetProperty("reference").GetString(), mine.GetProperty("helperName").GetString()));
        Assert.Equal(2, mine.GetProperty("deeds").GetProperty("dossier.scan").GetInt32());
        await RefusedAsync(await helper.DeleteAsync($"{Api}/{id}", Ct), 409, "IDN-0505");
        Assert.Equal(RefusalReasons.NotActive, (await DoAsync(citizen, person, id, Acts.DossierFill, dossier)).Reason);
    }

    [Fact]
    public async Task The_citizen_revokes_and_from_that_moment_nothing_more_is_done()
    {
        var (person, citizen) = (await site.HelperAsync(), await site.CitizenAsync());
        var id = await site.StartedAsync(await site.AsAsync(person), citizen);
        await BodyAsync(await (await site.AsAsync(citizen)).DeleteAsync($"{Api}/{id}", Ct), HttpStatusCode.NoContent);
        Assert.Equal("revoked", (await SessionAsync(await site.AsAsync(person), id)).GetProperty("state").GetString());
        Assert.Equal(RefusalReasons.NotActive, (await DoAsync(citizen, person, id, Acts.DossierFill, Guid.CreateVersion7())).Reason);
        var lines = await site.DatabaseAsync(db => db.Consents.Where(c => c.AccountId == citizen.Id).OrderBy(c => c.At).Select(c => c.Granted).ToListAsync());
        Assert.Equal([true, false], lines);
    }

    [Fact]
    public async Task Acts_and_the_end_at_the_same_moment_leave_a_count_that_is_true()
    {
        var (person, citizen, dossier) = (await site.HelperAsync(), await site.CitizenAsync(), Guid.CreateVersion7());
        var id = await site.StartedAsync(await site.AsAsync(person), citizen);
        var citizens = await site.AsAsync(citizen);
        var acts = Enumerable.Range(0, 10).Select(_ => DoAsync(citizen, person, id, Acts.DossierFill, dossier)).ToList();
        var end = citizens.DeleteAsync($"{Api}/{id}", Ct);
        await Task.WhenAll([.. acts.Cast<Task>(), end]);
        // A revocation that met an act at the very moment is repeated.
        while ((await citizens.DeleteAsync($"{Api}/{id}", Ct)).StatusCode == HttpStatusCode.PreconditionFailed)
        {
        }

        var allowed = 0;
        foreach (var act in acts)
            allowed += (await act).Allowed ? 1 : 0;
        Assert.Equal(allowed, await site.DatabaseAsync(db => db.AssistedDeeds.Where(d => d.SessionId == id).SumAsync(d => d.Count)));
        Assert.Equal(RefusalReasons.NotActive, (await DoAsync(citizen, person, id, Acts.DossierFill, dossier)).Reason);
    }

    [Fact]
    public async Task A_session_that_was_never_agreed_to_ends_without_an_sms()
    {
        await using var ear = await Ear.OnAsync<AssistedSessionClosed>(site);
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.CitizenAsync());
        var id = await OpenAsync(helper, Ask(citizen));
        await BodyAsync(await helper.DeleteAsync($"{Api}/{id}", Ct), HttpStatusCode.NoContent);
        var told = await ear.HearAsync(e => e.SessionId == id);
        Assert.Equal(("ended", null, null), (told.State, told.Consent, told.ConsentedAt));
        var reference = id.ToString("N")[^8..].ToUpperInvariant();
        Assert.DoesNotContain(await site.DatabaseAsync(db => db.DirectNotices.Select(n => n.Values).ToListAsync()), v => v.Contains(reference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_an_hour_it_is_over_and_the_sweep_closes_it_once()
    {
        await using var ear = await Ear.OnAsync<AssistedSessionClosed>(site);
        var (person, citizen) = (await site.HelperAsync(), await site.CitizenAsync());
        var helper = await site.AsAsync(person);
        var id = await site.StartedAsync(helper, citizen);
        await site.LapseAsync(id);
        Assert.Equal(RefusalReasons.NotActive, (await DoAsync(citizen, person, id, Acts.DossierFill, Guid.CreateVersion7())).Reason);
        await RefusedAsync(await helper.DeleteAsync($"{Api}/{id}", Ct), 409, "IDN-0505");
        var scopes = site.Service.Services.GetRequiredService<IServiceScopeFactory>();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AssistedSweep.RunOnceAsync(scopes, site.Clock.GetUtcNow(), Ct)));
        Assert.Equal("expired", (await ear.HearAsync(e => e.SessionId == id)).State);
        Assert.Single(ear.All, e => e.SessionId == id);
        Assert.Equal("expired", (await SessionAsync(helper, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Everybody_lists_his_own_sessions_only()
    {
        var (person, citizen) = (await site.HelperAsync(), await site.CitizenAsync());
        var helper = await site.AsAsync(person);
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add(await site.StartedAsync(helper, await site.CitizenAsync()));
        ids.Add(await site.StartedAsync(helper, citizen));
        var page = await GetAsync(helper, Api + "?limit=3");
        Assert.Equal([ids[3], ids[2], ids[1]], page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
        var rest = await GetAsync(helper, $"{Api}?limit=3&after={page.GetProperty("after").GetString()}");
        Assert.Equal([ids[0]], rest.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
        Assert.Equal([ids[3]], (await GetAsync(await site.AsAsync(citizen), "/api/v1/me/assisted-sessions")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
        Assert.Empty((await GetAsync(await site.AsAsync(await site.HelperAsync()), Api)).GetProperty("items").EnumerateArray());
        await RefusedAsync(await helper.GetAsync(Api + "?after=WyJ4Il0", Ct), 400, "IDN-0501");
        await RefusedAsync(await helper.GetAsync(Api + "?limit=101", Ct), 400, "CMN-0400");
        await RefusedAsync(await helper.GetAsync(Api + "?after=rubbish", Ct), 400, "CMN-0400");
        using var officer = await site.Service.Client(await site.TokenAsync("officer")).GetAsync("/api/v1/me/assisted-sessions", Ct);
        Assert.Equal(HttpStatusCode.Forbidden, officer.StatusCode);
    }

    [Fact]
    public async Task Statistics_count_by_helper_place_kind_and_unit_within_ones_own_unit()
    {
        const string unit = "07030";
        var (one, two) = (await site.HelperAsync(unit), await site.HelperAsync(unit));
        var (first, second) = (await site.AsAsync(one), await site.AsAsync(two));
        var citizen = await site.CitizenAsync();
        var id = await site.StartedAsync(first, citizen);
        await DoAsync(citizen, one, id, Acts.DossierFill, Guid.CreateVersion7());
        await BodyAsync(await (await site.AsAsync(citizen)).DeleteAsync($"{Api}/{id}", Ct), HttpStatusCode.NoContent);
        await OpenAsync(first, Ask(await site.CitizenAsync(), place: "home"));
        await OpenAsync(second, Ask(await site.CitizenAsync()));

        var query = $"/statistics?from={site.Day(-1)}&to={site.Day(1)}&groupBy=";
        var leader = site.Service.Client(await site.TokenAsync("leader", unit: unit));
        Assert.Equal([(one.Id.ToString(), 2, 1, 1, 1), (two.Id.ToString(), 1, 0, 0, 0)], await RowsAsync(leader, query + "helper"));
        Assert.Equal([("home", 1, 0, 0, 0), ("office", 2, 1, 1, 1)], await RowsAsync(leader, query + "place"));
        Assert.Equal([("dossier.fill", 1, 1, 1, 1)], await RowsAsync(leader, query + "kind"));
        Assert.Equal([(unit, 3, 1, 1, 1)], await RowsAsync(leader, query + "unit"));
        Assert.Equal([(two.Id.ToString(), 1, 0, 0, 0)], await RowsAsync(second, query + "helper"));
        Assert.Empty(await RowsAsync(site.Service.Client(await site.TokenAsync("auditor", unit: "06652")), query + "helper"));
    }

    [Fact]
    public async Task Statistics_want_a_period_and_are_not_for_everybody()
    {
        var helper = await site.AsAsync(await site.HelperAsync());
        foreach (var query in new[] { "", "?from=2026-01-01", "?from=2026-02-01&to=2026-01-01", "?from=2025-01-01&to=2026-01-02", $"?from={site.Day()}&to={site.Day()}&groupBy=colour" })
            await RefusedAsync(await helper.GetAsync(Api + "/statistics" + query, Ct), 400, "IDN-0501");
        foreach (var role in new[] { "citizen", "reception", "officer", "cashier" })
        {
            using var answer = await site.Service.Client(await site.TokenAsync(role)).GetAsync($"{Api}/statistics?from={site.Day()}&to={site.Day()}", Ct);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private static async Task<List<(string, int, int, int, int)>> RowsAsync(HttpClient client, string query) =>
    [
        .. (await GetAsync(client, Api + query)).GetProperty("items").EnumerateArray().Select(r => (r.GetProperty("key").GetString()!, r.GetProperty("sessions").GetInt32(),
            r.GetProperty("consented").GetInt32(), r.GetProperty("revoked").GetInt32(), r.GetProperty("deeds").GetInt32())),
    ];
}
