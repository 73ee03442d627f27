using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

/// <summary>Filing by others than the owner, and who is told about looks.</summary>
public sealed class ActingFilingTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_helpers_unit_is_the_supporting_one_and_the_submitter_is_not_the_owner()
    {
        await using var submitted = await dossiers.ListenAsync<DossierSubmitted>();
        var owner = Guid.CreateVersion7();
        var (helper, actor, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit) { Unit = "06673", Place = "home" });
        var id = await SubmittedAsync(helper);
        var filing = (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("filing");
        Assert.Equal(
            ("06673", Unit, actor, "helper"),
            (filing.GetProperty("supportUnitCode").GetString(), filing.GetProperty("competentUnit").GetProperty("code").GetString(),
                filing.GetProperty("submittedBy").GetGuid(), filing.GetProperty("submittedAs").GetString()));
        await Eventually.Async(() => Task.FromResult(submitted.Heard.Any(e => e.DossierId == id)), "the event is heard");
        var fact = submitted.Heard.Single(e => e.DossierId == id);
        Assert.Equal(("assisted", owner, actor, "06673"), (fact.Channel, fact.OwnerId, fact.ActorId, fact.SupportUnitCode));
        var receipt = (await GetAsync(dossiers.Citizen(owner), $"/api/v1/dossiers/{id}/submission-receipt")).GetProperty("receipt");
        Assert.Equal("assisted", receipt.GetProperty("channel").GetString());
    }

    [Fact]
    public async Task A_delegate_files_places_confirms_and_sees_the_receipt_within_his_right_only()
    {
        var owner = Guid.CreateVersion7();
        var (all, actor) = dossiers.Delegate(owner, new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit));
        var (reads, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        var (pays, _) = dossiers.Delegate(owner, new TestRight(Acts.PaymentPay));
        var id = await DraftAsync(all);
        await BodyAsync(await all.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = OtherUnit }, Ct));
        await RefusedAsync(await reads.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = Unit }, Ct), 403, "DOS-0027");
        await RefusedAsync(await PostAsync(reads, id, "submission"), 403, "DOS-0027");
        var view = await BodyAsync(await PostAsync(all, id, "submission"));
        Assert.Equal((OtherUnit, "delegate", actor), (view.GetProperty("unitCode").GetString(), view.GetProperty("filing").GetProperty("submittedAs").GetString(), view.GetProperty("filing").GetProperty("submittedBy").GetGuid()));
        await GetAsync(reads, $"/api/v1/dossiers/{id}/submission-receipt");
        await GetAsync(reads, $"/api/v1/dossiers/{id}/duplicates");
        await RefusedAsync(await pays.GetAsync($"/api/v1/dossiers/{id}/submission-receipt", Ct), 403, "DOS-0027");
        await RefusedAsync(await pays.GetAsync($"/api/v1/dossiers/{id}/duplicates", Ct), 403, "DOS-0027");
    }

    [Fact]
    public async Task A_right_that_ended_before_filing_files_nothing_and_takes_no_code()
    {
        var owner = Guid.CreateVersion7();
        var right = new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit);
        var (client, _) = dossiers.Delegate(owner, right);
        var id = await DraftAsync(client);
        right.Active = false;
        var answer = await PostAsync(client, id, "submission");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("DRAFT", (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("status").GetString());
        await RefusedAsync(await dossiers.Citizen(owner).GetAsync($"/api/v1/dossiers/{id}/submission-receipt", Ct), 404, "DOS-0509");
    }

    [Fact]
    public async Task The_duplicates_of_a_delegates_filing_are_the_owners()
    {
        var owner = Guid.CreateVersion7();
        var (first, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit));
        var (second, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierFill, Acts.DossierScan, Acts.DossierSubmit));
        await BodyAsync(await PostAsync(first, await SameAsync(first), "submission"));
        await RefusedAsync(await PostAsync(second, await SameAsync(second), "submission"), 409, "DOS-0505");
        await RefusedAsync(await PostAsync(dossiers.Citizen(owner), await SameAsync(dossiers.Citizen(owner)), "submission"), 409, "DOS-0505");
    }

    [Fact]
    public async Task Looks_of_officials_at_receipts_duplicates_and_received_dossiers_are_reported()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var (owner, officer, reception) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var client = dossiers.Citizen(owner);
        var id = await DraftAsync(client);
        await BodyAsync(await client.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = Unit, receivingUnitCode = "06673" }, Ct));
        await BodyAsync(await PostAsync(client, id, "submission"));
        await GetAsync(dossiers.Official(Roles.Officer, id: officer), $"/api/v1/dossiers/{id}/submission-receipt");
        await GetAsync(dossiers.Official(Roles.Officer, id: officer), $"/api/v1/dossiers/{id}/duplicates");
        await GetAsync(dossiers.Official(Roles.Reception, "06673", reception), "/api/v1/inbox/receiving");
        foreach (var (who, what) in new[] { (officer, "receipt"), (officer, "dossier"), (reception, "dossier-list") })
        {
            await Eventually.Async(() => Task.FromResult(reads.Heard.Any(r => r.ActorId == who && r.What == what)), $"{what} is reported");
            Assert.Contains(owner, reads.Heard.First(r => r.ActorId == who && r.What == what).SubjectIds);
        }
    }

    [Fact]
    public async Task Placing_twice_under_one_key_places_once()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"place-{id}");
        var first = await BodyAsync(await client.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = OtherUnit }, Ct));
        using var again = await client.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = OtherUnit }, Ct);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first.GetProperty("version").GetUInt32(), (await BodyAsync(again)).GetProperty("version").GetUInt32());
        await RefusedAsync(await client.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = Unit }, Ct), 422, "CMN-0422");
    }

    private static async Task<Guid> SameAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = "Cấp giấy", data = new { thua = 7 } }, Ct);
        var id = (await BodyAsync(response, HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf()), HttpStatusCode.Created);
        return id;
    }
}
