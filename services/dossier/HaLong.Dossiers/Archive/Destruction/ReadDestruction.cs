using System.Text;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>A list, its dossiers, and its minutes.</summary>
internal sealed class ReadDestruction(DossierDbContext db, ArchiveKeepers keepers)
{
    private const string Jose = "application/jose";

    /// <param name="State">pending, destroyed, held or released.</param>
    internal sealed record Item(
        int Number, Guid DossierId, string Code, string ProcedureCode, string Status, DateTimeOffset ClosedAt, DateOnly KeepUntil, string Rule, string State, DateTimeOffset? DoneAt,
        IReadOnlyList<DestroyedFile> Files);

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/{id:guid}", (Guid id, ReadDestruction handler, HttpContext http, CancellationToken ct) => handler.OneAsync(id, http, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("A destruction list")
            .Answers<DestructionView>(200, 403, 404, 503);
        group.MapGet("/{id:guid}/items", (Guid id, string? after, int? limit, ReadDestruction handler, CancellationToken ct) => handler.ItemsAsync(id, after, limit, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("The dossiers of a destruction list, and what became of them")
            .Answers<Page<Item>>(200, 400, 403, 404, 503);
        group.MapGet("/{id:guid}/minutes", (Guid id, ReadDestruction handler, HttpContext http, CancellationToken ct) => handler.MinutesAsync(id, http, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("Destruction minutes: PDF; the signed JWS for Accept: application/jose; what it states for Accept: application/json")
            .Answers(200, 403, 404, 503);
    }

    private async Task<Result<DestructionList>> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.DestructionLists.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } list)
            return ArchiveErrors.ListNotFound;
        return await keepers.RefuseAsync(list.UnitCode, ct) is { } refusal ? refusal : list;
    }

    private async Task<IResult> OneAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        Etag.Set(http.Response, found.Value.Version);
        return TypedResults.Ok(DestructionView.Of(found.Value));
    }

    private async Task<IResult> ItemsAsync(Guid id, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var found = await FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var last = 0;
        if (cursor.Value is [var key] && !int.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out last))
            return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
        var rows = await db.DestructionItems.AsNoTracking().Where(i => i.ListId == id && i.Number > last).OrderBy(i => i.Number).Take(size.Value + 1).ToListAsync(ct);
        var items = rows.ConvertAll(i => new Item(i.Number, i.DossierId, i.Code, i.ProcedureCode, i.Status, i.ClosedAt, i.KeepUntil, i.Rule, i.State, i.DoneAt, i.Files));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
    }

    private async Task<IResult> MinutesAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        if (found.Value is not { MinutesPdf: { } pdf, MinutesJws: { } jws })
            return ArchiveErrors.MinutesNotReady.ToProblem();
        http.Response.Headers.Vary = "Accept";
        var accepted = http.Request.GetTypedHeaders().Accept.Select(a => a.MediaType.Value).ToList();
        if (accepted.Contains(Jose))
            return TypedResults.Text(jws, Jose, Encoding.ASCII);
        return accepted.Contains("application/json")
            ? TypedResults.Bytes(Base64UrlEncoder.DecodeBytes(jws.Split('.')[1]), "application/json")
            : TypedResults.Bytes(pdf, "application/pdf", $"bien-ban-tieu-huy-{id:N}.pdf");
    }
}
