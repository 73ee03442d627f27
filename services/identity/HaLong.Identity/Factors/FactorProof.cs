using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Factors;

/// <summary>Who has just set up a factor has shown it as well: the session is strong from then on.</summary>
internal sealed class FactorProof(IdentityDbContext db, TimeProvider time)
{
    public async Task ShownAsync(Session session, string method, CancellationToken ct)
    {
        session.StepUp(new SignInProof([method], Caller.StrongAcr, session.Assurance), time.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}
