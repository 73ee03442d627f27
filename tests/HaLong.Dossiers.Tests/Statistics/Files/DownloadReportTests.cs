using System.IO.Compression;
using System.Text;
using HaLong.Dossiers.Statistics.Files;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Sylvan.Data.Csv;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Files;

/// <summary>Reports fetched as files.</summary>
public sealed class DownloadReportTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Reports = "/api/v1/statistics/reports/intake";

    [Fact]
    public async Task A_leader_fetches_the_units_report_in_every_format_and_it_stands_in_the_evidence()
    {
        await SampleFacts.UnitsAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(60, 5, Unit));
        using var leader = dossiers.Official(Roles.Leader);
        var before = await EvidenceAsync();

        using var csv = await leader.GetAsync($"{Reports}.csv?period=2026&lang=vi", Ct);
        Assert.Equal("text/csv; charset=utf-8", csv.Content.Headers.ContentType?.ToString());
        Assert.Equal("bao-cao-intake-all-20260101-20261231.csv", csv.Content.Headers.ContentDisposition?.FileName);
        Assert.True(csv.Headers.CacheControl is { NoStore: true, Private: true });
        var bytes = await csv.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        using var reader = CsvDataReader.Create(new StreamReader(new MemoryStream(bytes)));
        Assert.True(reader.Read());

        using var xlsx = await leader.GetAsync($"{Reports}.xlsx?from=2026-01-01&to=2026-03-31&unit={Unit}&lang=en", Ct);
        Assert.Equal($"report-intake-{Unit}-20260101-20260331.xlsx", xlsx.Content.Headers.ContentDisposition?.FileName);
        using var archive = new ZipArchive(await xlsx.Content.ReadAsStreamAsync(Ct));
        Assert.NotNull(archive.GetEntry("xl/worksheets/sheet1.xml"));

        using var pdf = await leader.GetAsync($"{Reports}.pdf?period=2026-Q1", Ct);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
        Assert.Equal("%PDF", Encoding.ASCII.GetString((await pdf.Content.ReadAsByteArrayAsync(Ct))[..4]));
        Assert.Equal(before + 3, await EvidenceAsync());
    }

    [Fact]
    public async Task The_language_is_that_of_the_request_unless_named()
    {
        using var auditor = dossiers.Official(Roles.Auditor);
        auditor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        using var english = await auditor.GetAsync($"{Reports}.csv?period=2019", Ct);
        using var vietnamese = await auditor.GetAsync($"{Reports}.csv?period=2019&lang=vi", Ct);
        Assert.StartsWith("report-", english.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        Assert.StartsWith("bao-cao-", vietnamese.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("period=2026-13", "period")]
    [InlineData("period=2026&from=2026-01-01", "period")]
    [InlineData("from=2026-03-02&to=2026-03-01", "from")]
    [InlineData("from=2020-01-01&to=2026-01-01", "from")]
    [InlineData("period=2026&lang=fr", "lang")]
    public async Task What_cannot_be_read_is_named(string query, string field)
    {
        using var leader = dossiers.Official(Roles.Leader);
        var problem = await RefusedAsync(await leader.GetAsync($"{Reports}.csv?{query}", Ct), 400, "DOS-0835");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task All_defects_are_told_at_once()
    {
        using var leader = dossiers.Official(Roles.Leader);
        var problem = await RefusedAsync(await leader.GetAsync($"{Reports}.pdf?period=x&lang=y", Ct), 400, "DOS-0835");
        Assert.Equal(["lang", "period"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_fetches_what_is_not_his_to_see()
    {
        await SampleFacts.UnitsAsync(dossiers);
        using var leader = dossiers.Official(Roles.Leader);
        using var officer = dossiers.Official(Roles.Officer);
        using var citizen = dossiers.Citizen();
        using var nobody = dossiers.Factory.Client();
        await RefusedAsync(await leader.GetAsync($"{Reports}.csv?unit={OtherUnit}", Ct), 403, "DOS-0803");
        await RefusedAsync(await officer.GetAsync($"{Reports}.csv", Ct), 403, "CMN-0403");
        Assert.Equal(403, (int)(await citizen.GetAsync($"{Reports}.csv", Ct)).StatusCode);
        Assert.Equal(401, (int)(await nobody.GetAsync($"{Reports}.xlsx", Ct)).StatusCode);
        Assert.Equal(404, (int)(await leader.GetAsync("/api/v1/statistics/reports/nonsense.csv", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_PDF_of_too_many_rows_is_refused_and_the_others_are_not()
    {
        await using var strict = await dossiers.NewFactory().WithSetting("Statistics:Files:MostPdfRows", "1").StartAsync(waitForBus: false);
        await SampleFacts.AddAsync(strict.Services, SampleFacts.Many(40, 9, Unit, OtherUnit));
        using var auditor = strict.Client(dossiers.Identity.Token(null, [Roles.Auditor], Unit));
        await RefusedAsync(await auditor.GetAsync($"{Reports}.pdf?period=2026&by=unit", Ct), 400, "DOS-0836");
        Assert.Equal(200, (int)(await auditor.GetAsync($"{Reports}.xlsx?period=2026&by=unit", Ct)).StatusCode);
    }

    private Task<int> EvidenceAsync() => dossiers.InDbAsync(
        db => db.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM evidence WHERE kind = {DownloadReport.Evidence}""").SingleAsync(Ct));
}
