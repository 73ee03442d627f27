using System.Globalization;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.DataRequests;

/// <summary>One's own requests, the copy of one's data, and the end of a restriction.</summary>
internal static class OwnDataRequests
{
    public static async Task<IResult> ListAsync(
        Caller caller, IdentityDbContext db, CancellationToken ct, string? after = null, int? limit = null)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (!size.IsSuccess || !cursor.IsSuccess)
            return (size.IsSuccess ? cursor.Error : size.Error).ToProblem();
        var own = db.DataRequests.AsNoTracking().Where(r => r.AccountId == caller.AccountId);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            own = own.Where(r => r.Id < last);
        }

        var rows = await own.OrderByDescending(r => r.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(DataRequestView.Of), size.Value, r => [r.Id.ToString()]));
    }

    public static async Task<IResult> GetAsync(Guid id, Caller caller, IdentityDbContext db, HttpContext http, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.AccountId == caller.AccountId, ct) is not { } request)
            return IdentityErrors.DataRequestNotFound.ToProblem();
        Etag.Set(http.Response, request.Version);
        return TypedResults.Ok(DataRequestView.Of(request));
    }

    public static async Task<IResult> ExportAsync(Guid id, Caller caller, IdentityDbContext db, FieldVault vault, HttpContext http, CancellationToken ct)
    {
        var copy = await FindAsync(id, caller, db, vault, http, ct);
        return copy.Match(c => TypedResults.File(c.Json, "application/json", $"{id}.json"));
    }

    public static async Task<IResult> PrintAsync(
        Guid id, Caller caller, IdentityDbContext db, FieldVault vault, DataExportBuilder export, HttpContext http, CancellationToken ct)
    {
        var copy = await FindAsync(id, caller, db, vault, http, ct);
        return copy.Match(c => TypedResults.File(Print(c.Json, c.CreatedAt, export.Headings), "application/pdf", $"{id}.pdf"));
    }

    /// <summary>Lets the platform use the data again.</summary>
    public static async Task<IResult> EndRestrictionAsync(Caller caller, IdentityDbContext db, TimeProvider time, CancellationToken ct)
    {
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == caller.AccountId && a.RestrictedAt != null, ct) is not { } account)
            return IdentityErrors.NotRestricted.ToProblem();
        account.Restrict(null);
        db.Enqueue(new ProcessingRestricted(account.Id, Restricted: false, time.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static async Task<Result<(byte[] Json, DateTimeOffset CreatedAt)>> FindAsync(
        Guid id, Caller caller, IdentityDbContext db, FieldVault vault, HttpContext http, CancellationToken ct)
    {
        if (await db.DataExports.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.AccountId == caller.AccountId, ct) is not { } copy)
            return IdentityErrors.ExportGone;
        http.Response.Headers.CacheControl = "no-store";
        return (vault.Open(FieldVault.DataExports, id.ToString(), copy.Sealed), copy.CreatedAt);
    }

    private static byte[] Print(byte[] json, DateTimeOffset at, IReadOnlyDictionary<string, string> headings)
    {
        using var document = JsonDocument.Parse(json);
        return PdfReport.Render(Text.Bilingual("Bản sao dữ liệu cá nhân", "Copy of personal data"), at, report =>
        {
            foreach (var part in document.RootElement.EnumerateObject())
            {
                report.Heading(headings.GetValueOrDefault(part.Name, part.Name switch
                {
                    "about" => Text.Bilingual("Về bản sao này", "About this copy"),
                    "elsewhere" => Text.Bilingual("Dữ liệu ở các dịch vụ khác", "Data kept by other services"),
                    _ => part.Name,
                }));
                Print(report, "", part.Value);
            }
        });
    }

    private static void Print(PdfReport report, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    Print(report, name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value);
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(v => v.ValueKind is JsonValueKind.Object):
                foreach (var (item, number) in value.EnumerateArray().Select((v, i) => (v, i + 1)))
                {
                    report.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{number}."));
                    Print(report, name, item);
                }

                break;
            case JsonValueKind.Array:
                report.Pair(name, string.Join(", ", value.EnumerateArray().Select(v => v.ToString())));
                break;
            case JsonValueKind.Null:
                break;
            default:
                report.Pair(name, value.ToString());
                break;
        }
    }
}
