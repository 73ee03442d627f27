using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Filing.Reform;

/// <summary>Dossiers of divided units that wait until the chief of a successor takes them.</summary>
internal sealed class ListUnitChoices(DossierDbContext db, Caller caller, ReadRecord reads)
{
    /// <param name="Dossier">The dossier.</param>
    /// <param name="FormerUnit">The unit that was divided.</param>
    /// <param name="Choices">Codes of the successors.</param>
    internal sealed record Item(DossierSummary Dossier, string FormerUnit, IReadOnlyList<string> Choices);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/unit-choices", (string? after, int? limit, ListUnitChoices handler, CancellationToken ct) => handler.HandleAsync(after, limit, ct))
        .RequireAuthorization(Policies.Chief)
        .WithSummary("Dossiers of divided units for which a chief chooses the unit that goes on")
        .Answers<Page<Item>>(200, 400);

    private async Task<IResult> HandleAsync(string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var unit = caller.Unit ?? "";
        var waiting = db.Dossiers.AsNoTracking().Where(d => d.UnitChoices.Length > 0 && d.UnitChoices.Contains(unit));
        if (cursor.Value is [var last])
        {
            if (!Guid.TryParse(last, out var id))
                return Domain.DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            waiting = waiting.Where(d => d.Id > id);
        }
        var rows = await waiting.OrderBy(d => d.Id).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DossierList, rows.Take(size.Value).Select(d => d.OwnerId), ct);
        var items = rows.ConvertAll(d => new Item(DossierSummary.Of(d), Text.Bilingual(d.UnitNameVi, d.UnitNameEn), d.UnitChoices));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Dossier.Id.ToString()]));
    }
}
