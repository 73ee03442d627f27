using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Filing.Reform;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

/// <summary>Several at once: replicas, tabs, sweeps.</summary>
public sealed class FilingRaceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string OldUnit = "06664@2020-01-01", NewUnit = "06652";

    [Fact]
    public async Task Two_replicas_that_file_with_one_agency_give_every_dossier_a_code_of_its_own_and_a_receipt_that_says_it()
    {
        await using var other = await ReplicaAsync();
        var owner = Guid.CreateVersion7();
        HttpClient[] replicas = [dossiers.Citizen(owner), other.Client(dossiers.Identity.Token(owner))];
        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++)
            ids.Add(await DraftAsync(replicas[0]));
        var answers = await Task.WhenAll(ids.Select((id, i) => PostAsync(replicas[i % 2], id, "submission")));
        var codes = new Dictionary<Guid, string>();
        foreach (var (answer, id) in answers.Zip(ids))
            codes[id] = (await BodyAsync(answer)).GetProperty("code").GetString()!;
        Assert.Equal(ids.Count, codes.Values.Distinct().Count());
        foreach (var (id, code) in codes.Take(10))
            Assert.Equal(code, (await GetAsync(replicas[1], $"/api/v1/dossiers/{id}/submission-receipt")).GetProperty("receipt").GetProperty("code").GetString());
        // Both replicas signed with keys that either of them publishes.
        Assert.Equal(
            (await GetAsync(dossiers.Factory.Client(), "/api/v1/verification-keys")).GetRawText(), (await GetAsync(other.Client(), "/api/v1/verification-keys")).GetRawText());
    }

    [Fact]
    public async Task Of_the_same_draft_filed_at_two_replicas_at_once_one_wins_and_there_is_one_receipt()
    {
        await using var other = await ReplicaAsync();
        var owner = Guid.CreateVersion7();
        var (here, there) = (dossiers.Citizen(owner), other.Client(dossiers.Identity.Token(owner)));
        for (var round = 0; round < 5; round++)
        {
            var id = await DraftAsync(here);
            var answers = await Task.WhenAll(PostAsync(here, id, "submission"), PostAsync(there, id, "submission"));
            Assert.Equal([200, 409], answers.Select(a => (int)a.StatusCode).Order());
            Assert.Equal(1, await dossiers.InDbAsync(db => db.SubmissionReceipts.CountAsync(r => r.DossierId == id, Ct)));
            Assert.Equal(1, (await GetAsync(here, $"/api/v1/dossiers/{id}/timeline")).GetArrayLength());
        }
    }

    [Fact]
    public async Task What_is_typed_while_filing_is_either_in_the_receipt_or_refused_and_never_lost()
    {
        var client = dossiers.Citizen();
        for (var round = 0; round < 6; round++)
        {
            var id = await DraftAsync(client);
            var patch = client.PatchAsJsonAsync($"/api/v1/dossiers/{id}", new { data = new { typed = round } }, Ct);
            var filing = PostAsync(client, id, "submission");
            await Task.WhenAll(patch, filing);
            var view = await ViewAsync(client, id);
            var isTyped = view.GetProperty("data").TryGetProperty("typed", out _);
            Assert.Equal((await patch).IsSuccessStatusCode, isTyped);
            if (view.GetProperty("status").GetString() == "DRAFT")
                continue;
            var receipt = (await GetAsync(client, $"/api/v1/dossiers/{id}/submission-receipt")).GetProperty("receipt");
            Assert.Equal(Dossiers.Filing.Receipts.CanonicalJson.Hash(view.GetProperty("data").GetRawText()), receipt.GetProperty("dataSha256").GetString());
        }
    }

    [Fact]
    public async Task A_draft_placed_elsewhere_while_it_is_filed_ends_up_in_one_place()
    {
        var client = dossiers.Citizen();
        for (var round = 0; round < 6; round++)
        {
            var id = await DraftAsync(client);
            var placing = client.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = OtherUnit }, Ct);
            await Task.WhenAll(placing, PostAsync(client, id, "submission"));
            var view = await ViewAsync(client, id);
            Assert.Equal((await placing).IsSuccessStatusCode ? OtherUnit : Unit, view.GetProperty("unitCode").GetString());
            if (view.GetProperty("status").GetString() == "SUBMITTED")
            {
                var receipt = (await GetAsync(client, $"/api/v1/dossiers/{id}/submission-receipt")).GetProperty("receipt");
                Assert.Equal(view.GetProperty("unitCode").GetString(), receipt.GetProperty("unit").GetString());
            }
        }
    }

    [Fact]
    public async Task Two_sweeps_at_once_pass_every_dossier_on_once()
    {
        var client = dossiers.Citizen();
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
            ids.Add(await SubmittedAsync(client));
        await OldAsync(ids);
        await using var other = await ReplicaAsync();
        var reports = await Task.WhenAll(FollowAsync(dossiers.Factory), FollowAsync(other), FollowAsync(dossiers.Factory));
        Assert.Equal(ids.Count, reports.Sum(r => r.Moved) + (await FollowAsync(other)).Moved);
        foreach (var id in ids)
        {
            Assert.Equal(NewUnit, (await ViewAsync(client, id)).GetProperty("unitCode").GetString());
            Assert.Equal(["submit", "transfer"], (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString()));
        }
    }

    [Fact]
    public async Task A_sweep_while_reception_accepts_loses_neither()
    {
        var client = dossiers.Citizen();
        for (var round = 0; round < 4; round++)
        {
            var id = await SubmittedAsync(client);
            await OldAsync([id]);
            var accepting = PostAsync(dossiers.Official(Roles.Reception), id, "acceptance");
            await Task.WhenAll(accepting, FollowAsync(dossiers.Factory));
            await FollowAsync(dossiers.Factory);
            var view = await ViewAsync(client, id);
            Assert.Equal((await accepting).StatusCode == HttpStatusCode.OK ? "ACCEPTED" : "SUBMITTED", view.GetProperty("status").GetString());
            Assert.Equal(NewUnit, view.GetProperty("unitCode").GetString());
        }
    }

    [Fact]
    public async Task A_dossier_that_somebody_holds_is_passed_on_at_the_next_look()
    {
        var client = dossiers.Citizen();
        var (held, free) = (await SubmittedAsync(client), await SubmittedAsync(client));
        await OldAsync([held, free]);
        await using (var scope = dossiers.Factory.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            Assert.NotNull(await db.LockAsync(held, Ct));
            Assert.Equal(1, (await FollowAsync(dossiers.Factory)).Moved);
        }
        Assert.Equal((Unit, NewUnit), ((await ViewAsync(client, held)).GetProperty("unitCode").GetString(), (await ViewAsync(client, free)).GetProperty("unitCode").GetString()));
        Assert.Equal(1, (await FollowAsync(dossiers.Factory)).Moved);
    }

    [Fact]
    public async Task A_unit_of_which_nobody_knows_what_became_keeps_its_dossiers()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.UnitId, "06688@1990-01-01"), Ct));
        Assert.Equal(0, (await FollowAsync(dossiers.Factory)).Moved);
        var view = await ViewAsync(client, id);
        Assert.Equal((Unit, 0), (view.GetProperty("unitCode").GetString(), view.GetProperty("filing").GetProperty("unitChoices").GetArrayLength()));
    }

    [Fact]
    public async Task A_dossier_that_is_finished_stays_with_the_unit_that_finished_it()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        await OldAsync([id]);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.Status, "WITHDRAWN"), Ct));
        Assert.Equal(0, (await FollowAsync(dossiers.Factory)).Moved);
        Assert.Equal(Unit, (await ViewAsync(client, id)).GetProperty("unitCode").GetString());
    }

    /// <summary>As if filed before the reform with the ward Hà Tu of then.</summary>
    private Task<int> OldAsync(List<Guid> ids) => dossiers.InDbAsync(db => db.Dossiers.Where(d => ids.Contains(d.Id))
        .ExecuteUpdateAsync(s => s.SetProperty(d => d.UnitId, OldUnit).SetProperty(d => d.ReceivingUnitId, OldUnit), Ct));

    private static Task<OpenUnits.Report> FollowAsync(ServiceFactory<Program> replica) => replica.InScopeAsync((OpenUnits units) => units.FollowAsync(Ct));

    /// <summary>Another replica on the same database, broker and files.</summary>
    private Task<ServiceFactory<Program>> ReplicaAsync()
    {
        var made = new ServiceFactory<Program>(dossiers.Servers, dossiers.Identity).WithBroker(dossiers.Factory.Broker)
            .WithSetting("ConnectionStrings:dossier-db", dossiers.Factory.Services.GetRequiredService<IConfiguration>().GetConnectionString("dossier-db"))
            .WithSetting("Files:Path", dossiers.Folder)
            .WithSetting("services:identity:grpc:0", dossiers.Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", dossiers.Neighbours.Url);
        foreach (var (key, value) in dossiers.Settings)
            made.WithSetting(key, value);
        return made.StartAsync(waitForBus: false);
    }
}
