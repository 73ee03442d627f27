using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class ReadRecordTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Whatever_an_official_opens_is_reported_with_whose_it_is()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var (owner, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await dossiers.AcceptedAsync(dossiers.Citizen(owner));
        var document = (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        var official = dossiers.Official(Roles.Officer, id: officer);

        foreach (var (path, what, thing) in new[]
        {
            ("", "dossier", id), ("/timeline", "timeline", id), ("/receipt", "receipt", id), ($"/documents/{document}", "document", document),
        })
        {
            using var answer = await official.GetAsync($"/api/v1/dossiers/{id}{path}", Ct);
            Assert.True(answer.IsSuccessStatusCode, path);
            var read = await WaitAsync(reads, r => r.ActorId == officer && r.What == what);
            Assert.Equal((thing, Roles.Officer, Unit, "dossier", "dossier-processing"), (read.ObjectId!.Value, read.ActorRole, read.Unit, read.Service, read.Purpose));
            Assert.Equal([owner], read.SubjectIds);
        }
    }

    [Fact]
    public async Task A_page_of_the_inbox_is_one_report_about_everybody_on_it()
    {
        const string Quiet = "06676";
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        Guid[] owners = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (var owner in owners.Append(owners[0]))
            await SubmittedAsync(dossiers.Citizen(owner), unit: Quiet);
        var (reception, later) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await GetAsync(dossiers.Official(Roles.Reception, Quiet, reception), "/api/v1/inbox?limit=2");
        await GetAsync(dossiers.Official(Roles.Reception, Quiet, later), "/api/v1/inbox");

        var read = await WaitAsync(reads, r => r.ActorId == reception);
        Assert.Equal(("dossier-list", null), (read.What, read.ObjectId));
        Assert.Equal(owners[..2].Order(), read.SubjectIds.Order());
        Assert.Equal(owners.Order(), (await WaitAsync(reads, r => r.ActorId == later)).SubjectIds.Order());
    }

    [Fact]
    public async Task Reading_ones_own_or_what_does_not_exist_is_not_reported()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var (owner, stranger, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await dossiers.AcceptedAsync(dossiers.Citizen(owner));
        foreach (var path in new[] { "", "/timeline", "/receipt" })
        {
            await dossiers.Citizen(owner).GetAsync($"/api/v1/dossiers/{id}{path}", Ct);
            await dossiers.Citizen(stranger).GetAsync($"/api/v1/dossiers/{id}{path}", Ct);
            await dossiers.Official(Roles.Officer, OtherUnit, other).GetAsync($"/api/v1/dossiers/{id}{path}", Ct);
        }

        await GetAsync(dossiers.Citizen(owner), "/api/v1/dossiers");
        await GetAsync(dossiers.Official(Roles.Officer, "06679", other), "/api/v1/inbox");
        // What is reported after them has arrived, so they would have too.
        var last = Guid.CreateVersion7();
        await dossiers.Official(Roles.Officer, id: last).GetAsync($"/api/v1/dossiers/{id}", Ct);
        await WaitAsync(reads, r => r.ActorId == last);
        Assert.DoesNotContain(reads.Heard, r => r.ActorId == owner || r.ActorId == stranger || r.ActorId == other);
    }

    [Fact]
    public async Task Who_acts_for_the_owner_is_reported_as_helper_or_delegate()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var owner = Guid.CreateVersion7();
        var id = await dossiers.ResolvedAsync(dossiers.Citizen(owner));
        var (delegated, friend) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead, Acts.ResultRead));
        var (assisted, helper, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierRead, Acts.ResultRead, Acts.DossierFill) { DossierId = id });

        foreach (var (client, actor, role, purpose) in new[] { (delegated, friend, "delegate", "delegation"), (assisted, helper, Roles.Helper, "assisted-session") })
        {
            foreach (var (path, what) in new[] { ("/api/v1/dossiers", "dossier-list"), ("/api/v1/me/documents", "document-list"), ($"/api/v1/dossiers/{id}", "dossier") })
            {
                using var answer = await client.GetAsync(path, Ct);
                Assert.True(answer.IsSuccessStatusCode, $"{path} {answer.StatusCode}");
                var read = await WaitAsync(reads, r => r.ActorId == actor && r.What == what);
                Assert.Equal((role, purpose), (read.ActorRole, read.Purpose));
                Assert.Equal([owner], read.SubjectIds);
            }
        }
    }

    [Fact]
    public async Task An_organisation_reading_its_own_through_its_representative_is_not_reported()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var (organisation, representative, last) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        dossiers.Neighbours.Representatives.Add(representative.ToString());
        var id = await dossiers.AcceptedAsync(dossiers.Citizen(organisation));
        using var client = dossiers.Factory.Client(dossiers.Identity.Token(organisation, [Roles.Organisation], actor: representative));

        using var answer = await client.GetAsync($"/api/v1/dossiers/{id}", Ct);
        Assert.True(answer.IsSuccessStatusCode);

        await dossiers.Official(Roles.Officer, id: last).GetAsync($"/api/v1/dossiers/{id}", Ct);
        await WaitAsync(reads, r => r.ActorId == last);
        Assert.DoesNotContain(reads.Heard, r => r.ActorId == representative);
    }

    private static async Task<PersonalDataRead> WaitAsync(Listener<PersonalDataRead> reads, Func<PersonalDataRead, bool> fits) =>
        (await Eventually.ValueAsync(() => Task.FromResult(reads.Heard.FirstOrDefault(fits)), found => found is not null, "the report"))!;
}
