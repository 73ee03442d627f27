using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>The organisation, its contact points and who speaks for it.</summary>
internal sealed class ReadOrganisation(IdentityDbContext db, OrganisationDesk desk)
{
    public async Task<IResult> GetAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var read = await desk.ReadAsync(id, ct);
        return read.IsSuccess ? await desk.ShowAsync(read.Value.Account, read.Value.Organisation, http, ct) : read.Error.ToProblem();
    }

    /// <summary>What a legal representative may change alone; name and code are those of the certificate.</summary>
    public async Task<IResult> PatchAsync(Guid id, OrganisationInput request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.ManageAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var (account, organisation) = taken.Value;
        if (Etag.Check(http.Request, organisation.Version) is { } stale)
            return stale.ToProblem();
        var error = request.CheckContacts(OrganisationErrors.Invalid, out var phone, out var email);
        var address = OrganisationInput.Line(request.Address);
        if (address is { Length: < 5 or > OrganisationInput.LongestAddress })
            error = error.WithField("address", $"Địa chỉ trụ sở có từ 5 đến {OrganisationInput.LongestAddress} ký tự.", $"An address has 5 to {OrganisationInput.LongestAddress} characters.");
        if (request.TaxCode is not null || request.Name is not null)
            error = error.WithField("name", "Tên và mã số theo giấy chứng nhận; muốn đổi, hãy đến Bộ phận Một cửa.", "Name and code are those of the certificate; to change them, go to a one-stop office.");
        if (error.FieldMessages.Count > 0)
            return error.ToProblem();

        account.SetContactPoints(email ?? account.Email, phone?.E164 ?? account.Phone, account.Language);
        organisation.ForeignName = OrganisationInput.Line(request.ForeignName) ?? organisation.ForeignName;
        organisation.ShortName = OrganisationInput.Line(request.ShortName) ?? organisation.ShortName;
        organisation.Address = address ?? organisation.Address;
        await db.SaveChangesAsync(ct);
        return await desk.ShowAsync(account, organisation, http, ct);
    }

    public async Task<IResult> RepresentativesAsync(Guid id, string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var read = await desk.ReadAsync(id, ct);
        if (!read.IsSuccess)
            return read.Error.ToProblem();
        var rows = db.Representatives.AsNoTracking().Where(r => r.OrganisationId == id);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return CommonErrors.BadRequest.ToProblem();
            rows = rows.Where(r => r.Id < last);
        }

        var found = await rows.OrderByDescending(r => r.Id).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(await desk.ViewsAsync(found, ct), size.Value, r => [r.Id.ToString()]));
    }

    public async Task<IResult> RepresentativeAsync(Guid id, Guid representative, HttpContext http, CancellationToken ct)
    {
        var read = await desk.ReadAsync(id, ct);
        if (!read.IsSuccess)
            return read.Error.ToProblem();
        if (await db.Representatives.AsNoTracking().SingleOrDefaultAsync(r => r.Id == representative && r.OrganisationId == id, ct) is not { } row)
            return OrganisationErrors.RepresentativeNotFound.ToProblem();
        Etag.Set(http.Response, row.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok((await desk.ViewsAsync([row], ct))[0]);
    }
}
