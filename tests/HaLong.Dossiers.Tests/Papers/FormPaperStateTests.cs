using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.Dossiers.Verification;
using HaLong.Papers;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>A paper on its way, and tables on paper.</summary>
public sealed class FormPaperStateTests
{
    private static readonly DateTimeOffset Now = FormSamples.At;

    [Fact]
    public void A_paper_is_pending_until_it_is_sealed_and_remembers_its_failures()
    {
        var paper = FormPaper.Of(FormSamples.Sheet(PaperForm.Stop).Form, Now);
        Assert.Equal((FormPaper.Pending, PaperForm.Stop, Now, 0), (paper.Status, paper.Kind, paper.TriedAt, paper.Failures));
        paper.Failed(Now.AddMinutes(1));
        paper.Written(Now.AddMinutes(2));
        Assert.Equal((FormPaper.Pending, Now.AddMinutes(2), 1), (paper.Status, paper.TriedAt, paper.Failures));
        paper.TakenUp(Now.AddMinutes(20));
        Assert.Equal((Now.AddMinutes(20), Now.AddMinutes(2)), (paper.TriedAt, paper.WrittenAt));
        paper.Sealed(Now.AddMinutes(21));
        Assert.Equal((FormPaper.Signed, Now.AddMinutes(21)), (paper.Status, paper.SignedAt));
    }

    [Fact]
    public void Views_say_where_a_paper_is_or_will_be()
    {
        var (stop, slip) = (FormSamples.Sheet(PaperForm.Stop).Form, FormSamples.Sheet(PaperForm.Control).Form);
        var href = $"/api/v1/dossiers/{stop.DossierId}/forms/3";
        Assert.Equal(new FormPaperView("PENDING", null, href, null), FormPaperView.Of(stop, null, null));
        Assert.Equal(new FormPaperView("DRAFT", null, href, null), FormPaperView.Of(slip, null, null));
        var paper = FormPaper.Of(stop, Now);
        Assert.Equal(new FormPaperView("PENDING", null, href, null), FormPaperView.Of(stop, paper, null));
        paper.Sealed(Now);
        Assert.Equal(new FormPaperView("SIGNED", paper.Id, href, "ab"), FormPaperView.Of(stop, paper, "ab"));
    }

    [Fact]
    public void Data_of_a_form_survive_their_way_through_the_database()
    {
        var sheet = FormSamples.Sheet(PaperForm.Receipt);
        var form = new IssuedForm { Kind = PaperForm.Receipt, Regime = Regime.Oss2025, Data = sheet.Data.ToJson(), CreatedByName = "x" };
        var back = FormData.Of(form);
        Assert.Equal(sheet.Data.Components, back.Components);
        Assert.Equal(sheet.Data.Items, back.Items);
        Assert.Equal(sheet.Data.ToJson(), back.ToJson());
        Assert.Empty(FormContent.Of(form).HandOvers);
        Assert.Same(back.GetType(), FormContent.Of(form).Stated.GetType());
    }

    [Fact]
    public void What_a_slip_states_holds_its_rows()
    {
        var slip = FormSamples.Sheet(PaperForm.Control).Content;
        Assert.NotEqual(PaperStatements.HashOf(slip.Stated), PaperStatements.HashOf((slip with { HandOvers = [.. slip.HandOvers.Skip(1)] }).Stated));
        Assert.NotEqual(PaperStatements.HashOf(slip.Stated), PaperStatements.HashOf(slip.Data));
        Assert.Equal(PaperStatements.HashOf(slip.Stated), PaperStatements.HashOf((slip with { HandOvers = [.. slip.HandOvers] }).Stated));
    }

    [Fact]
    public void Every_form_but_the_slip_gets_a_paper_in_the_transition_that_issues_it()
    {
        var play = new Play();
        foreach (var (move, role) in new[] { (Moves.Submit, Roles.Citizen), (Moves.Accept, Roles.Reception), (Moves.Forward, Roles.Reception), (Moves.Assign, Roles.Officer), (Moves.Stop, Roles.Approver) })
        {
            Assert.True(play.Do(move, Play.As(role)).IsSuccess, move);
            Assert.Null(play.Dossier.LastIssue);
        }
        var forms = play.Records.OfType<IssuedForm>().ToList();
        Assert.Equal([PaperForm.Receipt, PaperForm.Control, PaperForm.Control, PaperForm.Stop], forms.Select(f => f.Kind));
        Assert.Equal(forms.Where(f => f.Kind != PaperForm.Control).Select(f => (f.Id, f.Kind)), play.Records.OfType<FormPaper>().Select(p => (p.FormId, p.Kind)));
        Assert.All(play.Records.OfType<FormPaper>(), p => Assert.Equal(play.Dossier.Id, p.DossierId));
        Assert.Equal("Tổ 3, phường Hạ Long", FormData.Of(forms[^1]).Address);
    }

    [Theory]
    [InlineData(PaperForm.Receipt, "giay-tiep-nhan")]
    [InlineData(PaperForm.Supplement, "phieu-yeu-cau-bo-sung")]
    [InlineData(PaperForm.Refusal, "phieu-tu-choi")]
    [InlineData(PaperForm.Apology, "phieu-xin-loi-hen-lai")]
    [InlineData(PaperForm.Stop, "thong-bao-dung-giai-quyet")]
    [InlineData(PaperForm.Control, "phieu-kiem-soat")]
    public void Files_are_called_by_their_form(string kind, string name) => Assert.Equal(name, FormLook.FileName(kind));

    [Theory]
    [InlineData(PaperForm.Receipt, FormSamples.Code)]
    [InlineData(PaperForm.Stop, FormSamples.Code + "/03")]
    public void The_receipt_has_the_number_of_the_dossier_others_their_place_in_it(string kind, string number) => Assert.Equal(number, FormSamples.Sheet(kind).Number);

    [Fact]
    public async Task Rows_stay_together_unless_they_are_longer_than_a_page()
    {
        var tall = string.Join('\n', Enumerable.Range(1, 30).Select(i => $"dòng {i}."));
        var endless = string.Join('\n', Enumerable.Range(1, 120).Select(i => $"hàng {i}."));
        var pdf = PdfSheet.Render(Paper.A5, "t", "a", Now, sheet => sheet.Table([new Column("Cột", 0.7f), new Column("Số", 0.3f, Align.Right)], [[tall, "1"], [tall, "2"], [endless, "3"], ["cuối", "4"]], 8));
        await PdfTools.IsSoundAsync(pdf, "A5");
        var pages = (await PdfTools.TextOfAsync(pdf)).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(pages, p => Assert.Contains("Cột", p, StringComparison.Ordinal));
        Assert.Equal(2, pages.Count(p => p.Contains("dòng 1.", StringComparison.Ordinal) && p.Contains("dòng 30.", StringComparison.Ordinal)));
        Assert.True(pages.Count(p => p.Contains("hàng", StringComparison.Ordinal)) >= 3);
        Assert.All(Enumerable.Range(1, 120), i => Assert.Single(pages, p => p.Contains($"hàng {i}.", StringComparison.Ordinal)));
        Assert.Contains("cuối", pages[^1], StringComparison.Ordinal);
    }
}
