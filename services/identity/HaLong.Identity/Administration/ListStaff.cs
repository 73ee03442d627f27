using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Staff within the caller's responsibility, by name.</summary>
internal static class ListStaff
{
    internal sealed record Filter
    {
        /// <summary>Words of the name or user name, diacritics optional.</summary>
        public string? Q { get; init; }

        /// <summary>Code of a unit today, or code@validFrom.</summary>
        public string? Unit { get; init; }

        /// <summary>Who holds this role today.</summary>
        public string? Role { get; init; }

        /// <summary>Also closed accounts.</summary>
        public bool? Closed { get; init; }

        /// <summary>Cursor.</summary>
        public string? After { get; init; }

        /// <summary>Page size.</summary>
        public int? Limit { get; init; }
    }

    public static async Task<IResult> HandleAsync(
        [AsParameters] Filter filter, IdentityDbContext db, AdminScope scopes, StaffDesk desk, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(filter.Limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(filter.After, 2);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var scope = await scopes.ReadAsync(ct);
        var today = desk.Today;
        var ids = filter.Unit is null ? scope.Ids : scope.Find(filter.Unit, today) is { } one ? [one.Id] : [];
        var held = StaffDirectory.HeldOn(db, today, today).Where(a => ids.Contains(a.UnitId));

        var accounts = desk.Visible(scope).AsNoTracking();
        if (filter.Closed != true)
            accounts = accounts.Where(a => !a.IsClosed);
        if (filter.Role is { Length: > 0 } role)
            accounts = accounts.Where(a => held.Any(h => h.AccountId == a.Id && h.Roles.Contains(role)));
        else if (filter.Unit is not null)
            accounts = accounts.Where(a => held.Any(h => h.AccountId == a.Id));
        var rows = accounts.Join(db.StaffMembers, a => a.Id, m => m.AccountId, (a, m) => new { Account = a, m.SearchText });
        foreach (var word in Text.Fold(filter.Q ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            rows = rows.Where(r => r.SearchText.Contains(word));
        if (cursor.Value is [var name, var last])
        {
            if (!Guid.TryParse(last, out var lastId))
                return CommonErrors.BadRequest.ToProblem();
#pragma warning disable CA1309 // Runs in the database.
            rows = rows.Where(r => string.Compare(r.SearchText, name) > 0 || (r.SearchText == name && r.Account.Id > lastId));
#pragma warning restore CA1309
        }

        var found = await rows.OrderBy(r => r.SearchText).ThenBy(r => r.Account.Id).Take(size.Value + 1).ToListAsync(ct);
        var people = found.ConvertAll(r => r.Account.Id);
        var work = (await StaffDirectory.HeldOn(db, today, today).Where(a => people.Contains(a.AccountId)).ToListAsync(ct)).Where(a => scope.Covers(a.UnitId)).ToLookup(a => a.AccountId);
        var keys = found.ToDictionary(r => r.Account.Id, r => r.SearchText);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(
            found.ConvertAll(r => Line(r.Account, work[r.Account.Id], scope)), size.Value, line => [keys[line.Id], line.Id.ToString()]));
    }

    public static async Task<IResult> OneAsync(Guid id, AdminScope scopes, StaffDesk desk, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        return await desk.Visible(scope).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is { } account
            ? await desk.ShowAsync(account, scope, http, ct)
            : IdentityErrors.StaffNotFound.ToProblem();
    }

    private static StaffLine Line(Account a, IEnumerable<Assignment> work, Scope scope) => new(
        a.Id, a.Kind, a.UserName, a.DisplayName, a.HelperKind, a.IsClosed,
        [.. work.OrderBy(w => w.UnitCode).ThenBy(w => w.Id).Select(w => new StaffWork(w.Id, UnitName.Of(scope.Units[w.UnitId]), w.Title, w.Roles, w.ValidFrom, w.ValidTo))]);
}
