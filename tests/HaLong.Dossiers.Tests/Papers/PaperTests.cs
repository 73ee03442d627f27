using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>Forms on paper from outside: who gets which, sealed by whom, and until when there is none.</summary>
public sealed class PaperTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_form_is_sealed_with_the_seal_of_its_unit_for_who_issued_it_and_given_out_like_a_document()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var id = await PaperFlow.RefusedAtReceptionAsync(dossiers, client, officer);
        var paper = await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
        var document = paper.GetProperty("documentId").GetGuid();
        Assert.Equal($"/api/v1/dossiers/{id}/forms/1", paper.GetProperty("href").GetString());

        var bytes = await PaperFlow.BytesAsync(client, paper);
        Assert.Equal(dossiers.Neighbours.Answers[document.ToString()][0], bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), paper.GetProperty("sha256").GetString());
        var read = await PdfTools.ReadAloudAsync(bytes);
        Assert.Contains("Lý do từ chối: Thửa đất đang có tranh chấp", read, StringComparison.Ordinal);
        Assert.Contains("Mẫu số 03", read, StringComparison.Ordinal);

        var request = dossiers.Neighbours.SignRequests.Single(r => r.DocumentId == document.ToString());
        Assert.Equal((Unit, officer.ToString()), (request.UnitCode, request.SignerId));
        Assert.Contains("Phiếu từ chối", request.Reason, StringComparison.Ordinal);

        // By its id as well, but not in the list of documents: forms have their own.
        Assert.Equal(bytes, await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct));
        Assert.DoesNotContain((await ViewAsync(client, id)).GetProperty("documents").EnumerateArray(), d => d.GetProperty("id").GetGuid() == document);
        var unsigned = await dossiers.InDbAsync(db => db.Documents.SingleAsync(d => d.DossierId == id && d.Kind == DocumentKind.UnsignedForm, Ct));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/documents/{unsigned.Id}", Ct), 404, "DOS-0011");
        await RefusedAsync(await PostAsync(client, id, $"documents/{unsigned.Id}/links"), 404, "DOS-0011");
    }

    [Fact]
    public async Task A_form_comes_in_ranges_and_not_again_when_it_is_known()
    {
        var client = dossiers.Citizen();
        var paper = await PaperFlow.SignedAsync(client, await PaperFlow.RefusedAtReceptionAsync(dossiers, client), PaperForm.Refusal);
        using var whole = await PaperFlow.OpenAsync(client, paper);
        Assert.Equal($"\"{paper.GetProperty("sha256").GetString()}\"", whole.Headers.ETag?.Tag);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("phieu-tu-choi.pdf", whole.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);

        using var part = await SendAsync(client, paper, r => r.Headers.Range = new RangeHeaderValue(0, 4));
        Assert.Equal((HttpStatusCode.PartialContent, "%PDF-"), (part.StatusCode, await part.Content.ReadAsStringAsync(Ct)));
        using var known = await SendAsync(client, paper, r => r.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var beyond = await SendAsync(client, paper, r => r.Headers.Range = new RangeHeaderValue(9_000_000, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task The_receipt_is_there_at_once_and_its_seal_is_appended_to_the_same_bytes()
    {
        var client = dossiers.Citizen();
        dossiers.Neighbours.SignatureDown = true;
        Guid id;
        byte[] first;
        try
        {
            id = await dossiers.AcceptedAsync(client, Free);
            first = await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/receipt", Ct);
            var pending = await PaperFlow.PaperAsync(client, id, PaperForm.Receipt);
            Assert.Equal(("PENDING", JsonValueKind.Null, JsonValueKind.Null), (pending.GetProperty("status").GetString(), pending.GetProperty("documentId").ValueKind, pending.GetProperty("sha256").ValueKind));
            using var early = await PaperFlow.OpenAsync(client, pending);
            await RefusedAsync(early, 409, "DOS-0602");
            Assert.Equal(TimeSpan.FromSeconds(5), early.Headers.RetryAfter?.Delta);
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        var paper = await PaperFlow.SignedAsync(client, id, PaperForm.Receipt);
        var signed = await PaperFlow.BytesAsync(client, paper);
        Assert.Equal(first, signed[..first.Length]);
        Assert.True(signed.Length > first.Length);
        Assert.Equal(signed, await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/receipt", Ct));
        Assert.Equal(0, await PaperFlow.CountAsync(dossiers, id, DocumentKind.UnsignedForm));
        Assert.Contains("17 ngày", await PdfTools.ReadAloudAsync(await dossiers.Official(Roles.Officer).GetByteArrayAsync($"/api/v1/dossiers/{await dossiers.AcceptedAsync(client)}/receipt", Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_control_slip_is_a_draft_for_officials_until_the_dossier_is_over()
    {
        var (client, officer) = (dossiers.Citizen(), dossiers.Official(Roles.Officer));
        var id = await dossiers.ProcessingAsync(client);
        var draft = await PaperFlow.PaperAsync(officer, id, PaperForm.Control);
        Assert.Equal(("DRAFT", JsonValueKind.Null), (draft.GetProperty("status").GetString(), draft.GetProperty("documentId").ValueKind));
        using var answer = await PaperFlow.OpenAsync(officer, draft);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var read = await PdfTools.ReadAloudAsync(await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Contains("BẢN NHÁP - chưa ký số", read, StringComparison.Ordinal);
        Assert.Contains("Mẫu số 06 - Thông tư số 03/2025/TT-VPCP", read, StringComparison.Ordinal);
        await RefusedAsync(await PaperFlow.OpenAsync(client, draft), 404, "DOS-0601");
        Assert.Equal(0, await PaperFlow.CountAsync(dossiers, id, DocumentKind.ControlSlip));
    }

    [Fact]
    public async Task At_the_end_one_control_slip_with_all_hand_overs_is_sealed()
    {
        var (client, officer, caseOfficer) = (dossiers.Citizen(), dossiers.Official(Roles.Officer), Guid.CreateVersion7());
        var id = await dossiers.AcceptedAsync(client, Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "forwarding", new { note = "Hồ sơ giấy gửi sau" }));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: caseOfficer), id, "assignment"));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, id: caseOfficer), id, "opinions", new { unitCode = OtherUnit, question = "Có tranh chấp không?" }));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "stop", PaperFlow.Grounds));
        await PaperFlow.SignedAsync(officer, id, PaperForm.Control);

        var slips = (await GetAsync(officer, $"/api/v1/dossiers/{id}/forms")).EnumerateArray().Where(f => f.GetProperty("kind").GetString() == "CONTROL").ToList();
        Assert.Equal(3, slips.Count);
        Assert.Single(slips.Select(s => s.GetProperty("paper").GetProperty("documentId").GetGuid()).Distinct());
        var papers = new List<byte[]>();
        foreach (var slip in slips)
            papers.Add(await PaperFlow.BytesAsync(officer, slip.GetProperty("paper")));
        Assert.All(papers, p => Assert.Equal(papers[0], p));
        var read = await PdfTools.ReadAloudAsync(papers[0]);
        foreach (var text in new[] { "Hồ sơ giấy gửi sau", "Có tranh chấp không?", "Cán bộ thụ lý", "\"03\"", "Thành phần hồ sơ:", "theo quy định" })
            Assert.Contains(text, read, StringComparison.Ordinal);
        Assert.DoesNotContain("BẢN NHÁP", read, StringComparison.Ordinal);

        // It stays the agencies' own: not by serial, not by id, not by a link.
        var document = slips[0].GetProperty("paper").GetProperty("documentId").GetGuid();
        await RefusedAsync(await PaperFlow.OpenAsync(client, slips[0].GetProperty("paper")), 404, "DOS-0601");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/documents/{document}", Ct), 404, "DOS-0011");
        await RefusedAsync(await PostAsync(client, id, $"documents/{document}/links"), 404, "DOS-0011");
        Assert.DoesNotContain((await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).EnumerateArray(), f => f.GetProperty("kind").GetString() == "CONTROL");
    }

    [Fact]
    public async Task A_result_handed_over_by_download_closes_the_slip_in_the_name_of_who_approved_it()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        var view = await ViewAsync(client, id);
        await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/documents/{view.GetProperty("resultDocumentId").GetGuid()}", Ct);
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RETURNED", "the download is receipt");
        var paper = await PaperFlow.SignedAsync(dossiers.Official(Roles.Officer), id, PaperForm.Control);
        var request = dossiers.Neighbours.SignRequests.Single(r => r.DocumentId == paper.GetProperty("documentId").GetString());
        Assert.Equal(view.GetProperty("approval").GetProperty("approverId").GetString(), request.SignerId);
    }

    [Fact]
    public async Task Nobody_else_sees_the_forms_of_a_dossier()
    {
        var client = dossiers.Citizen();
        var id = await PaperFlow.RefusedAtReceptionAsync(dossiers, client);
        var paper = await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
        await RefusedAsync(await PaperFlow.OpenAsync(dossiers.Citizen(), paper), 404, "DOS-0001");
        await RefusedAsync(await PaperFlow.OpenAsync(dossiers.Official(Roles.Officer, OtherUnit), paper), 404, "DOS-0001");
        await RefusedAsync(await PaperFlow.OpenAsync(dossiers.Factory.Client(), paper), 401, "CMN-0401");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}/forms/99", Ct), 404, "DOS-0601");
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{Guid.CreateVersion7()}/forms/1", Ct), 404, "DOS-0001");
        await PaperFlow.BytesAsync(dossiers.Official(Roles.Officer), paper);
    }

    [Fact]
    public async Task An_official_who_opens_a_form_or_a_draft_is_reported()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var (owner, official) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var client = dossiers.Citizen(owner);
        var id = await dossiers.ProcessingAsync(client);
        var officer = dossiers.Official(Roles.Officer, id: official);
        var paper = await PaperFlow.SignedAsync(client, id, PaperForm.Receipt);
        await PaperFlow.BytesAsync(officer, paper);
        await PaperFlow.BytesAsync(officer, await PaperFlow.PaperAsync(officer, id, PaperForm.Control));
        await Eventually.Async(() => Task.FromResult(reads.Heard.Count(r => r.ActorId == official && r.What == "form") == 2), "both reads are reported");
        Assert.All(reads.Heard.Where(r => r.What == "form"), r => Assert.Equal([owner], r.SubjectIds));
        Assert.Contains(reads.Heard, r => r.What == "form" && r.ObjectId == paper.GetProperty("documentId").GetGuid());
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, JsonElement paper, Action<HttpRequestMessage> shape)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, paper.GetProperty("href").GetString());
        shape(request);
        return client.SendAsync(request, Ct);
    }
}
