using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>Credentials, newest first, and what was done to them: one's own, and those that the caller manages.</summary>
internal static class ListCredentials
{
    private const string Paged = " Pages by cursor. Strong consistency.";

    public static void MapOwn(IEndpointRouteBuilder own)
    {
        own.MapGet("/", (string? after, int? limit, CredentialDesk desk, TimeProvider time, CancellationToken ct) =>
                PageAsync(desk.Own, after, limit, time, ct))
            .Describe("ListMyCredentials", "My credentials, newest first", "Only in one's own name." + Paged).Produces<Page<CredentialView>>();
        own.MapGet("/{id:guid}", (Guid id, CredentialDesk desk, HttpContext http) => OneAsync(desk.Own, id, desk, http))
            .Describe("GetMyCredential", "A credential of mine, with its ETag", "Only in one's own name.").Produces<CredentialView>();
        own.MapGet("/{id:guid}/changes", (Guid id, string? after, int? limit, CredentialDesk desk, SignatureDbContext db, CancellationToken ct) =>
                ChangesAsync(desk.Own, id, after, limit, db, ct))
            .Describe("ListMyCredentialChanges", "What was done to a credential of mine, latest first", "Only in one's own name." + Paged)
            .Produces<Page<CredentialChangeView>>();
    }

    public static void MapManaged(IEndpointRouteBuilder managed)
    {
        const string who = "Leaders, administrators and auditors for officers of their unit; administrators of the province for everybody.";
        managed.MapGet("/", (string? unit, Guid? account, string? state, string? after, int? limit, CredentialDesk desk, TimeProvider time,
                CancellationToken ct) => desk.WhyNotSee is { } no ? Task.FromResult(no.ToProblem())
                : !IsState(state, out var wanted) ? Task.FromResult(CommonErrors.BadRequest.WithField("state", "Trạng thái không hợp lệ.",
                    "No such state.").ToProblem())
                : PageAsync(Filter(desk.Managed, unit, account, wanted), after, limit, time, ct))
            .Describe("ListCredentials", "Credentials of persons, newest first", who + Paged).Produces<Page<CredentialView>>();
        managed.MapGet("/{id:guid}", (Guid id, CredentialDesk desk, HttpContext http) =>
                desk.WhyNotSee is { } no ? Task.FromResult(no.ToProblem()) : OneAsync(desk.Managed, id, desk, http))
            .Describe("GetCredential", "A credential of a person, with its ETag", who).Produces<CredentialView>();
        managed.MapGet("/{id:guid}/changes", (Guid id, string? after, int? limit, CredentialDesk desk, SignatureDbContext db, CancellationToken ct) =>
                desk.WhyNotSee is { } no ? Task.FromResult(no.ToProblem()) : ChangesAsync(desk.Managed, id, after, limit, db, ct))
            .Describe("ListCredentialChanges", "What was done to a credential, latest first", who + Paged).Produces<Page<CredentialChangeView>>();
    }

    // Words as in the answers: binding by itself would want capitals.
    private static bool IsState(string? text, out CredentialState? state)
    {
        var known = Enum.TryParse<CredentialState>(text, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(text![0]);
        state = known ? parsed : null;
        return known || text is null;
    }

    private static IQueryable<PersonCredential> Filter(IQueryable<PersonCredential> credentials, string? unit, Guid? account, CredentialState? state)
    {
        if (unit is not null)
            credentials = credentials.Where(c => c.UnitCode == unit);
        if (account is { } id)
            credentials = credentials.Where(c => c.AccountId == id);
        return state is { } wanted ? credentials.Where(c => c.State == wanted) : credentials;
    }

    private static async Task<IResult> PageAsync(IQueryable<PersonCredential> credentials, string? after, int? limit, TimeProvider time, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (cursor.Value is { } before)
            credentials = credentials.Where(c => c.Id.CompareTo(before) < 0);
        var (rows, now) = (await credentials.AsNoTracking().OrderByDescending(c => c.Id).Take(size.Value + 1).ToListAsync(ct), time.GetUtcNow());
        return TypedResults.Ok(Page.Of(rows.ConvertAll(c => CredentialView.Of(c, now)), size.Value, c => [c.Id.ToString()]));
    }

    private static async Task<IResult> OneAsync(IQueryable<PersonCredential> credentials, Guid id, CredentialDesk desk, HttpContext http) =>
        await credentials.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, http.RequestAborted) is { } found
            ? desk.Answer(found, http)
            : CredentialErrors.NotFound.ToProblem();

    private static async Task<IResult> ChangesAsync(IQueryable<PersonCredential> credentials, Guid id, string? after, int? limit, SignatureDbContext db,
        CancellationToken ct)
    {
        if (!await credentials.AnyAsync(c => c.Id == id, ct))
            return CredentialErrors.NotFound.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var changes = db.PersonCredentialChanges.AsNoTracking().Where(c => c.CredentialId == id);
        if (cursor.Value is { } before)
            changes = changes.Where(c => c.Id.CompareTo(before) < 0);
        var rows = await changes.OrderByDescending(c => c.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(CredentialChangeView.Of), size.Value, c => [c.Id.ToString()]));
    }
}
