using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Adds a place where dossiers are taken in, corrects it, or gives it a last day.</summary>
internal sealed class SavePlace(IdentityDbContext db, AdminScope scopes, AuditTrail audit, TimeProvider time)
{
    /// <param name="Kind">provincialCentre, cityCentre, communeCentre, communeOneStop, postOffice or landRegistryBranch; fixed later.</param>
    /// <param name="NameVi">Vietnamese name.</param>
    /// <param name="NameEn">English name.</param>
    /// <param name="Unit">Code of the unit (as of the first day), or code@validFrom; fixed later.</param>
    /// <param name="ValidFrom">First day; today when left out; fixed later.</param>
    /// <param name="ValidTo">Last day.</param>
    /// <param name="Receives">direct, online, post, internal.</param>
    /// <param name="AgencyCode">Identification code.</param>
    /// <param name="SeatVi">Where it is.</param>
    /// <param name="Note">What else is known.</param>
    internal sealed record Request(
        string? Kind, string? NameVi, string? NameEn, string? Unit, DateOnly? ValidFrom, DateOnly? ValidTo, string[]? Receives, string? AgencyCode, string? SeatVi,
        string? Note);

    public static Task<IResult> AddAsync(Request request, SavePlace handler, HttpContext http, CancellationToken ct) => handler.AddAsync(request, http, ct);

    public static Task<IResult> ChangeAsync(string id, Request request, SavePlace handler, HttpContext http, CancellationToken ct) =>
        handler.ChangeAsync(id, request, http, ct);

    private async Task<IResult> AddAsync(Request request, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.ShareUnitsAsync(ct);
        var scope = await scopes.ReadAsync(ct);
        var now = time.GetUtcNow();
        var from = request.ValidFrom ?? LocalTime.Date(now);
        var unit = scope.Find(request.Unit, from);
        var error = Check(request with { NameVi = request.NameVi ?? "", NameEn = request.NameEn ?? "", Receives = request.Receives ?? [] }, from);
        if (!ReceivingPlace.Kinds.Contains(request.Kind))
            error = error.WithField("kind", "Loại là " + string.Join(", ", ReceivingPlace.Kinds) + ".", "The kind is one of " + string.Join(", ", ReceivingPlace.Kinds) + ".");
        if (unit is null)
            error = error.WithField("unit", "Không có đơn vị này trong phạm vi quản lý của bạn vào ngày đó.", "There is no such unit within your responsibility on that day.");
        if (unit is null || error.FieldMessages.Count > 0)
            return error.ToProblem();

        var place = new ReceivingPlace
        {
            Id = "RP-" + Guid.CreateVersion7(now).ToString("N"),
            Kind = request.Kind!,
            NameVi = "",
            NameEn = "",
            UnitId = unit.Id,
            ValidFrom = from,
        };
        Fill(place, request);
        db.ReceivingPlaces.Add(place);
        audit.Record("place.added", AuditTarget.Place, place.Id, unit.Id, null, ForAudit(place));
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        Etag.Set(http.Response, place.Version);
        return TypedResults.Created("/api/v1/receiving-places?unit=" + unit.Id, ListPlaces.View.Of(place));
    }

    private async Task<IResult> ChangeAsync(string id, Request request, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        var place = await db.ReceivingPlaces.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (place is null || !scope.Covers(place.UnitId))
            return IdentityErrors.PlaceNotFound.ToProblem();
        if (Etag.Check(http.Request, place.Version) is { } stale)
            return stale.ToProblem();
        var error = Check(request, place.ValidFrom ?? DateOnly.MinValue);
        if (request.Kind is not null || request.Unit is not null || request.ValidFrom is not null)
            error = error.WithField("kind", "Không đổi được loại, đơn vị và ngày bắt đầu; hãy thêm nơi tiếp nhận mới.", "Kind, unit and first day cannot change; add another place.");
        if (error.FieldMessages.Count > 0)
            return error.ToProblem();

        var before = ForAudit(place);
        Fill(place, request);
        audit.Record("place.changed", AuditTarget.Place, id, place.UnitId, before, ForAudit(place));
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, place.Version);
        return TypedResults.Ok(ListPlaces.View.Of(place));
    }

    private static void Fill(ReceivingPlace place, Request request)
    {
        place.NameVi = request.NameVi?.Trim() ?? place.NameVi;
        place.NameEn = request.NameEn?.Trim() ?? place.NameEn;
        // A name somebody has given is no longer a generic one.
        place.IsAssumed &= request.NameVi is null;
        place.ValidTo = request.ValidTo ?? place.ValidTo;
        place.Receives = request.Receives?.Distinct().ToArray() ?? place.Receives;
        place.AgencyCode = request.AgencyCode?.Trim() ?? place.AgencyCode;
        place.SeatVi = request.SeatVi?.Trim() ?? place.SeatVi;
        place.Note = request.Note?.Trim() ?? place.Note;
        place.IsChangedHere = true;
    }

    private static object ForAudit(ReceivingPlace p) => new { p.Kind, p.NameVi, p.NameEn, p.UnitId, p.ValidFrom, p.ValidTo, p.Receives, p.AgencyCode, p.SeatVi, p.Note };

    private static Error Check(Request request, DateOnly from)
    {
        var error = IdentityErrors.InvalidAdministration;
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[("nameVi", request.NameVi), ("nameEn", request.NameEn)])
        {
            if (text is not null && (string.IsNullOrWhiteSpace(text) || text.Length > 200))
                error = error.WithField(field, "Tên có 1–200 ký tự.", "A name has 1 to 200 characters.");
        }

        if (request.Receives is { } ways && (ways.Length == 0 || ways.Any(w => !ReceivingPlace.Ways.Contains(w))))
            error = error.WithField("receives", "Cách tiếp nhận: direct, online, post, internal.", "Ways to receive: direct, online, post, internal.");
        if (request.ValidTo < from)
            error = error.WithField("validTo", "Ngày kết thúc phải từ ngày bắt đầu trở đi.", "The last day must not be before the first day.");
        if (request.AgencyCode?.Length > 40)
            error = error.WithField("agencyCode", "Tối đa 40 ký tự.", "At most 40 characters.");
        if (request.SeatVi?.Length > 300)
            error = error.WithField("seatVi", "Tối đa 300 ký tự.", "At most 300 characters.");
        if (request.Note?.Length > 1000)
            error = error.WithField("note", "Tối đa 1000 ký tự.", "At most 1000 characters.");
        return error;
    }
}
