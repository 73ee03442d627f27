using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence.Schema;
using HaLong.Dossiers.Tests.Features.Lifecycle;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>Nothing changes a dossier that is over, but for the exceptions of the table of transitions.</summary>
public sealed class ReadOnlyTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Every_operation_of_the_applicant_is_refused_with_the_state()
    {
        var client = dossiers.Citizen();
        var id = await Closed.WithdrawnAsync(client);
        var document = (await ViewAsync(client, id)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        var other = await SubmittedAsync(client, Free);
        var paper = (await ViewAsync(client, other)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        foreach (var (what, answer) in new (string, HttpResponseMessage)[]
        {
            ("attach", await UploadAsync(client, id, 1, Samples.Pdf("muộn"))),
            ("attach with a key", await UploadAsync(client, id, 1, Samples.Pdf("muộn"), key: "muon")),
            ("reuse", await PostAsync(client, id, "documents/reuse", new { component = 1, documentId = paper })),
            ("remove", await client.DeleteAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct)),
            ("delete", await client.DeleteAsync($"/api/v1/dossiers/{id}", Ct)),
            ("place", await client.PutAsJsonAsync($"/api/v1/dossiers/{id}/placement", new { unitCode = OtherUnit }, Ct)),
            ("file", await PostAsync(client, id, "submission")),
            ("supplement", await PostAsync(client, id, "supplement", new { })),
            ("withdraw", await PostAsync(client, id, "withdrawal", new { reason = "Lần nữa" })),
            ("offers", await client.GetAsync($"/api/v1/dossiers/{id}/documents/reusable", Ct)),
        })
        {
            Assert.True(answer.StatusCode == HttpStatusCode.Conflict, $"{what}: {answer.StatusCode}");
            await RefusedAsync(answer, 409, "DOS-0008");
        }
        var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/dossiers/{id}") { Content = JsonContent.Create(new { subject = "Khác" }, new System.Net.Http.Headers.MediaTypeHeaderValue("application/merge-patch+json")) };
        await RefusedAsync(await client.SendAsync(patch, Ct), 409, "DOS-0008");
        // Reading goes on.
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, id, $"documents/{document}/links")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct)).StatusCode);
    }

    [Fact]
    public async Task Every_operation_of_an_official_is_refused_with_the_state()
    {
        var client = dossiers.Citizen();
        var id = await Closed.WithdrawnAsync(client);
        foreach (var operation in Operation.All)
            await RefusedAsync(await PostAsync(operation.By(dossiers), id, operation.Path, operation.Body), 409, "DOS-0008");
        Assert.Equal(["submit", "withdraw"], (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task The_end_is_noted_once_and_a_correction_does_not_move_it()
    {
        var client = dossiers.Citizen();
        var id = await Closed.ReturnedAsync(dossiers, client);
        var view = await ViewAsync(client, id);
        var closed = view.GetProperty("archive").GetProperty("closedAt").GetDateTimeOffset();
        Assert.Equal(view.GetProperty("returnedAt").GetDateTimeOffset(), closed);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "result", new { decision = "Chấp thuận, sửa tên.", reason = "Sai tên" }));
        view = await WaitForAsync(client, id, d => d.GetProperty("lifecycle").GetProperty("corrections").GetInt32() == 1, "the correction is signed");
        Assert.Equal(closed, view.GetProperty("archive").GetProperty("closedAt").GetDateTimeOffset());
        Assert.False((await ViewAsync(client, await SubmittedAsync(client, Free))).TryGetProperty("archive", out _));
    }

    [Theory]
    [InlineData("UPDATE dossier SET status = 'SUBMITTED' WHERE id = {0}")]
    [InlineData("UPDATE dossier SET subject = 'x' WHERE id = {0}")]
    [InlineData("UPDATE dossier SET data = '[]' WHERE id = {0}")]
    [InlineData("UPDATE dossier SET owner_name = 'x' WHERE id = {0}")]
    [InlineData("UPDATE dossier SET closed_at = now() WHERE id = {0}")]
    [InlineData("DELETE FROM dossier WHERE id = {0}")]
    [InlineData("DELETE FROM dossier_document WHERE dossier_id = {0}")]
    [InlineData("UPDATE dossier_document SET sha256 = repeat('0', 64) WHERE dossier_id = {0}")]
    [InlineData("UPDATE dossier_document SET component = 2 WHERE dossier_id = {0}")]
    [InlineData("INSERT INTO dossier_document (id, dossier_id, kind, component, file_name, media_type, size, sha256, created_by, created_at) SELECT gen_random_uuid(), {0}, 'component', 1, 'x.pdf', 'application/pdf', 1, repeat('0', 64), {0}, now()")]
    public async Task The_database_is_the_last_defence(string change)
    {
        var id = await Closed.WithdrawnAsync(dossiers.Citizen());
        var error = await Assert.ThrowsAsync<PostgresException>(() => dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(change, [id], Ct)));
        Assert.Contains("is closed", error.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_works_on_its_papers_while_it_is_withdrawn_is_in_time_or_told_so()
    {
        var client = dossiers.Citizen();
        var other = await SubmittedAsync(client, Free);
        var paper = (await ViewAsync(client, other)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        for (var round = 0; round < 4; round++)
        {
            var id = await SubmittedAsync(client, Free);
            await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items = new[] { new { component = 1, reason = "Thiếu" } } }));
            var added = (await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf($"{id} thêm")), HttpStatusCode.Created)).GetProperty("id").GetGuid();
            var answers = await Task.WhenAll(
                PostAsync(client, id, "withdrawal", new { reason = "Không cần nữa" }), UploadAsync(client, id, 1, Samples.Pdf($"{id} nữa")),
                PostAsync(client, id, "documents/reuse", new { component = 1, documentId = paper }), client.DeleteAsync($"/api/v1/dossiers/{id}/documents/{added}", Ct));
            Assert.All(answers, a => Assert.True(a.IsSuccessStatusCode || a.StatusCode == HttpStatusCode.Conflict, $"{a.StatusCode}"));
            Assert.Contains(answers, a => a.IsSuccessStatusCode);
            // What was told is what is there.
            var documents = (await ViewAsync(client, id)).GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("id").GetGuid()).ToList();
            Assert.Equal(3 + (answers[1].IsSuccessStatusCode ? 1 : 0) + (answers[2].IsSuccessStatusCode ? 1 : 0) - (answers[3].IsSuccessStatusCode ? 1 : 0), documents.Count);
            Assert.Equal(answers[3].IsSuccessStatusCode, !documents.Contains(added));
        }
    }

    [Fact]
    public async Task What_the_table_lets_happen_after_the_end_still_happens()
    {
        var client = dossiers.Citizen();
        var id = await Closed.WithdrawnAsync(client, Land);
        await dossiers.PayAsync(client, id);
        await dossiers.InDbAsync(db => db.Documents.Where(d => d.DossierId == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.PreflightDueAt, TimeProvider.System.GetUtcNow()), Ct));
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.OriginalsHeld, 1), Ct));
        var view = await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "originals-return"));
        Assert.Equal("WITHDRAWN", view.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Dossiers_from_before_ends_and_origins_were_noted_get_theirs()
    {
        var client = dossiers.Citizen();
        var (returned, withdrawn) = (await Closed.ReturnedAsync(dossiers, client), await Closed.WithdrawnAsync(client));
        var ends = new[] { (await Closed.RowAsync(dossiers, returned)).ClosedAt, (await Closed.RowAsync(dossiers, withdrawn)).ClosedAt };
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"SELECT set_config('halong.destroying', 'on', true)", Ct);
            await db.Database.ExecuteSqlRawAsync("UPDATE dossier SET closed_at = NULL; UPDATE dossier_document SET origin = NULL;", Ct);
            await db.Database.ExecuteSqlRawAsync(ArchiveSql.Backfill + ReuseSql.Backfill, Ct);
            await transaction.CommitAsync(Ct);
            return true;
        });
        Assert.Equal(ends, [(await Closed.RowAsync(dossiers, returned)).ClosedAt, (await Closed.RowAsync(dossiers, withdrawn)).ClosedAt]);
        var origins = await dossiers.InDbAsync(db => db.Documents.Where(d => d.DossierId == returned).OrderBy(d => d.Kind).Select(d => d.Kind + " " + d.Origin).Distinct().ToListAsync(Ct));
        Assert.Equal(
            [
                $"{DocumentKind.Component} UPLOADED", $"{DocumentKind.ControlSlip} ", $"{DocumentKind.Form} ", $"{DocumentKind.Receipt} ", $"{DocumentKind.Result} ISSUED_RESULT",
                $"{DocumentKind.UnsignedForm} ", $"{DocumentKind.UnsignedResult} ",
            ],
            origins.Order(StringComparer.Ordinal));
    }
}
