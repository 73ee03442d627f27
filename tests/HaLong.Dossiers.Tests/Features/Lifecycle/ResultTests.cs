using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class ResultTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_result_goes_by_post_with_a_number_and_over_the_counter_to_a_person()
    {
        await using var returned = await dossiers.ListenAsync<DossierReturned>();
        var client = dossiers.Citizen();
        var reception = dossiers.Official(Roles.Reception);
        var (posted, taken) = (await dossiers.ResolvedAsync(client), await dossiers.ResolvedAsync(client));
        await RefusedAsync(await PostAsync(reception, posted, "return", new { method = "POST" }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(reception, posted, "return", new { method = "ONLINE" }), 400, "DOS-0006");
        var view = await BodyAsync(await PostAsync(reception, posted, "return", new { method = "POST", carrier = "VNPost", trackingNumber = "EB123456789VN" }));
        Assert.Equal(("POST", "EB123456789VN"), Hand(view, "trackingNumber"));
        view = await BodyAsync(await PostAsync(reception, taken, "return", new { receivedBy = "Trần Thị Vợ", idCheck = "CCCD, giấy ủy quyền" }));
        Assert.Equal(("COUNTER", "Trần Thị Vợ"), Hand(view, "receivedBy"));
        await Eventually.Async(() => Task.FromResult(returned.Heard.Any(e => e.DossierId == taken)), "DossierReturned is heard");
        Assert.Equal(("POST", "COUNTER"), (returned.Heard.Single(e => e.DossierId == posted).Method, returned.Heard.Single(e => e.DossierId == taken).Method));
    }

    [Fact]
    public async Task The_owners_download_is_receipt_and_nobody_elses()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        var document = (await ViewAsync(client, id)).GetProperty("resultDocumentId").GetGuid();
        var path = $"/api/v1/dossiers/{id}/documents/{document}";
        (await dossiers.Official(Roles.Officer).GetAsync(path, Ct)).EnsureSuccessStatusCode();
        using var part = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Range", "bytes=0-9" } } };
        Assert.Equal(HttpStatusCode.PartialContent, (await client.SendAsync(part, Ct)).StatusCode);
        Assert.Equal("RESOLVED", (await ViewAsync(client, id)).GetProperty("status").GetString());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.GetAsync(path, Ct)));
        var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RETURNED", "the download is receipt");
        Assert.Equal("ONLINE", view.GetProperty("lifecycle").GetProperty("handOver").GetProperty("method").GetString());
        Assert.Single((await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray(), s => s.GetProperty("action").GetString() == "receive");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "return"), 409, "DOS-0008");
    }

    [Fact]
    public async Task Originals_are_given_back_before_the_dossier_ends()
    {
        var client = dossiers.Citizen();
        var reception = dossiers.Official(Roles.Reception);
        var id = await SubmittedAsync(client, Free);
        await RefusedAsync(await PostAsync(reception, id, "acceptance", new { originals = -1 }), 400, "DOS-0006");
        var view = await BodyAsync(await PostAsync(reception, id, "acceptance", new { originals = 2 }));
        Assert.Equal(2, view.GetProperty("lifecycle").GetProperty("originalsHeld").GetInt32());
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment"));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
        view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        await RefusedAsync(await PostAsync(reception, id, "return"), 409, "DOS-0043");
        // The download is not receipt as long as the originals are here.
        (await client.GetAsync($"/api/v1/dossiers/{id}/documents/{view.GetProperty("resultDocumentId").GetGuid()}", Ct)).EnsureSuccessStatusCode();
        await BodyAsync(await PostAsync(reception, id, "originals-return"));
        await RefusedAsync(await PostAsync(reception, id, "originals-return"), 409, "DOS-0044");
        Assert.Equal("RESOLVED", (await ViewAsync(client, id)).GetProperty("status").GetString());
        await BodyAsync(await PostAsync(reception, id, "return", new { originalsReturned = true }));
    }

    [Fact]
    public async Task A_wrong_result_is_replaced_by_a_signed_one_and_nothing_else_opens()
    {
        await using var told = await dossiers.ListenAsync<DossierResultCorrected>();
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        var approver = dossiers.Official(Roles.Approver);
        var correction = new { decision = "Chấp thuận; tên đúng là Nguyễn Văn Dần.", reason = "Sai tên đệm" };
        await BodyAsync(await PostAsync(approver, id, "approval", new { decision = "Chấp thuận." }));
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        await RefusedAsync(await PostAsync(approver, id, "result", correction), 409, "DOS-0008");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "return"));
        var old = (await ViewAsync(client, id)).GetProperty("resultDocumentId").GetGuid();

        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver, id: officer), id, "result", correction), 403, "DOS-0018");
        await RefusedAsync(await PostAsync(approver, id, "result", new { correction.decision }), 400, "DOS-0006");
        dossiers.Neighbours.SignatureDown = true;
        try
        {
            var waiting = await BodyAsync(await PostAsync(approver, id, "result", correction));
            Assert.Equal(("RETURNED", "CORRECTION"), (waiting.GetProperty("status").GetString(), waiting.GetProperty("waitingFor").GetProperty("reason").GetString()));
            await RefusedAsync(await PostAsync(approver, id, "result", correction), 409, "DOS-0045");
            Assert.Equal(old, waiting.GetProperty("resultDocumentId").GetGuid());
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        var view = await WaitForAsync(client, id, d => d.GetProperty("resultDocumentId").GetGuid() != old, "the corrected result is signed");
        var result = view.GetProperty("resultDocumentId").GetGuid();
        Assert.Equal(("RETURNED", 1, result), (view.GetProperty("status").GetString(), view.GetProperty("lifecycle").GetProperty("corrections").GetInt32(),
            view.GetProperty("documents").EnumerateArray().Single(d => d.GetProperty("id").GetGuid() == old).GetProperty("replacedBy").GetGuid()));
        var text = await PdfTools.RunAsync("pdftotext", await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/documents/{result}", Ct), "-enc", "UTF-8");
        Assert.Contains("Nguyễn Văn Dần", text, StringComparison.Ordinal);
        await RefusedAsync(await PostAsync(approver, id, "stop", new { legalBasis = "x", reason = "x" }), 409, "DOS-0008");
        await Eventually.Async(() => Task.FromResult(told.Heard.Any(e => e.DossierId == id && e.ReplacedDocumentId == old && e.ResultDocumentId == result)), "DossierResultCorrected is heard");
        Assert.Equal(2, await dossiers.InDbAsync(db => db.Documents.CountAsync(d => d.DossierId == id && d.Kind == DocumentKind.Result, Ct)));
    }

    private static (string?, string?) Hand(JsonElement view, string what) =>
        (view.GetProperty("lifecycle").GetProperty("handOver").GetProperty("method").GetString(), view.GetProperty("lifecycle").GetProperty("handOver").GetProperty(what).GetString());
}
