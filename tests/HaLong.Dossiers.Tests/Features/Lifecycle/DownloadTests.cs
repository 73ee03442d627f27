using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Results;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary><see cref="NoticeDownload"/> and <see cref="RecordDownload"/>: a download is receipt, once, and only of the right thing by the right one.</summary>
public sealed class DownloadTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Told_many_times_the_dossier_is_returned_once()
    {
        var client = dossiers.Citizen();
        var (id, document) = await ResolvedAsync(client);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => dossiers.Factory.PublishAsync(new ResultDownloaded(id, document, "Nguyễn Văn Dân"))));

        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RETURNED", "the download is recorded");
        var receipts = await dossiers.InDbAsync(db => db.Timeline.CountAsync(t => t.DossierId == id && t.Action == "receive", Ct));
        Assert.Equal(1, receipts);
    }

    [Fact]
    public async Task Another_document_or_dossier_changes_nothing()
    {
        var client = dossiers.Citizen();
        var (id, document) = await ResolvedAsync(client);
        var (other, _) = await ResolvedAsync(client);

        await dossiers.Factory.PublishAsync(new ResultDownloaded(other, document, "x"));
        await dossiers.Factory.PublishAsync(new ResultDownloaded(Guid.CreateVersion7(), document, "x"));
        await dossiers.Factory.PublishAsync(new ResultDownloaded(id, document, "x"));

        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RETURNED", "what was published last is recorded");
        Assert.Equal("RESOLVED", (await ViewAsync(client, other)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_message_that_comes_after_the_return_changes_nothing()
    {
        var client = dossiers.Citizen();
        var (id, document) = await ResolvedAsync(client);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "return"));
        var (later, laterDocument) = await ResolvedAsync(client);

        await dossiers.Factory.PublishAsync(new ResultDownloaded(id, document, "x"));
        await dossiers.Factory.PublishAsync(new ResultDownloaded(later, laterDocument, "x"));

        await WaitForAsync(client, later, d => d.GetProperty("status").GetString() == "RETURNED", "the later one is recorded");
        var view = await ViewAsync(client, id);
        Assert.Equal("COUNTER", view.GetProperty("lifecycle").GetProperty("handOver").GetProperty("method").GetString());
    }

    [Fact]
    public async Task A_delegate_who_may_read_the_result_receives_it_for_the_owner()
    {
        var owner = Guid.CreateVersion7();
        var (id, document) = await ResolvedAsync(dossiers.Citizen(owner));
        var (reader, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await RefusedAsync(await reader.GetAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct), 403, "DOS-0027");
        var (receiver, _) = dossiers.Delegate(owner, new TestRight(Acts.ResultRead, Acts.DossierRead));

        (await receiver.GetAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct)).EnsureSuccessStatusCode();

        await WaitForAsync(dossiers.Citizen(owner), id, d => d.GetProperty("status").GetString() == "RETURNED", "the download is recorded");
    }

    [Fact]
    public async Task Another_document_of_the_dossier_is_no_result()
    {
        var client = dossiers.Citizen();
        var (id, _) = await ResolvedAsync(client);
        var view = await ViewAsync(client, id);

        foreach (var document in view.GetProperty("documents").EnumerateArray().Where(d => d.GetProperty("kind").GetString() != "result"))
            (await client.GetAsync($"/api/v1/dossiers/{id}/documents/{document.GetProperty("id").GetGuid()}", Ct)).EnsureSuccessStatusCode();

        var noted = await dossiers.InDbAsync(db => db.Database
            .SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE payload ->> 'dossierId' = {id.ToString()} AND type LIKE '%downloaded%'").SingleAsync(Ct));
        Assert.Equal(0, noted);
        Assert.Equal("RESOLVED", (await ViewAsync(client, id)).GetProperty("status").GetString());
    }

    private async Task<(Guid Id, Guid Document)> ResolvedAsync(HttpClient client)
    {
        var id = await dossiers.ResolvedAsync(client);
        return (id, (await ViewAsync(client, id)).GetProperty("resultDocumentId").GetGuid());
    }
}
