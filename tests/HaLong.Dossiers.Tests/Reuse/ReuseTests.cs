using System.Net;
using System.Text.Json;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Reuse;

/// <summary>Documents of the store used again over HTTP.</summary>
public sealed class ReuseTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task What_was_handed_in_before_is_offered_used_again_and_counted()
    {
        var client = dossiers.Citizen();
        var first = await SubmittedAsync(client, Free);
        var draft = (await OpenAsync(client, Free)).GetProperty("id").GetGuid();
        var offers = await OffersAsync(client, draft);
        Assert.Equal([1, 2], offers.Select(o => o.GetProperty("component").GetInt32()));
        var source = offers[0].GetProperty("documents")[0];
        Assert.Equal((first, 1), (source.GetProperty("dossierId").GetGuid(), source.GetProperty("component").GetInt32()));

        // Missing, and there already: said at the component.
        var problem = await RefusedAsync(await PostAsync(client, draft, "submission"), 400, "DOS-0007");
        var errors = problem.GetProperty("errors");
        Assert.Equal(2, errors.GetProperty("component1").GetArrayLength());
        Assert.Contains("kho giấy tờ", errors.GetProperty("component1")[1].GetString(), StringComparison.Ordinal);
        Assert.Contains((await ViewAsync(client, first)).GetProperty("code").GetString()!, errors.GetProperty("component1")[1].GetString(), StringComparison.Ordinal);

        var files = Directory.GetFiles(dossiers.Folder, "*", SearchOption.AllDirectories).Length;
        foreach (var offer in offers)
        {
            var document = offer.GetProperty("documents")[0];
            var made = await BodyAsync(await ReuseAsync(client, draft, offer.GetProperty("component").GetInt32(), IdOf(document)), HttpStatusCode.Created);
            Assert.Equal(
                ("FROM_STORE", IdOf(document), document.GetProperty("sha256").GetString()),
                (made.GetProperty("origin").GetString(), made.GetProperty("reusedFrom").GetGuid(), made.GetProperty("sha256").GetString()));
        }
        Assert.Equal(files, Directory.GetFiles(dossiers.Folder, "*", SearchOption.AllDirectories).Length);
        var view = await BodyAsync(await PostAsync(client, draft, "submission", new { confirmDuplicate = true, duplicateReason = "Nộp lại" }));
        Assert.Equal(2, view.GetProperty("filing").GetProperty("reusedComponents").GetInt32());
        Assert.Equal(0, (await ViewAsync(client, first)).GetProperty("filing").GetProperty("reusedComponents").GetInt32());

        // Copies are not listed beside their first, which says how often it was used; a copy of a copy points to the first.
        var items = (await GetAsync(client, "/api/v1/me/documents")).GetProperty("items").EnumerateArray().ToList();
        Assert.All(items, i => Assert.Equal((first, 1), (i.GetProperty("dossierId").GetGuid(), i.GetProperty("reuseCount").GetInt32())));
        var third = (await OpenAsync(client, Free)).GetProperty("id").GetGuid();
        var again = await BodyAsync(await ReuseAsync(client, third, 1, IdOf(source)), HttpStatusCode.Created);
        Assert.Equal(IdOf(source), again.GetProperty("reusedFrom").GetGuid());
        Assert.Equal(await ContentAsync(client, first, IdOf(source)), await ContentAsync(client, third, again.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task A_result_is_used_as_a_paper_and_taken_out_again_and_no_longer_once_it_was_replaced()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        var result = (await ViewAsync(client, id)).GetProperty("resultDocumentId").GetGuid();
        var draft = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var made = await BodyAsync(await ReuseAsync(client, draft, 1, result), HttpStatusCode.Created);
        Assert.Equal("component", made.GetProperty("kind").GetString());
        Assert.Equal(1, await CountAsync(client, result));
        await BodyAsync(await client.DeleteAsync($"/api/v1/dossiers/{draft}/documents/{made.GetProperty("id").GetGuid()}", Ct), HttpStatusCode.NoContent);
        Assert.Equal(0, await CountAsync(client, result));

        await dossiers.InDbAsync(db => db.Documents.Where(d => d.Id == result).ExecuteUpdateAsync(s => s.SetProperty(d => d.ReplacedBy, Guid.CreateVersion7()), Ct));
        await RefusedAsync(await ReuseAsync(client, draft, 1, result), 409, "DOS-0642");
        await dossiers.InDbAsync(db => db.Documents.Where(d => d.Id == result).ExecuteUpdateAsync(s => s.SetProperty(d => d.ReplacedBy, (Guid?)null), Ct));
        await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không cần nữa" }));
        await RefusedAsync(await ReuseAsync(client, draft, 1, result), 409, "DOS-0643");
    }

    [Fact]
    public async Task What_is_not_the_owners_does_not_exist_and_what_does_not_fit_is_refused()
    {
        var (client, other) = (dossiers.Citizen(), dossiers.Citizen());
        var first = await SubmittedAsync(client, Free);
        var mine = await PaperAsync(client, first, 1);
        var foreign = await PaperAsync(other, await SubmittedAsync(other, Free), 1);
        var unfiled = await DraftAsync(client);
        var draft = (await OpenAsync(client)).GetProperty("id").GetGuid();
        await RefusedAsync(await ReuseAsync(client, draft, 1, foreign), 404, "DOS-0641");
        await RefusedAsync(await ReuseAsync(client, draft, 1, await PaperAsync(client, unfiled, 1)), 404, "DOS-0641");
        await RefusedAsync(await ReuseAsync(client, draft, 1, Guid.CreateVersion7()), 404, "DOS-0641");
        await RefusedAsync(await PostAsync(client, draft, "documents/reuse", new { component = 1 }), 404, "DOS-0641");
        await RefusedAsync(await ReuseAsync(other, draft, 1, foreign), 404, "DOS-0001");
        await RefusedAsync(await ReuseAsync(client, draft, 0, mine), 400, "DOS-0012");
        await RefusedAsync(await ReuseAsync(client, draft, 99, mine), 400, "DOS-0012");
        await RefusedAsync(await PostAsync(client, draft, "documents/reuse", new { documentId = mine }), 400, "DOS-0012");
        await RefusedAsync(await PostAsync(client, draft, "documents/reuse", new { component = 1, documentId = mine }, ifMatch: "\"1\""), 412, "CMN-0412");
        await RefusedAsync(await ReuseAsync(client, first, 1, mine), 409, "DOS-0008");
        Assert.Equal(HttpStatusCode.Forbidden, (await ReuseAsync(dossiers.Official(Roles.Officer), draft, 1, mine)).StatusCode);
        // Reception works on its own drafts, and has no store of other people's.
        await RefusedAsync(await ReuseAsync(dossiers.Official(Roles.Reception), draft, 1, mine), 404, "DOS-0001");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{first}/documents/reusable", Ct), 409, "DOS-0008");
        await RefusedAsync(await other.GetAsync($"/api/v1/dossiers/{draft}/documents/reusable", Ct), 404, "DOS-0001");

        await BodyAsync(await ReuseAsync(client, draft, 1, mine), HttpStatusCode.Created);
        await RefusedAsync(await ReuseAsync(client, draft, 1, mine), 409, "DOS-0647");
    }

    [Fact]
    public async Task Twice_at_once_it_is_attached_once_and_a_key_gives_the_same_answer()
    {
        var client = dossiers.Citizen();
        var paper = await PaperAsync(client, await SubmittedAsync(client, Free), 1);
        var draft = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReuseAsync(client, draft, 1, paper)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Single((await ViewAsync(client, draft)).GetProperty("documents").EnumerateArray());
        var second = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var made = new List<Guid>();
        for (var times = 0; times < 2; times++)
            made.Add((await BodyAsync(await PostAsync(client, second, "documents/reuse", new { component = 1, documentId = paper }, key: "dung-lai"), HttpStatusCode.Created)).GetProperty("id").GetGuid());
        Assert.Equal(made[0], made[1]);
        Assert.Equal(2, await CountAsync(client, paper));
    }

    [Fact]
    public async Task While_completing_a_dossier_only_what_was_asked_for_can_be_taken_from_the_store()
    {
        var client = dossiers.Citizen();
        var paper = await PaperAsync(client, await SubmittedAsync(client, Free), 1);
        var id = await SubmittedAsync(client, Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items = new[] { new { component = 1, reason = "Thiếu" } } }));
        Assert.Equal([1], (await OffersAsync(client, id)).Select(o => o.GetProperty("component").GetInt32()));
        await RefusedAsync(await ReuseAsync(client, id, 2, paper), 409, "DOS-0037");
        await BodyAsync(await ReuseAsync(client, id, 1, paper), HttpStatusCode.Created);
        var view = await BodyAsync(await PostAsync(client, id, "supplement", new { }));
        Assert.Equal(("SUBMITTED", 1), (view.GetProperty("status").GetString(), view.GetProperty("filing").GetProperty("reusedComponents").GetInt32()));
    }

    [Fact]
    public async Task Limits_and_a_lost_file_are_told()
    {
        await using var small = await dossiers.NewFactory().WithSetting("Files:MaxDossierFiles", "1").StartAsync(waitForBus: false);
        var client = small.Client(dossiers.Identity.Token());
        var first = await SubmittedAsync(client);
        var paper = await PaperAsync(client, first, 1);
        var draft = (await OpenAsync(client)).GetProperty("id").GetGuid();
        await BodyAsync(await UploadAsync(client, draft, 2, Samples.Pdf("khác")), HttpStatusCode.Created);
        await RefusedAsync(await ReuseAsync(client, draft, 1, paper), 413, "DOS-0023");
        var empty = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var sha = (await ViewAsync(client, first)).GetProperty("documents")[0].GetProperty("sha256").GetString()!;
        File.Delete(Path.Combine(dossiers.Folder, sha[..2], sha));
        await RefusedAsync(await ReuseAsync(client, empty, 1, paper), 503, "DOS-0009");
    }

    [Fact]
    public async Task A_delegate_uses_what_he_may_see_and_an_assisted_session_nothing_of_the_past()
    {
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var paper = await PaperAsync(client, await SubmittedAsync(client, Free), 1);
        var draft = (await OpenAsync(client, Free)).GetProperty("id").GetGuid();
        var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await RefusedAsync(await ReuseAsync(reader, draft, 1, paper), 403, "DOS-0027");
        var (other, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierScan) { Procedures = [Land] });
        await RefusedAsync(await ReuseAsync(other, draft, 1, paper), 404, "DOS-0001");
        var (helper, _, _) = dossiers.Assisted(owner, new TestRight(Acts.DossierScan, Acts.DossierRead) { DossierId = draft });
        await RefusedAsync(await ReuseAsync(helper, draft, 1, paper), 404, "DOS-0641");
        var (scanner, who) = dossiers.Delegate(owner, new TestRight(Acts.DossierScan));
        await BodyAsync(await ReuseAsync(scanner, draft, 1, paper), HttpStatusCode.Created);
        Assert.Equal(who, (await ViewAsync(client, draft)).GetProperty("actorId").GetGuid());
    }

    private static Guid IdOf(JsonElement document) => document.GetProperty("id").GetGuid();

    private static Task<HttpResponseMessage> ReuseAsync(HttpClient client, Guid id, int component, Guid document) =>
        PostAsync(client, id, "documents/reuse", new { component, documentId = document });

    private static async Task<List<JsonElement>> OffersAsync(HttpClient client, Guid id) => [.. (await GetAsync(client, $"/api/v1/dossiers/{id}/documents/reusable")).EnumerateArray()];

    private static async Task<Guid> PaperAsync(HttpClient client, Guid id, int component) =>
        IdOf((await ViewAsync(client, id)).GetProperty("documents").EnumerateArray().First(d => d.GetProperty("kind").GetString() == "component" && d.GetProperty("component").GetInt32() == component));

    private static async Task<int> CountAsync(HttpClient client, Guid document) =>
        (await GetAsync(client, "/api/v1/me/documents")).GetProperty("items").EnumerateArray().Single(i => IdOf(i) == document).GetProperty("reuseCount").GetInt32();

    private static Task<byte[]> ContentAsync(HttpClient client, Guid id, Guid document) => client.GetByteArrayAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct);
}
