using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HaLong.Dossiers.Archive.Destruction;
using HaLong.Dossiers.Filing.Keys;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.Archive.Closed;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>Dossiers past their retention, destroyed with minutes. By the rules of the tests those of residence are kept for twenty years.</summary>
public sealed class DestructionTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object Reason = new { reason = "Còn cần tra cứu" };

    /// <summary>Confirmation of residence.</summary>
    private const string Procedure = "1.010041";

    [Fact]
    public async Task What_is_past_its_retention_is_destroyed_to_its_record_and_the_minutes_say_so()
    {
        var (unit, owner) = (NewUnit(), Guid.CreateVersion7());
        var client = dossiers.Citizen(owner);
        var id = await DueAsync(client, unit);
        var before = await ViewAsync(client, id);
        var hashes = before.GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("sha256").GetString()!).ToList();
        await ExportAsync(unit);
        var list = await DestroyedAsync(dossiers, unit);

        var row = await RowAsync(dossiers, id);
        Assert.Equal((before.GetProperty("code").GetString(), "WITHDRAWN", list), (row.Code, row.Status, row.DestructionListId));
        Assert.Equal((Guid.Empty, "", "", "{}", null), (row.OwnerId, row.OwnerName, row.Subject, row.Data, row.WithdrawalReason));
        Assert.NotNull(row.SubmittedAt);
        await Eventually.Async(() => Task.FromResult(!hashes.Exists(sha => File.Exists(Path.Combine(dossiers.Folder, sha[..2], sha)))), "its files are gone");
        Assert.Empty(Directory.GetFiles(Path.Combine(dossiers.Folder, "archive", unit)));
        Assert.Equal(0, await LeftAsync(id));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
        Assert.Empty((await GetAsync(client, "/api/v1/me/documents")).GetProperty("items").EnumerateArray());
        var record = await ViewAsync(dossiers.Official(Roles.Chief, unit), id);
        Assert.Equal((list, ""), (record.GetProperty("archive").GetProperty("destructionListId").GetGuid(), record.GetProperty("subject").GetString()));
        await RefusedAsync(await dossiers.Official(Roles.Chief, unit).GetAsync($"/api/v1/dossiers/{id}/archive", Ct), 409, "DOS-0650");
        var steps = await GetAsync(dossiers.Official(Roles.Chief, unit), $"/api/v1/dossiers/{id}/timeline");
        Assert.Equal(["submit", "withdraw"], steps.EnumerateArray().Select(s => s.GetProperty("action").GetString()));
        Assert.All(steps.EnumerateArray(), s => Assert.Equal("", s.GetProperty("noteVi").GetString()));

        var administrator = dossiers.Administrator(unit);
        var item = Assert.Single((await GetAsync(administrator, $"{Lists}/{list}/items")).GetProperty("items").EnumerateArray());
        Assert.Equal(("destroyed", 1), (item.GetProperty("state").GetString(), item.GetProperty("number").GetInt32()));
        Assert.Equal(hashes, item.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("sha256").GetString()!));
        using var pdf = await administrator.GetAsync($"{Lists}/{list}/minutes", Ct);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(await pdf.Content.ReadAsByteArrayAsync(Ct)), StringComparison.Ordinal);
        var jws = await MinutesAsync(administrator, list, "application/jose");
        var stated = await dossiers.Factory.InScopeAsync((Signer signer) => signer.ReadAsync<MinutesStatement>(MinutesStatement.Type, jws, Ct));
        Assert.Equal((list, unit, "Quyết định số 1"), (stated!.List, stated.Unit, stated.LegalBasis));
        Assert.Equal(hashes, Assert.Single(stated.Dossiers).Files);
        Assert.Contains(row.Code!, await MinutesAsync(administrator, list, "application/json"), StringComparison.Ordinal);
        // Once is enough: nothing is due any more, and the list cannot be dealt with again.
        await RefusedAsync(await ProposeAsync(administrator, unit), 409, "DOS-0656");
        await RefusedAsync(await SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/approval"), 409, "DOS-0658");
        await RefusedAsync(await SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/rejection", Reason), 409, "DOS-0658");
    }

    [Fact]
    public async Task A_file_that_another_dossier_uses_survives()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        var id = await DueAsync(client, unit);
        var document = (await ViewAsync(client, id)).GetProperty("documents")[0];
        var draft = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var made = await BodyAsync(await PostAsync(client, draft, "documents/reuse", new { component = 1, documentId = document.GetProperty("id").GetGuid() }), HttpStatusCode.Created);
        await DestroyedAsync(dossiers, unit);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/dossiers/{draft}/documents/{made.GetProperty("id").GetGuid()}", Ct)).StatusCode);
        // Its first one is gone: from now on the copy stands in the store itself, once it is filed.
        await BodyAsync(await PostAsync(client, draft, "submission"));
        Assert.Equal(made.GetProperty("id").GetGuid(), Assert.Single((await GetAsync(client, "/api/v1/me/documents")).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_second_official_decides_and_what_he_rejects_can_be_proposed_again()
    {
        var (unit, author, second) = (NewUnit(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await DueAsync(dossiers.Citizen(), unit);
        var (mine, other) = (dossiers.Administrator(unit, id: author), dossiers.Administrator(unit, id: second));
        var proposed = await BodyAsync(await ProposeAsync(mine, unit), HttpStatusCode.Created);
        var list = proposed.GetProperty("id").GetGuid();
        Assert.Equal(("proposed", 1), (proposed.GetProperty("state").GetString(), proposed.GetProperty("count").GetInt32()));
        // On one open list only.
        await RefusedAsync(await ProposeAsync(other, unit), 409, "DOS-0656");
        await RefusedAsync(await SendAsync(mine, $"{Lists}/{list}/approval"), 403, "DOS-0657");
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(dossiers.Administrator(unit, strong: false), $"{Lists}/{list}/approval")).StatusCode);
        await RefusedAsync(await SendAsync(other, $"{Lists}/{list}/approval", ifMatch: "\"1\""), 412, "CMN-0412");
        await RefusedAsync(await SendAsync(dossiers.Administrator(OtherUnit), $"{Lists}/{list}/approval"), 403, "DOS-0654");
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(dossiers.Official(Roles.Chief, unit), $"{Lists}/{list}/approval")).StatusCode);
        await RefusedAsync(await other.GetAsync($"{Lists}/{list}/minutes", Ct), 404, "DOS-0659");
        await RefusedAsync(await SendAsync(other, $"{Lists}/{list}/rejection", new { reason = " " }), 400, "DOS-0006");
        var rejected = await BodyAsync(await SendAsync(other, $"{Lists}/{list}/rejection", Reason));
        Assert.Equal(("rejected", "Còn cần tra cứu", second), (rejected.GetProperty("state").GetString(), rejected.GetProperty("reason").GetString(), rejected.GetProperty("reviewedBy").GetGuid()));
        await dossiers.RoundAsync();
        Assert.Equal("released", Assert.Single((await GetAsync(other, $"{Lists}/{list}/items")).GetProperty("items").EnumerateArray()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Created, (await ProposeAsync(other, unit)).StatusCode);
    }

    [Fact]
    public async Task Wrong_questions_are_refused()
    {
        var unit = NewUnit();
        var administrator = dossiers.Administrator(unit);
        Assert.Equal(["legalBasis", "unit"], (await RefusedAsync(await SendAsync(administrator, Lists, new { }), 400, "DOS-0006")).GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        await RefusedAsync(await ProposeAsync(administrator, unit), 409, "DOS-0656");
        await RefusedAsync(await ProposeAsync(dossiers.Administrator(OtherUnit), unit), 403, "DOS-0654");
        Assert.Equal(HttpStatusCode.Forbidden, (await ProposeAsync(dossiers.Citizen(), unit)).StatusCode);
        foreach (var path in new[] { "", "/items", "/minutes" })
            await RefusedAsync(await administrator.GetAsync($"{Lists}/{Guid.CreateVersion7()}{path}", Ct), 404, "DOS-0655");
        await RefusedAsync(await SendAsync(administrator, $"{Lists}/{Guid.CreateVersion7()}/approval"), 404, "DOS-0655");
        await DueAsync(dossiers.Citizen(), unit);
        var list = (await BodyAsync(await ProposeAsync(administrator, unit, "de-nghi"), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await RefusedAsync(await administrator.GetAsync($"{Lists}/{list}/items?after=WyJ4Il0", Ct), 400, "DOS-0006");
        await RefusedAsync(await dossiers.Administrator(OtherUnit).GetAsync($"{Lists}/{list}", Ct), 403, "DOS-0654");
    }

    [Fact]
    public async Task What_is_young_open_kept_for_ever_or_not_settled_is_not_proposed()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        await AgeAsync(dossiers, await WithdrawnAsync(client, Procedure, unit), 4);
        await SubmittedAsync(client, Procedure, unit);
        await AgeAsync(dossiers, await WithdrawnAsync(client, Land, unit), 90);
        var originals = await DueAsync(client, unit);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == originals).ExecuteUpdateAsync(s => s.SetProperty(d => d.OriginalsHeld, 1), Ct));
        await RefusedAsync(await ProposeAsync(dossiers.Administrator(unit), unit), 409, "DOS-0656");
    }

    [Fact]
    public async Task A_legal_hold_keeps_a_dossier_whenever_it_comes()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        var (early, late, free) = (await DueAsync(client, unit), await DueAsync(client, unit), await DueAsync(client, unit));
        var chief = dossiers.Official(Roles.Chief, unit);
        await RefusedAsync(await HoldAsync(chief, early, HttpMethod.Put, new { reason = "" }), 400, "DOS-0006");
        await RefusedAsync(await HoldAsync(chief, early, HttpMethod.Delete), 409, "DOS-0652");
        await RefusedAsync(await HoldAsync(dossiers.Official(Roles.Chief, OtherUnit), early, HttpMethod.Put, Reason), 404, "DOS-0001");
        Assert.Equal(HttpStatusCode.Forbidden, (await HoldAsync(dossiers.Official(Roles.Officer, unit), early, HttpMethod.Put, Reason)).StatusCode);
        Assert.True((await BodyAsync(await HoldAsync(chief, early, HttpMethod.Put, Reason))).GetProperty("archive").GetProperty("onHold").GetBoolean());

        var list = (await BodyAsync(await ProposeAsync(dossiers.Administrator(unit), unit), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await HoldAsync(chief, late, HttpMethod.Put, Reason));
        var problem = await RefusedAsync(await SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/approval"), 409, "DOS-0651");
        Assert.Equal((await ViewAsync(client, late)).GetProperty("code").GetString(), Assert.Single(problem.GetProperty("errors").GetProperty("dossiers").EnumerateArray()).GetString());
        await BodyAsync(await HoldAsync(chief, late, HttpMethod.Delete));
        // After the approval as well: what comes before its turn counts.
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM destruction_item WHERE list_id = {list} FOR UPDATE", Ct);
            await BodyAsync(await SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/approval"));
            await BodyAsync(await HoldAsync(chief, late, HttpMethod.Put, Reason));
            await transaction.CommitAsync(Ct);
            return true;
        });
        await ExecutedAsync(unit, list);
        var items = (await GetAsync(dossiers.Administrator(unit), $"{Lists}/{list}/items")).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("dossierId").GetGuid(), i => i.GetProperty("state").GetString());
        Assert.Equal(("held", "destroyed", 2), (items[late], items[free], items.Count));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/dossiers/{late}", Ct)).StatusCode);
        await RefusedAsync(await HoldAsync(chief, free, HttpMethod.Put, Reason), 409, "DOS-0650");
    }

    [Fact]
    public async Task Replicas_and_a_restart_in_the_middle_destroy_each_dossier_once()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        for (var i = 0; i < 4; i++)
            await DueAsync(client, unit);
        var list = (await BodyAsync(await ProposeAsync(dossiers.Administrator(unit), unit), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/approval"));
        using (var broken = new CancellationTokenSource())
        {
            var round = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => dossiers.Factory.InScopeAsync((Destroyer destroyer) => destroyer.RunOneAsync(broken.Token))));
            await broken.CancelAsync();
            await Record.ExceptionAsync(() => round);
        }
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => dossiers.RoundAsync()));
        await ExecutedAsync(unit, list);
        Assert.Equal(["destroyed", "destroyed", "destroyed", "destroyed"],
            (await GetAsync(dossiers.Administrator(unit), $"{Lists}/{list}/items")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("state").GetString()));
        Assert.Equal(4, await dossiers.InDbAsync(db => db.Dossiers.CountAsync(d => d.UnitCode == unit && d.DestroyedAt != null, Ct)));
    }

    [Fact]
    public async Task Of_two_proposals_at_once_each_dossier_is_on_one()
    {
        var unit = NewUnit();
        await DueAsync(dossiers.Citizen(), unit);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ProposeAsync(dossiers.Administrator(unit), unit)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
    }

    private async Task<Guid> DueAsync(HttpClient client, string unit)
    {
        var id = await WithdrawnAsync(client, Procedure, unit);
        await AgeAsync(dossiers, id, 21);
        return id;
    }

    private async Task ExportAsync(string unit)
    {
        var administrator = dossiers.Administrator(unit);
        var export = (await BodyAsync(await SendAsync(administrator, Exports, new { unit, closedFrom = "2000-01-01", closedTo = "2030-01-01" }), HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        await Eventually.Async(async () => (await GetAsync(administrator, $"{Exports}/{export}")).GetProperty("finished").GetBoolean(), "it is exported");
        Assert.Single(Directory.GetFiles(Path.Combine(dossiers.Folder, "archive", unit)));
    }

    private Task ExecutedAsync(string unit, Guid list) => Eventually.Async(async () =>
    {
        await dossiers.RoundAsync();
        return (await GetAsync(dossiers.Administrator(unit), $"{Lists}/{list}")).GetProperty("state").GetString() == "executed";
    }, "the list is executed");

    private Task<int> LeftAsync(Guid id) => dossiers.InDbAsync(async db =>
        await db.Documents.CountAsync(d => d.DossierId == id, Ct) + await db.IssuedForms.CountAsync(f => f.DossierId == id, Ct) + await db.Notes.CountAsync(n => n.DossierId == id, Ct)
        + await db.Supplements.CountAsync(s => s.DossierId == id, Ct) + await db.SubmissionReceipts.CountAsync(r => r.DossierId == id, Ct));

    private static Task<HttpResponseMessage> ProposeAsync(HttpClient client, string unit, string? key = null) => SendAsync(client, Lists, new { unit, legalBasis = "Quyết định số 1" }, key);

    private static Task<HttpResponseMessage> HoldAsync(HttpClient client, Guid id, HttpMethod method, object? body = null) =>
        SendAsync(client, $"/api/v1/dossiers/{id}/legal-hold", body, method: method);

    private static async Task<string> MinutesAsync(HttpClient client, Guid list, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Lists}/{list}/minutes") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(accept) } } };
        using var answer = await client.SendAsync(request, Ct);
        Assert.Equal(accept, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
