using System.Globalization;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>What happened to a dossier is what its papers say.</summary>
public sealed class PaperContentTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_supplement_slip_lists_what_is_missing_and_until_when()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        var items = new object[] { new { component = 1, reason = "Thiếu chữ ký của chủ sử dụng" }, new { field = "/thua", name = "Số thửa", reason = "Không khớp bản đồ địa chính" } };
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items, legalBasis = "Điều 17 Nghị định 61/2018/NĐ-CP" }));

        var read = await ReadAsync(client, id, PaperForm.Supplement);
        foreach (var text in new[] { "Thiếu chữ ký của chủ sử dụng", "Số thửa", "Không khớp bản đồ địa chính", "Căn cứ pháp lý: Điều 17 Nghị định 61/2018/NĐ-CP", "\"02\"" })
            Assert.Contains(text, read, StringComparison.Ordinal);
        var deadline = (await PaperFlow.FormAsync(client, id, PaperForm.Supplement)).GetProperty("data").GetProperty("deadline").GetDateTimeOffset();
        Assert.Contains($"Đề nghị bổ sung trước: {Moment(deadline)}", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apology_says_the_old_and_the_new_date_and_why()
    {
        var (client, leader) = (dossiers.Citizen(), Guid.CreateVersion7());
        var id = await dossiers.ProcessingAsync(client);
        var due = (await ViewAsync(client, id)).GetProperty("dueAt").GetDateTimeOffset();
        var later = Play.Calendar.RollForward(LocalTime.Date(due).AddDays(7));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Leader, id: leader), id, "extension", new { dueDate = later, reason = "Cần xác minh thêm tại thực địa" }));

        var read = await ReadAsync(client, id, PaperForm.Apology);
        Assert.Contains($"Thời gian trả kết quả giải quyết hồ sơ: {Moment(due)}", read, StringComparison.Ordinal);
        Assert.Contains("Cần xác minh thêm tại thực địa", read, StringComparison.Ordinal);
        Assert.Contains($"ngày {later.ToString("dd 'tháng' MM 'năm' yyyy", CultureInfo.InvariantCulture)}", read, StringComparison.Ordinal);
        var paper = await PaperFlow.PaperAsync(client, id, PaperForm.Apology);
        Assert.Equal(leader.ToString(), dossiers.Neighbours.SignRequests.Last(r => r.DocumentId == paper.GetProperty("documentId").GetString()).SignerId);
    }

    [Fact]
    public async Task A_notice_of_stopping_says_why_and_from_when()
    {
        var client = dossiers.Citizen();
        var id = await PaperFlow.StoppedAsync(dossiers, client);
        var read = await ReadAsync(client, id, PaperForm.Stop);
        var issued = (await PaperFlow.FormAsync(client, id, PaperForm.Stop)).GetProperty("issuedAt").GetDateTimeOffset();
        Assert.Contains("Lý do dừng giải quyết: Thửa đất đang có tranh chấp", read, StringComparison.Ordinal);
        Assert.Contains($"Dừng giải quyết từ: {Moment(issued)}", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_after_appraisal_is_a_paper_beside_the_result()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ProcessingAsync(client);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "refusal", PaperFlow.Grounds));
        var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the refusal is signed");
        Assert.Contains("Lý do từ chối: Thửa đất đang có tranh chấp", await ReadAsync(client, id, PaperForm.Refusal), StringComparison.Ordinal);
        var paper = await PaperFlow.PaperAsync(client, id, PaperForm.Refusal);
        Assert.NotEqual(view.GetProperty("resultDocumentId").GetString(), paper.GetProperty("documentId").GetString());
    }

    [Fact]
    public async Task A_form_keeps_the_seal_of_the_unit_that_issued_it()
    {
        var client = dossiers.Citizen();
        dossiers.Neighbours.SignatureDown = true;
        Guid id;
        try
        {
            id = await PaperFlow.RefusedAtReceptionAsync(dossiers, client);
            // Meanwhile the dossier went to another unit.
            await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.UnitCode, OtherUnit), Ct));
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        var paper = await PaperFlow.SignedAsync(client, id, PaperForm.Refusal);
        Assert.All(dossiers.Neighbours.SignRequests.Where(r => r.DocumentId == paper.GetProperty("documentId").GetString()), r => Assert.Equal(Unit, r.UnitCode));
    }

    [Fact]
    public async Task Contact_data_of_the_form_are_on_the_paper_and_nowhere_in_its_address_or_name()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(
            s => s.SetProperty(d => d.Data, """{"diaChi":"Tổ 9, phố Kim Hoàn","dienThoai":"0900000123","email":"a@example.test"}"""), Ct));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "refusal", PaperFlow.Grounds));
        var read = await ReadAsync(client, id, PaperForm.Refusal);
        foreach (var text in new[] { "Địa chỉ: Tổ 9, phố Kim Hoàn", "Số điện thoại: 0900000123", "Thư điện tử: a@example.test" })
            Assert.Contains(text, read, StringComparison.Ordinal);
        using var answer = await PaperFlow.OpenAsync(client, await PaperFlow.PaperAsync(client, id, PaperForm.Refusal));
        var code = (await ViewAsync(client, id)).GetProperty("code").GetString();
        Assert.Equal($"{code}-phieu-tu-choi.pdf", answer.Content.Headers.ContentDisposition?.FileNameStar ?? answer.Content.Headers.ContentDisposition?.FileName);
        Assert.DoesNotContain("0900000123", string.Concat(dossiers.Neighbours.SignRequests.Select(r => r.Reason + r.Location)), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(HttpClient client, Guid id, string kind) =>
        await PdfTools.ReadAloudAsync(await PaperFlow.BytesAsync(client, await PaperFlow.SignedAsync(client, id, kind)));

    private static string Moment(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, LocalTime.Zone).ToString("HH 'giờ' mm 'phút, ngày' dd 'tháng' MM 'năm' yyyy", CultureInfo.InvariantCulture);
}
