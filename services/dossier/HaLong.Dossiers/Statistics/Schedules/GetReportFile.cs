using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Files;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Files that one's own schedules have made.</summary>
internal sealed class GetReportFile(DossierDbContext db, FileStore store, Caller caller, TimeProvider time)
{
    /// <summary>Kind of the evidence.</summary>
    public const string Evidence = "statistics.report-file-fetched";

    public static void Map(IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/api/v1/statistics/report-files").WithTags("Statistics");
        files.MapGet("/", (string? after, int? limit, GetReportFile handler, CancellationToken ct) => handler.ListAsync(after, limit, ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("Files that one's own schedules have made, newest first")
            .Answers<Page<ReportFileView>>(200, 400, 403);
        files.MapGet("/{id:guid}", (Guid id, GetReportFile handler, HttpContext http, CancellationToken ct) => handler.StreamAsync(id, http, ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("A report file; only for the account it was made for, until it expires")
            .Answers(200, 206, 304, 403, 404, 410, 503);
    }

    private IQueryable<ReportFileEntry> Own => db.Set<ReportFileEntry>().AsNoTracking().Where(f => f.AccountId == caller.AccountId);

    private async Task<IResult> ListAsync(string? after, int? limit, CancellationToken ct)
    {
        var (size, last) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess || !last.IsSuccess)
            return (size.IsSuccess ? last.Error : size.Error).ToProblem();
        var files = last.Value is { } id ? Own.Where(f => f.Id < id) : Own;
        var page = (await files.OrderByDescending(f => f.Id).Take(size.Value + 1).ToListAsync(ct)).ConvertAll(ReportFileView.Of);
        return TypedResults.Ok(Page.Of(page, size.Value, f => [f.Id.ToString()]));
    }

    private async Task<IResult> StreamAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await Own.SingleOrDefaultAsync(f => f.Id == id, ct) is not { } file)
            return ReportFileErrors.FileNotFound.ToProblem();
        if (file.ExpiresAt <= time.GetUtcNow())
            return ReportFileErrors.FileExpired.ToProblem();
        var content = await store.OpenAsync(file.Sha256, ct);
        db.Record(Evidence, id.ToString(), new { file.Report, file.From, file.To, file.Format, file.Sha256 });
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            content, ReportFile.MediaTypeOf(file.Format), file.Name, file.MadeAt, new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
