using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Reuse;

namespace HaLong.Dossiers.Tests.Reuse;

/// <summary>What of the store can be which component, without a database.</summary>
public sealed class ReuseRulesTests
{
    private static readonly DateTimeOffset Issued = new(2026, 5, 20, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly ProcedureComponent Plain = new("Giấy khai sinh", "Birth certificate", true, 0, 1, null, null, false);

    [Fact]
    public void Where_the_catalogue_says_nothing_the_applicant_decides()
    {
        Assert.Null(ReuseRules.Refusal(Stored(), Plain));
        Assert.Null(ReuseRules.Refusal(Stored(DocumentKind.Component), Plain));
    }

    [Fact]
    public void What_the_catalogue_forbids_and_what_is_a_form_is_not_taken_from_the_store()
    {
        Assert.Equal("DOS-0645", ReuseRules.Refusal(Stored(), Plain with { Reuse = new ComponentReuse(false, null, null, false) })?.Code);
        Assert.Equal("DOS-0645", ReuseRules.Refusal(Stored(), Plain with { OwnForm = "birth-declaration" })?.Code);
    }

    [Theory]
    [InlineData("KQ.G15.000031", null)]
    [InlineData("KQ.G15.000099", "DOS-0646")]
    public void Where_the_catalogue_names_results_only_those_will_do(string wanted, string? code) =>
        Assert.Equal(code, ReuseRules.Refusal(Stored(), Plain with { Reuse = new ComponentReuse(true, [wanted], null, false) })?.Code);

    [Theory]
    [InlineData(6, "2026-11-21", "expired", "DOS-0644")]
    [InlineData(7, "2026-12-21", "valid", null)]
    [InlineData(null, null, "valid", null)]
    public void A_result_is_valid_to_its_last_local_day(int? months, string? until, string state, string? code)
    {
        // Issued late in the evening of the 20th in UTC: the 21st in Hạ Long.
        var stored = StoredDocument.Of(Row(DocumentKind.Result), Content(months), Today);
        Assert.Equal((until, state), (stored.ValidUntil?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), stored.State));
        Assert.Equal(code, ReuseRules.Refusal(stored, Plain)?.Code);
    }

    [Fact]
    public void An_end_is_told_only_where_all_results_of_the_procedure_have_the_same()
    {
        var content = Content(6);
        Assert.Null(StoredDocument.Of(Row(DocumentKind.Result), content with { Results = [.. content.Results, new ProcedureResult("KQ.2", "Khác") { ValidityMonths = 12 }] }, Today).ValidUntil);
        Assert.NotNull(StoredDocument.Of(Row(DocumentKind.Result), content with { Results = [.. content.Results, new ProcedureResult("KQ.2", "Khác") { ValidityMonths = 6 }] }, Today).ValidUntil);
        Assert.Null(StoredDocument.Of(Row(DocumentKind.Component), content, Today).ValidUntil);
    }

    [Fact]
    public void A_result_whose_place_another_took_does_not_count_any_more()
    {
        var row = Row(DocumentKind.Result);
        row.Document.Replace(Guid.CreateVersion7(), "Sai tên", Issued);
        var stored = StoredDocument.Of(row, Content(null), Today);
        Assert.Equal("replaced", stored.State);
        Assert.Equal("DOS-0642", ReuseRules.Refusal(stored, Plain)?.Code);
    }

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("refused")]
    public void What_was_withdrawn_or_is_a_refusal_is_good_for_nothing_else(string state) =>
        Assert.Equal("DOS-0643", ReuseRules.Refusal(Stored() with { State = state }, Plain)?.Code);

    [Fact]
    public void The_same_code_or_the_same_name_is_offered_and_nothing_else()
    {
        Assert.True(ReuseRules.Fits(Stored(), Plain with { NameVi = "GIẤY  khai sinh" }));
        Assert.True(ReuseRules.Fits(Stored(), Plain with { NameVi = "x", Code = "KQ.G15.000031" }));
        Assert.True(ReuseRules.Fits(Stored(), Plain with { NameVi = "x", Reuse = new ComponentReuse(true, ["KQ.G15.000031"], null, false) }));
        Assert.False(ReuseRules.Fits(Stored(), Plain with { NameVi = "x" }));
        Assert.False(ReuseRules.Fits(Stored() with { State = "expired", ValidUntil = Today.AddDays(-1) }, Plain));
        Assert.True(ReuseRules.Fits(Stored(DocumentKind.Component), Plain with { NameVi = "Tờ khai" }));
        Assert.True(ReuseRules.Fits(Stored(DocumentKind.Component), Plain with { NameVi = "x", Code = "000.00.00.G03-KQ0249" }));
        var infected = new StoredRow { Dossier = Row(DocumentKind.Component).Dossier, Document = Document(DocumentKind.Component, new PreflightReport([PreflightCheck.Fail(CheckCode.Malware, "found")], Issued, 0, 1)) };
        Assert.False(ReuseRules.Fits(StoredDocument.Of(infected, Content(null), Today), Plain with { NameVi = "Tờ khai" }));
    }

    [Fact]
    public void Only_components_from_the_store_count_as_reused_and_each_once()
    {
        var dossier = Row(DocumentKind.Component).Dossier;
        dossier.CountReused([Origin(1, DocumentOrigin.FromStore), Origin(1, DocumentOrigin.FromStore), Origin(2, DocumentOrigin.Uploaded), Origin(3, DocumentOrigin.FromStore)]);
        Assert.Equal(2, dossier.ReusedComponents);
        dossier.CountReused([]);
        Assert.Equal(0, dossier.ReusedComponents);
    }

    private static DossierDocument Origin(int component, string origin) =>
        new() { Kind = DocumentKind.Component, Component = component, Origin = origin, FileName = "a.pdf", MediaType = "application/pdf", Sha256 = new string('0', 64) };

    private static StoredDocument Stored(string kind = DocumentKind.Result) => StoredDocument.Of(Row(kind), Content(null), Today);

    private static ProcedureContent Content(int? months) => new()
    {
        Code = "1.001193",
        NameVi = "Khai sinh",
        NameEn = "Birth",
        Field = new NamedCode("CIVIL", "Hộ tịch", "Civil status"),
        Level = new Dated("commune", "commune"),
        CompetentAgency = new Dated("x", "x"),
        TimeLimit = new ProcedureTimeLimit(1, TimeLimitUnit.WorkingDay, null, false, null),
        Components = [Plain with { NameVi = "Tờ khai", Code = "000.00.00.G03-KQ0249" }],
        Results = [new ProcedureResult("KQ.G15.000031", "Giấy khai sinh") { ValidityMonths = months }],
    };

    private static StoredRow Row(string kind) => new()
    {
        Document = Document(kind, null),
        Dossier = Dossier.Open(
            Guid.CreateVersion7(), new Procedure { Code = "1.001193", NameVi = "x", NameEn = "x", Field = "CIVIL", Level = "commune", Content = "{}", ContentHash = "" },
            new DossierUnit("06688", "x", "x"), new Applicant(Guid.CreateVersion7(), "Dân", null, Guid.Empty, "online"), "Khai sinh", "{}", [], Issued),
    };

    private static DossierDocument Document(string kind, PreflightReport? report) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        Component = kind == DocumentKind.Component ? 1 : null,
        FileName = "a.pdf",
        MediaType = "application/pdf",
        Sha256 = new string('0', 64),
        CreatedAt = Issued,
        Preflight = report,
    };
}
