using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Corrects the names of a unit. Code and days are decided by law and change only by a reorganisation.</summary>
internal static class CorrectUnit
{
    /// <param name="NameVi">Full Vietnamese name.</param>
    /// <param name="ShortNameVi">Vietnamese name without the kind of unit.</param>
    /// <param name="NameEn">English name.</param>
    /// <param name="SeatVi">Where its seat is.</param>
    /// <param name="Note">What else is known.</param>
    internal sealed record Request(string? NameVi, string? ShortNameVi, string? NameEn, string? SeatVi, string? Note);

    public static async Task<IResult> HandleAsync(
        string id, Request request, IdentityDbContext db, AdminScope scopes, AuditTrail audit, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (!(await scopes.ReadAsync(ct)).IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        if (await db.Units.SingleOrDefaultAsync(u => u.Id == id, ct) is not { } unit)
            return IdentityErrors.UnitNotFound.ToProblem();
        if (Etag.Check(http.Request, unit.Version) is { } stale)
            return stale.ToProblem();
        if (Check(request) is { } wrong)
            return wrong.ToProblem();

        var before = ForAudit(unit);
        unit.NameVi = request.NameVi?.Trim() ?? unit.NameVi;
        unit.ShortNameVi = request.ShortNameVi?.Trim() ?? unit.ShortNameVi;
        unit.NameEn = request.NameEn?.Trim() ?? unit.NameEn;
        unit.SeatVi = request.SeatVi?.Trim() ?? unit.SeatVi;
        unit.Note = request.Note?.Trim() ?? unit.Note;
        unit.SearchText = UnitSeed.SearchTextOf(unit);
        unit.IsChangedHere = true;
        audit.Record("unit.corrected", AuditTarget.Unit, id, id, before, ForAudit(unit));
        db.Enqueue(UnitFacts.Corrected(unit, time.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, unit.Version);
        return TypedResults.Ok((await GetUnit.ViewsAsync(db, [unit], ct))[0]);
    }

    private static object ForAudit(Unit u) => new { u.NameVi, u.ShortNameVi, u.NameEn, u.SeatVi, u.Note };

    private static Error? Check(Request request)
    {
        var error = IdentityErrors.InvalidAdministration;
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[("nameVi", request.NameVi), ("shortNameVi", request.ShortNameVi), ("nameEn", request.NameEn)])
        {
            if (text is not null && (string.IsNullOrWhiteSpace(text) || text.Length > 200))
                error = error.WithField(field, "Tên có 1–200 ký tự.", "A name has 1 to 200 characters.");
        }

        if (request.SeatVi?.Length > 300)
            error = error.WithField("seatVi", "Tối đa 300 ký tự.", "At most 300 characters.");
        if (request.Note?.Length > 1000)
            error = error.WithField("note", "Tối đa 1000 ký tự.", "At most 1000 characters.");
        return error.FieldMessages.Count > 0 ? error : null;
    }
}
