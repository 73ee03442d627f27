using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Tests.Catalogue.Administration;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Reuse;

/// <summary>What the catalogue says about reuse, and where documents come from, over HTTP.</summary>
public sealed class CatalogueReuseTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_catalogue_can_forbid_reuse_and_name_the_only_results_that_will_do()
    {
        var results = ResultCodesOf(Free);
        await PublishAsync("9.064101", item => item["components"]![0]!["reuse"] = Reuse(fromStore: false));
        await PublishAsync("9.064102", item => item["components"]![0]!["reuse"] = Reuse(fromStore: true, results[0]));
        await PublishAsync("9.064103", item => item["components"]![0]!["reuse"] = Reuse(fromStore: true, "KQ.G99.999999"));
        var client = dossiers.Citizen();
        var result = await ResultAsync(client);
        await RefusedAsync(await ReuseAsync(client, await OpenedAsync(client, "9.064101"), result), 409, "DOS-0645");
        await RefusedAsync(await ReuseAsync(client, await OpenedAsync(client, "9.064103"), result), 409, "DOS-0646");
        var good = await OpenedAsync(client, "9.064102");
        var offer = (await GetAsync(client, $"/api/v1/dossiers/{good}/documents/reusable")).EnumerateArray().Single(o => o.GetProperty("component").GetInt32() == 1);
        Assert.Equal(result, Assert.Single(offer.GetProperty("documents").EnumerateArray()).GetProperty("id").GetGuid());
        await BodyAsync(await ReuseAsync(client, good, result), HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_result_past_its_validity_is_shown_so_and_not_used_again()
    {
        await PublishAsync("9.064104", item =>
        {
            foreach (var one in item["results"]!.AsArray())
                one!["validityMonths"] = 6;
        });
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, "9.064104");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment"));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
        var result = (await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed")).GetProperty("resultDocumentId").GetGuid();
        var item = await StoredAsync(client, result);
        Assert.Equal(("valid", LocalTime.Date(item.GetProperty("issuedAt").GetDateTimeOffset()).AddMonths(6)), (item.GetProperty("state").GetString(), DateOnly.Parse(item.GetProperty("validUntil").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));

        var draft = await OpenedAsync(client, Land);
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier_document SET created_at = created_at - interval '7 months' WHERE id = {result}", Ct));
        Assert.Equal("expired", (await StoredAsync(client, result)).GetProperty("state").GetString());
        await RefusedAsync(await ReuseAsync(client, draft, result), 409, "DOS-0644");
    }

    [Fact]
    public async Task A_written_refusal_and_an_infected_file_are_good_for_nothing_else()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ProcessingAsync(client);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "refusal", new { legalBasis = "Điều 19", reason = "Không đủ điều kiện" }));
        var refusal = (await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the refusal is signed")).GetProperty("resultDocumentId").GetGuid();
        Assert.Equal("refused", (await StoredAsync(client, refusal)).GetProperty("state").GetString());
        var draft = await OpenedAsync(client, Land);
        await RefusedAsync(await ReuseAsync(client, draft, refusal), 409, "DOS-0643");
        var paper = (await ViewAsync(client, id)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        const string Report = """{"checks":[{"code":"malware","outcome":"fail","reason":"found","details":[],"blocks":true}],"checkedAt":"2026-11-23T00:00:00Z","attempts":0,"pages":null}""";
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier_document SET preflight = {Report}::jsonb, preflight_due_at = NULL WHERE id = {paper}", Ct));
        await RefusedAsync(await ReuseAsync(client, draft, paper), 409, "DOS-0415");
    }

    [Fact]
    public async Task What_reception_scans_says_so_and_reception_has_no_access_to_the_owners_store()
    {
        var (owner, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        dossiers.Neighbours.People[owner.ToString()] = "Nguyễn Thị Mai";
        var (client, reception) = (dossiers.Citizen(owner), dossiers.Official(Roles.Reception, id: officer));
        var earlier = await SubmittedAsync(client);
        var paper = (await ViewAsync(client, earlier)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        using var opened = await reception.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/dossiers/counter")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new
            {
                ownerId = owner,
                procedureCode = Land,
                unitCode = Unit,
                channel = "counter",
                relation = "owner",
                subject = "Cấp giấy tại quầy",
                data = new { thua = 99 },
            }),
        }, Ct);
        var id = (await BodyAsync(opened, HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await RefusedAsync(await ReuseAsync(reception, id, paper), 404, "DOS-0641");
        Assert.Empty((await GetAsync(reception, $"/api/v1/dossiers/{id}/documents/reusable")).EnumerateArray());
        var problem = await RefusedAsync(await PostAsync(reception, id, "submission"), 400, "DOS-0007");
        Assert.Single(problem.GetProperty("errors").GetProperty("component1").EnumerateArray());
        var scanned = await BodyAsync(await UploadAsync(reception, id, 1, Samples.Pdf("quét")), HttpStatusCode.Created);
        Assert.Equal("SCANNED_AT_RECEPTION", scanned.GetProperty("origin").GetString());
        // The owner himself may go on with it, and use what he has.
        var own = await BodyAsync(await UploadAsync(client, id, 2, Samples.Pdf("tự nộp")), HttpStatusCode.Created);
        Assert.Equal("UPLOADED", own.GetProperty("origin").GetString());
        await BodyAsync(await ReuseAsync(client, id, paper), HttpStatusCode.Created);
    }

    private async Task<Guid> ResultAsync(HttpClient client) => (await ViewAsync(client, await dossiers.ResolvedAsync(client))).GetProperty("resultDocumentId").GetGuid();

    private static async Task<JsonElement> StoredAsync(HttpClient client, Guid document) =>
        (await GetAsync(client, "/api/v1/me/documents")).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetGuid() == document);

    private static async Task<Guid> OpenedAsync(HttpClient client, string procedure) => (await OpenAsync(client, procedure)).GetProperty("id").GetGuid();

    private static Task<HttpResponseMessage> ReuseAsync(HttpClient client, Guid id, Guid document) => PostAsync(client, id, "documents/reuse", new { component = 1, documentId = document });

    private static List<string> ResultCodesOf(string code) => [.. Keepers.Item(code)["results"]!.AsArray().Select(r => r!["code"]!.GetValue<string>())];

    private static JsonObject Reuse(bool fromStore, params string[] codes) =>
        new() { ["fromStore"] = fromStore, ["resultCodes"] = new JsonArray([.. codes.Select(c => (JsonNode)c)]), ["dataSource"] = fromStore ? null : "population", ["assumed"] = true };

    private async Task PublishAsync(string code, Action<JsonNode> change)
    {
        // One required component is enough here.
        await Keepers.PublishedAsync(dossiers.Keeper(), dossiers.Keeper(), Keepers.Item(Free, code, item =>
        {
            item["components"]![1]!["required"] = false;
            change(item);
        }), Keepers.Today);
        await Eventually.Async(async () => (await dossiers.Factory.Client().GetAsync($"/api/v1/procedures/{code}", Ct)).IsSuccessStatusCode, "the procedure is known");
    }
}
