using System.Net;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.Catalogue.Administration.Keepers;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue.Administration;

/// <summary>Several who change the catalogue at the same time, and what applicants see of it.</summary>
public sealed class PublicationRaceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private HttpClient Anyone => dossiers.Factory.Client();

    [Fact]
    public async Task Publications_of_different_procedures_take_turns_and_all_succeed()
    {
        var (author, second) = (dossiers.Keeper(), dossiers.Keeper());
        var drafts = new List<Guid>();
        for (var n = 1; n <= 6; n++)
            drafts.Add(await ApprovedAsync(author, second, Item(newCode: $"9.50000{n}")));
        var answers = await Task.WhenAll(drafts.Select(d => PostAsync(dossiers.Keeper(), $"/drafts/{d}/publication", new { validFrom = Today })));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        for (var n = 1; n <= 6; n++)
            await BodyAsync(await Anyone.GetAsync($"/api/v1/procedures/9.50000{n}", Ct));
    }

    [Fact]
    public async Task An_import_that_is_published_by_two_at_once_is_published_once()
    {
        var file = new JsonObject { ["items"] = new JsonArray(Item(newCode: "9.500011"), Item(newCode: "9.500012")) };
        var import = (await BodyAsync(await PostAsync(dossiers.Keeper(), "/imports", file))).GetProperty("importId").GetGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            PostAsync(dossiers.Keeper(), $"/imports/{import}/publication", new { validFrom = Today })));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.NotFound, a.StatusCode));
        Assert.Single((await GetAsync(Anyone, "/api/v1/procedures/9.500011/versions")).EnumerateArray());
    }

    [Fact]
    public async Task A_release_that_is_loaded_while_somebody_publishes_leaves_one_version_in_force()
    {
        const string code = "2.001406";
        var draft = await ApprovedAsync(dossiers.Keeper(), dossiers.Keeper(), Item(code, change: i => i["nameEn"] = "By the administrator"));
        var released = new JsonArray(Item(code, change: i => i["nameEn"] = "By the release"));
        var version = (await GetAsync(Anyone, $"/api/v1/procedures/{code}")).GetProperty("versionId").GetGuid();
        var publication = PostAsync(dossiers.Keeper(), $"/drafts/{draft}/publication", new { validFrom = Today, replaces = version });
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var load = scope.ServiceProvider.GetRequiredService<CatalogueLoader>().LoadProceduresAsync(released, Ct);
        using var answer = await publication;
        var added = await load;
        // Either the administrator was first and the file is left alone, or the release was and his draft has been overtaken.
        Assert.True((answer.StatusCode, added) is (HttpStatusCode.OK, 0) or (HttpStatusCode.BadRequest, 1), $"{answer.StatusCode} {added}");
        var versions = (await GetAsync(Anyone, $"/api/v1/procedures/{code}/versions")).EnumerateArray().ToList();
        Assert.Single(versions, v => v.GetProperty("state").GetString() == "inForce");
    }

    [Fact]
    public async Task An_edit_and_an_approval_at_once_do_not_both_happen()
    {
        var author = dossiers.Keeper();
        var id = await OpenAsync(author, Item(newCode: "9.500021"));
        using var read = await author.GetAsync($"{Admin}/drafts/{id}", Ct);
        var tag = read.Headers.ETag!.Tag;
        var edit = SendAsync(author, HttpMethod.Put, $"/drafts/{id}", new { content = Item(newCode: "9.500021", change: i => i["decision"] = "1") }, tag);
        var review = PostAsync(dossiers.Keeper(), $"/drafts/{id}/review", ifMatch: tag);
        HttpResponseMessage[] answers = [await edit, await review];
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Fees_of_a_new_version_are_charged_from_its_day_on()
    {
        const string code = "1.010038";
        var citizen = dossiers.Citizen(Guid.CreateVersion7());
        Assert.Equal(5_000, Total(await DossierFixture.OpenAsync(citizen, code)));
        var basis = (await GetAsync(Anyone, $"/api/v1/procedures/{code}")).GetProperty("versionId").GetGuid();
        var draft = await ApprovedAsync(dossiers.Keeper(), dossiers.Keeper(), Item(code, change: i =>
        {
            // The online price ends and another begins; a price for the verified only is nothing for others.
            var online = i["fees"]!.AsArray().Single(f => f!["channel"]!.GetValue<string>() == "online")!;
            var (ended, next, verified) = (online, online.DeepClone(), online.DeepClone());
            ended["validTo"] = Day(Today.AddDays(-1));
            (next["validFrom"], next["amountVnd"]) = (Day(Today), 3_000);
            (verified["minAssurance"], verified["amountVnd"]) = (3, 1_000);
            i["fees"]!.AsArray().Add(next);
            i["fees"]!.AsArray().Add(verified);
        }));
        await BodyAsync(await PostAsync(dossiers.Keeper(), $"/drafts/{draft}/publication", new { validFrom = Today, replaces = basis }));
        Assert.Equal(3_000, Total(await DossierFixture.OpenAsync(citizen, code)));
        var shown = (await GetAsync(Anyone, $"/api/v1/procedures/{code}")).GetProperty("fees").EnumerateArray();
        Assert.Equal([false, true, true, true], shown.Select(f => f.GetProperty("inForce").GetBoolean()));

        static long Total(System.Text.Json.JsonElement dossier) => dossier.GetProperty("fees").EnumerateArray().Sum(f => f.GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_procedure_that_was_repealed_takes_no_new_dossiers()
    {
        var (author, second, citizen) = (dossiers.Keeper(), dossiers.Keeper(), dossiers.Citizen(Guid.CreateVersion7()));
        const string code = "1.010041";
        await DossierFixture.OpenAsync(citizen, code);
        var id = (await BodyAsync(await PostAsync(author, "/drafts", new { code, repeal = true }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await PostAsync(author, $"/drafts/{id}/review"));
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/approval"));
        await BodyAsync(await PostAsync(second, $"/drafts/{id}/publication", new { validFrom = Today }));
        using var refused = await citizen.PostAsync(
            "/api/v1/dossiers", System.Net.Http.Json.JsonContent.Create(new { procedureCode = code, unitCode = DossierFixture.Unit, subject = "x" }), Ct);
        await RefusedAsync(refused, 400, "DOS-0003");
        await Eventually.Async(
            async () => (await GetAsync(Anyone, $"/api/v1/procedures?q={code}")).GetProperty("total").GetInt32() == 0, "the repealed procedure is not found any more");
    }

    [Fact]
    public async Task A_unit_that_was_looked_up_is_remembered_while_identity_is_away()
    {
        await BodyAsync(await dossiers.Keeper().GetAsync(Admin + "/drafts", Ct));
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await BodyAsync(await dossiers.Keeper().GetAsync(Admin + "/drafts", Ct));
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }
}
