using System.Net.Http.Headers;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Verification;

/// <summary>What anybody learns about a paper by its token.</summary>
public sealed class PaperLookUpTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private HttpClient Anybody => dossiers.Factory.Client();

    [Fact]
    public async Task Who_holds_a_result_learns_what_it_is_and_that_it_counts_and_no_name_of_the_owner()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.ResolvedAsync(client);
        var view = await ViewAsync(client, dossier);
        var (id, pdf) = await PaperDesk.ResultAsync(client, dossier);
        using var answer = await Anybody.GetAsync($"{PaperDesk.Path}/{id:N}", Ct);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var paper = await BodyAsync(answer);
        Assert.Equal(
            ("VALID", "RESULT", view.GetProperty("code").GetString(), Free, Unit, "APPROVED"),
            (Text("status"), Text("kind"), Text("code"), Text("procedureCode"), Text("unitCode"), Text("outcome")));
        Assert.Equal((PaperDesk.Sha256(pdf), pdf.Length, "Test", id.ToString("N")), (Text("sha256"), paper.GetProperty("size").GetInt32(), Text("signedBy"), Text("token")));
        Assert.Equal(("Phường Hạ Long", "Còn giá trị"), (Text("unitNameVi"), Text("statusName")));
        Assert.NotEqual(Text("procedureNameVi"), Text("procedureNameEn"));
        foreach (var name in new[] { "Người Thử", "Cấp giấy lần đầu", "Chấp thuận" })
            Assert.DoesNotContain(name, paper.GetRawText(), StringComparison.Ordinal);

        string? Text(string name) => paper.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_token_is_read_however_people_type_it_and_in_their_language()
    {
        var client = dossiers.Citizen();
        var (id, _) = await PaperDesk.ResultAsync(client, await dossiers.ResolvedAsync(client));
        foreach (var typed in new[] { id.ToString("N"), id.ToString("N").ToUpperInvariant(), id.ToString("D") })
            Assert.Equal("VALID", (await GetAsync(Anybody, $"{PaperDesk.Path}/{typed}")).GetProperty("status").GetString());
        var english = Anybody;
        english.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        Assert.Equal("Valid", (await GetAsync(english, $"{PaperDesk.Path}/{id:N}")).GetProperty("statusName").GetString());
    }

    [Fact]
    public async Task What_is_no_paper_of_ours_does_not_exist()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.ResolvedAsync(client);
        await PaperDesk.NotFoundAsync(Anybody, Guid.CreateVersion7().ToString("N"));
        foreach (var token in new[] { "x", new string('0', 31), new string('z', 32), new string('0', 400) })
            await PaperDesk.NotFoundAsync(Anybody, token);
        // Neither what people uploaded nor the result before its signature, and the dossier itself is no paper.
        var hidden = await dossiers.InDbAsync(db => db.Documents.Where(d => d.DossierId == dossier && (d.Kind == DocumentKind.Component || d.Kind == DocumentKind.UnsignedResult))
            .Select(d => d.Id).ToListAsync(Ct));
        Assert.Equal(3, hidden.Count);
        foreach (var id in hidden.Append(dossier))
            await PaperDesk.NotFoundAsync(Anybody, id.ToString("N"));
    }

    [Fact]
    public async Task A_result_that_waits_for_its_signature_is_not_issued_yet()
    {
        var client = dossiers.Citizen();
        dossiers.Neighbours.SignatureDown = true;
        Guid promised;
        try
        {
            var dossier = await dossiers.ApprovedAsync(client);
            promised = await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == dossier).Select(d => d.ResultDocumentId!.Value).SingleAsync(Ct));
            await PaperDesk.NotFoundAsync(Anybody, promised.ToString("N"));
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        await TestSupport.Eventually.Async(async () => (await Anybody.GetAsync($"{PaperDesk.Path}/{promised:N}", Ct)).IsSuccessStatusCode, "the result is signed");
    }

    [Fact]
    public async Task A_corrected_result_says_that_it_was_replaced_and_by_which()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.ResolvedAsync(client);
        var (old, _) = await PaperDesk.ResultAsync(client, dossier);
        await WaitForAsync(client, dossier, d => d.GetProperty("status").GetString() == "RETURNED", "the download is receipt");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), dossier, "result", new { decision = "Tên đúng.", reason = "Sai tên đệm" }));
        var view = await WaitForAsync(client, dossier, d => d.GetProperty("resultDocumentId").GetGuid() != old, "the corrected result is signed");
        var result = view.GetProperty("resultDocumentId").GetGuid();

        var replaced = await GetAsync(Anybody, $"{PaperDesk.Path}/{old:N}");
        Assert.Equal(("REPLACED", result.ToString("N")), (replaced.GetProperty("status").GetString(), replaced.GetProperty("replacedBy").GetString()));
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, replaced.GetProperty("replacedAt").ValueKind);
        Assert.DoesNotContain("tên đệm", replaced.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("VALID", (await GetAsync(Anybody, $"{PaperDesk.Path}/{result:N}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_refusal_says_that_it_is_one_so_that_its_code_cannot_adorn_an_approval()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.ProcessingAsync(client);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), dossier, "refusal", new { legalBasis = "Điều 1", reason = "Không đủ điều kiện" }));
        await WaitForAsync(client, dossier, d => d.GetProperty("status").GetString() == "RESOLVED", "the refusal is signed");
        var (id, pdf) = await PaperDesk.ResultAsync(client, dossier);
        var paper = await GetAsync(Anybody, $"{PaperDesk.Path}/{id:N}");
        Assert.Equal(("VALID", "RESULT", "REFUSED"), (paper.GetProperty("status").GetString(), paper.GetProperty("kind").GetString(), paper.GetProperty("outcome").GetString()));
        Assert.DoesNotContain("điều kiện", paper.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(PaperDesk.Sha256(pdf), paper.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_receipt_counts_until_the_dossier_is_taken_back()
    {
        var client = dossiers.Citizen();
        var dossier = await dossiers.AcceptedAsync(client, Free);
        var id = await dossiers.InDbAsync(db => db.Documents.Where(d => d.DossierId == dossier && d.Kind == DocumentKind.Receipt).Select(d => d.Id).SingleAsync(Ct));
        var paper = await GetAsync(Anybody, $"{PaperDesk.Path}/{id:N}");
        Assert.Equal(("VALID", "RECEIPT"), (paper.GetProperty("status").GetString(), paper.GetProperty("kind").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, paper.GetProperty("outcome").ValueKind);
        await BodyAsync(await PostAsync(client, dossier, "withdrawal", new { reason = "Không cần nữa" }));
        paper = await GetAsync(Anybody, $"{PaperDesk.Path}/{id:N}");
        Assert.Equal("WITHDRAWN", paper.GetProperty("status").GetString());
        Assert.DoesNotContain("Không cần", paper.GetRawText(), StringComparison.Ordinal);
    }
}
