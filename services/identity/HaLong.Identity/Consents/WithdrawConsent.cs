using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Consents;

/// <summary>Withdraws a consent: as easy as giving it, and without a reason.</summary>
internal static class WithdrawConsent
{
    public static async Task<IResult> HandleAsync(string purpose, Caller caller, ConsentLedger ledger, IdentityDbContext db, CancellationToken ct)
    {
        if ((await ledger.StandingsAsync(caller.AccountId, ct)).SingleOrDefault(s => s.Text.Purpose == purpose) is not { } standing)
            return IdentityErrors.UnknownPurpose.ToProblem();
        if (standing.Text is { LegalBasis: LegalBases.Consent, Mandatory: true })
            return IdentityErrors.NeededForAccount.ToProblem();
        if (standing.State is "none" or "withdrawn")
            return IdentityErrors.NothingToWithdraw.ToProblem();

        var recorded = await ledger.RecordAsync(caller.AccountId, purpose, standing.Text.Version, granted: false, ConsentProof.Of(caller), ct);
        if (!recorded.IsSuccess)
            return recorded.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
