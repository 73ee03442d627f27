using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Delegations;

/// <summary>Who speaks for an organisation by law, from one local day to another.</summary>
internal sealed class OrganisationRepresentative
{
    public required Guid OrganisationId { get; init; }

    public required Guid AccountId { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day; null while it lasts.</summary>
    public DateOnly? To { get; set; }
}

/// <summary>Answers who speaks for an organisation by law.</summary>
internal sealed class Representation(IdentityDbContext db, TimeProvider time)
{
    /// <summary>True when the person is a legal representative of the organisation today.</summary>
    public Task<bool> IsOfAsync(Guid personId, Guid organisationId, CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        return db.Set<OrganisationRepresentative>().AnyAsync(
            r => r.OrganisationId == organisationId && r.AccountId == personId && r.From <= today && (r.To == null || r.To >= today), ct);
    }
}
