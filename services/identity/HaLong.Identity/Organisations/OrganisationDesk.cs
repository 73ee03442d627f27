using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>
/// Loads an organisation for those who speak for it, with their own token or one in its name. For everybody else it does not exist.
/// </summary>
internal sealed class OrganisationDesk(IdentityDbContext db, Representation representation, PersonalNumbers numbers, Caller caller, TimeProvider time)
{
    public DateTimeOffset Now { get; } = time.GetStoredNow();

    public DateOnly Today => LocalTime.Date(Now);

    /// <summary>The organisation, for whoever represents it.</summary>
    public async Task<Result<(Account Account, Organisation Organisation)>> ReadAsync(Guid id, CancellationToken ct)
    {
        var isOther = caller.ActsForAnother && caller.AccountId != id;
        return isOther || !await representation.IsOfAsync(caller.ActorId, id, ct) ? OrganisationErrors.NotFound : await LoadAsync(id, ct);
    }

    /// <summary>The organisation, for a legal representative.</summary>
    public async Task<Result<(Account Account, Organisation Organisation)>> ManageAsync(Guid id, CancellationToken ct)
    {
        var read = await ReadAsync(id, ct);
        return read.IsSuccess && !await representation.IsLegalAsync(caller.ActorId, id, ct) ? OrganisationErrors.OnlyLegal : read;
    }

    /// <summary>The organisation, whoever asks.</summary>
    public async Task<Result<(Account Account, Organisation Organisation)>> LoadAsync(Guid id, CancellationToken ct) =>
        await db.Organisations.SingleOrDefaultAsync(o => o.AccountId == id, ct) is { } organisation
        && await db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed, ct) is { } account
            ? (account, organisation)
            : OrganisationErrors.NotFound;

    public async Task<IResult> ShowAsync(Account account, Organisation organisation, HttpContext http, CancellationToken ct)
    {
        Etag.Set(http.Response, organisation.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await ViewAsync(account, organisation, ct));
    }

    public async Task<OrganisationView> ViewAsync(Account account, Organisation organisation, CancellationToken ct)
    {
        var owner = organisation.OwnerId is { } id ? await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) : null;
        return OrganisationView.Of(account, organisation, owner is null ? null : numbers.Of(owner)?.ToString());
    }

    public async Task<List<RepresentativeView>> ViewsAsync(List<Representative> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.AccountId).OfType<Guid>().Distinct().ToList();
        var names = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        return rows.ConvertAll(r => RepresentativeView.Of(r, Today, names));
    }

    /// <summary>Tells the platform; the caller saves.</summary>
    public void Tell(Representative r, string change) =>
        db.Enqueue(new RepresentativesChanged(r.OrganisationId, r.Id, r.AccountId, r.Kind, change, Now));
}

/// <summary>Words of <see cref="RepresentativesChanged.Change"/>.</summary>
internal static class RepresentativeChange
{
    public const string Invited = "invited";
    public const string Added = "added";
    public const string Declined = "declined";
    public const string Removed = "removed";
    public const string Expired = "expired";
}
