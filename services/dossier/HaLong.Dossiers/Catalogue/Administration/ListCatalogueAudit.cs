using System.Text.Json;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>Who did what to the catalogue, latest first.</summary>
internal sealed class ListCatalogueAudit(CatalogueAudit audit)
{
    internal sealed record View(Guid Id, DateTimeOffset At, Guid ActorId, string? ActorUnit, string Action, string? Code, Guid? DraftId, JsonElement Details, string? TraceId);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/audit", (string? code, string? after, int? limit, ListCatalogueAudit handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(code, after, limit, http, ct))
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("What administrators did to the catalogue, latest first")
        .Answers<Page<View>>(200, 400, 403);

    private async Task<IResult> HandleAsync(string? code, string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var entries = audit.Entries;
        if (code is not null && ProcedureCatalogue.IsCode(code))
            entries = entries.Where(e => e.Code == code);
        if (cursor.Value is [var text])
        {
            if (!Guid.TryParse(text, out var last))
                return CommonErrors.BadRequest.ToProblem();
            entries = entries.Where(e => e.Id < last);
        }
        var rows = await entries.OrderByDescending(e => e.Id).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(e => new View(e.Id, e.At, e.ActorId, e.ActorUnit, e.Action, e.Code, e.DraftId, JsonElement.Parse(e.Details), e.TraceId)), size.Value, e => [e.Id.ToString()]));
    }
}
