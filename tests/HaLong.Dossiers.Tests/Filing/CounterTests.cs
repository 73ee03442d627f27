using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class CounterTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Reception_enters_scans_and_files_for_somebody_at_the_counter_and_then_accepts_it()
    {
        await using var submitted = await dossiers.ListenAsync<DossierSubmitted>();
        var (owner, officer) = (Owner("Nguyễn Thị Mai"), Guid.CreateVersion7());
        var reception = dossiers.Official(Roles.Reception, id: officer);
        var draft = await BodyAsync(await OpenAsync(reception, owner), HttpStatusCode.Created);
        var id = draft.GetProperty("id").GetGuid();
        Assert.Equal(("counter", owner), (draft.GetProperty("channel").GetString(), draft.GetProperty("ownerId").GetGuid()));
        await BodyAsync(await UploadAsync(reception, id, 1, Samples.Pdf()), HttpStatusCode.Created);
        Assert.Equal(id, Assert.Single((await GetAsync(dossiers.Citizen(owner), "/api/v1/dossiers")).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());

        var filing = (await BodyAsync(await PostAsync(reception, id, "submission"))).GetProperty("filing");
        Assert.Equal(
            (Unit, officer, "reception", "OSS-2025"),
            (filing.GetProperty("supportUnitCode").GetString(), filing.GetProperty("submittedBy").GetGuid(), filing.GetProperty("submittedAs").GetString(), filing.GetProperty("regime").GetString()));
        var counter = filing.GetProperty("counter");
        Assert.Equal(
            ("Trần Văn Con", "authorised", "Giấy ủy quyền số 5", 2),
            (counter.GetProperty("submitterName").GetString(), counter.GetProperty("relation").GetString(), counter.GetProperty("evidence").GetString(),
                counter.GetProperty("originals")[0].GetProperty("originals").GetInt32()));
        await BodyAsync(await PostAsync(reception, id, "acceptance"));
        await Eventually.Async(() => Task.FromResult(submitted.Heard.Any(e => e.DossierId == id)), "the event is heard");
        var fact = submitted.Heard.Single(e => e.DossierId == id);
        Assert.Equal(("counter", owner, officer, Unit, Unit), (fact.Channel, fact.OwnerId, fact.ActorId, fact.SupportUnitCode, fact.ReceivingUnitCode));
    }

    [Fact]
    public async Task Papers_that_came_by_post_stand_for_required_components_and_the_owner_may_go_on_himself()
    {
        var owner = Owner("Lê Văn Thư");
        using var opened = await OpenAsync(dossiers.Official(Roles.Reception), owner, new { channel = "post", relation = "post", submitterName = "Bưu điện Hạ Long", evidence = "RR123456789VN" });
        var id = (await BodyAsync(opened, HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var view = await BodyAsync(await PostAsync(dossiers.Citizen(owner), id, "submission"));
        Assert.Equal(("SUBMITTED", "post", "citizen"), (view.GetProperty("status").GetString(), view.GetProperty("channel").GetString(), view.GetProperty("filing").GetProperty("submittedAs").GetString()));
        Assert.Equal(0, view.GetProperty("documents").GetArrayLength());
    }

    [Fact]
    public async Task Everything_wrong_with_an_entry_is_told_at_once()
    {
        using var answer = await dossiers.Official(Roles.Reception).PostAsJsonAsync("/api/v1/dossiers/counter", new
        {
            ownerCheck = "12a",
            procedureCode = "9.9",
            channel = "online",
            relation = "friend",
            subject = "",
            data = new[] { 1 },
            papers = new object?[] { new { component = 0, originals = 1, certifiedCopies = 0, copies = 0 }, null },
        }, Ct);
        var errors = (await RefusedAsync(answer, 400, "DOS-0006")).GetProperty("errors").EnumerateObject().Select(e => e.Name).Order();
        Assert.Equal(["channel", "data", "ownerCheck", "ownerId", "papers[0]", "papers[1]", "procedureCode", "relation", "subject"], errors);
    }

    [Theory]
    [InlineData("submitterName", "authorised", null, "Giấy ủy quyền")]
    [InlineData("evidence", "family", "Trần Thị Em", null)]
    public async Task Who_comes_for_the_owner_is_named_and_says_by_which_right(string field, string relation, string? name, string? proof)
    {
        using var answer = await OpenAsync(dossiers.Official(Roles.Reception), Owner("A"), new { relation, submitterName = name, evidence = proof });
        Assert.Equal(field, Assert.Single((await RefusedAsync(answer, 400, "DOS-0006")).GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_owner_must_be_a_citizen_or_an_organisation_that_identity_knows()
    {
        var reception = dossiers.Official(Roles.Reception);
        await RefusedAsync(await OpenAsync(reception, Guid.CreateVersion7()), 400, "DOS-0510");
        var official = Guid.CreateVersion7();
        dossiers.Neighbours.Officials[official.ToString()] = (Unit, [Roles.Officer]);
        await RefusedAsync(await OpenAsync(reception, official), 400, "DOS-0510");
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            using var answer = await OpenAsync(reception, Owner("B"));
            await RefusedAsync(answer, 503, "DOS-0010");
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }

    [Fact]
    public async Task A_procedure_is_received_in_the_ways_that_the_catalogue_says()
    {
        var direct = await dossiers.InDbAsync(db => Task.FromResult(db.Procedures.AsEnumerable().First(p => Channels(p.Content).SequenceEqual(["direct"])).Code));
        using var answer = await OpenAsync(
            dossiers.Official(Roles.Reception), Owner("C"), new { procedureCode = direct, channel = "post", relation = "post", submitterName = "Bưu điện", evidence = "1", papers = Array.Empty<object>() });
        await RefusedAsync(answer, 400, "DOS-0512");
    }

    [Fact]
    public async Task Only_the_officer_who_entered_a_draft_and_its_owner_work_on_it()
    {
        var reception = dossiers.Official(Roles.Reception);
        var id = (await BodyAsync(await OpenAsync(reception, Owner("D")), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        foreach (var stranger in new[] { dossiers.Official(Roles.Reception), dossiers.Official(Roles.Reception, OtherUnit), dossiers.Citizen() })
        {
            await RefusedAsync(await PostAsync(stranger, id, "submission"), 404, "DOS-0001");
            await RefusedAsync(await stranger.GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
        }
        // Once it is filed the officer changes it no more.
        await BodyAsync(await UploadAsync(reception, id, 1, Samples.Pdf()), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(reception, id, "submission"));
        await RefusedAsync(await UploadAsync(reception, id, 1, Samples.Pdf()), 404, "DOS-0001");
    }

    [Fact]
    public async Task Only_reception_of_a_unit_enters_at_the_counter()
    {
        foreach (var client in new[] { dossiers.Citizen(), dossiers.Official(Roles.Officer), dossiers.Official(Roles.Chief) })
            Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(client, Owner("E"))).StatusCode);
        await RefusedAsync(await OpenAsync(dossiers.Factory.Client(dossiers.Identity.Token(roles: [Roles.Reception])), Owner("E")), 403, "DOS-0511");
    }

    [Fact]
    public async Task The_same_key_enters_one_draft()
    {
        var (owner, reception) = (Owner("F"), dossiers.Official(Roles.Reception));
        reception.DefaultRequestHeaders.Add("Idempotency-Key", "counter-1");
        var first = (await BodyAsync(await OpenAsync(reception, owner), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        Assert.Equal(first, (await BodyAsync(await OpenAsync(reception, owner), HttpStatusCode.Created)).GetProperty("id").GetGuid());
    }

    private Guid Owner(string name)
    {
        var id = Guid.CreateVersion7();
        dossiers.Neighbours.People[id.ToString()] = name;
        return id;
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient client, Guid owner, object? other = null)
    {
        var body = JsonSerializer.SerializeToNode(new
        {
            ownerId = owner,
            ownerCheck = "0123",
            procedureCode = Land,
            channel = "counter",
            relation = "authorised",
            submitterName = "Trần Văn Con",
            evidence = "Giấy ủy quyền số 5",
            subject = "Cấp giấy lần đầu",
            papers = new[] { new { component = 1, originals = 2, certifiedCopies = 0, copies = 1, note = "giữ bản chính" } },
        })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(other ?? new { })!.AsObject())
            body[name] = value?.DeepClone();
        return await client.PostAsJsonAsync("/api/v1/dossiers/counter", body, Ct);
    }

    private static List<string?> Channels(string content) => [.. JsonElement.Parse(content).GetProperty("channels").EnumerateArray().Select(c => c.GetString())];
}
