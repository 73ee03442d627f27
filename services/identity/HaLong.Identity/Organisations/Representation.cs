using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>Answers who speaks for an organisation today. Who is not surely known (level 2) speaks for nobody.</summary>
internal sealed class Representation(IdentityDbContext db, Revocations revocations, TimeProvider time)
{
    /// <summary>True when the person speaks for the organisation today, by whichever right.</summary>
    public Task<bool> IsOfAsync(Guid personId, Guid organisationId, CancellationToken ct) => Of(personId, organisationId).AnyAsync(ct);

    /// <summary>True when the person is a legal representative of the organisation today.</summary>
    public Task<bool> IsLegalAsync(Guid personId, Guid organisationId, CancellationToken ct) =>
        Of(personId, organisationId).AnyAsync(r => r.Kind == RepresentativeKind.Legal, ct);

    /// <summary>The right by which the person speaks for the organisation today, the one that lasts longest of several; null when there is none.</summary>
    public async Task<Representative?> FindAsync(Guid personId, Guid organisationId, CancellationToken ct) =>
        (await Of(personId, organisationId).ToListAsync(ct)).MaxBy(r => r.To ?? DateOnly.MaxValue);

    /// <summary>What was told to tokens in the name of every organisation the person speaks for is void; the caller saves.</summary>
    public async Task VoidOfAsync(Guid personId, CancellationToken ct)
    {
        foreach (var organisation in await db.Accounts
            .Where(a => db.Representatives.Any(r => r.OrganisationId == a.Id && r.AccountId == personId && r.State == RepresentativeState.Active)).ToListAsync(ct))
            revocations.RightsChanged(organisation);
    }

    private IQueryable<Representative> Of(Guid personId, Guid organisationId)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        return db.Representatives.AsNoTracking().Where(r => r.OrganisationId == organisationId && r.AccountId == personId
            && r.State == RepresentativeState.Active && r.From <= today && (r.To == null || r.To >= today)
            && db.Accounts.Any(a => a.Id == personId && a.Level >= 2 && !a.IsClosed));
    }
}
