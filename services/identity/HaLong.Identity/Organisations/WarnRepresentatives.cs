using HaLong.Identity.Codes;
using HaLong.Identity.Counter;
using HaLong.Identity.Limits;
using HaLong.Identity.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>Somebody has claimed a code. A message of this service to itself, so that the request itself never looks whether the code is known.</summary>
/// <param name="ClaimId">Which claim.</param>
[EntityName("halong.identity.organisation-claim-filed.v1")]
[MessageUrn("halong.identity.organisation-claim-filed.v1")]
public sealed record OrganisationClaimFiled(Guid ClaimId);

/// <summary>Tells those who represent an organisation that somebody else claims it; at most once a day, so that nobody is pestered through us.</summary>
internal sealed class WarnRepresentatives(IdentityDbContext db, OwnerNotices notices, Limiter limiter) : IConsumer<OrganisationClaimFiled>
{
    private static readonly LimitRule Daily = LimitRule.Quota("organisation-claimed", 1, TimeSpan.FromDays(1));

    public async Task Consume(ConsumeContext<OrganisationClaimFiled> context)
    {
        var ct = context.CancellationToken;
        if (await db.OrganisationClaims.AsNoTracking().SingleOrDefaultAsync(c => c.Id == context.Message.ClaimId, ct) is not { } claim
            || await db.Organisations.Where(o => o.CodeKey == claim.CodeKey).Select(o => (Guid?)o.AccountId).SingleOrDefaultAsync(ct) is not { } organisation)
            return;
        var people = await db.Accounts.AsNoTracking().Where(a => !a.IsClosed && a.Id != claim.ClaimantId
            && db.Representatives.Any(r => r.OrganisationId == organisation && r.AccountId == a.Id && r.State == RepresentativeState.Active)).ToListAsync(ct);
        if (people.Count > 0 && await limiter.TakeAsync(Daily, organisation.ToString(), ct) is null)
            people.ForEach(person => notices.Tell(person, NoticeTemplates.OrganisationClaimed));
    }
}
