using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Factors;

/// <summary>Removes a passkey of the caller.</summary>
internal static class RemovePasskey
{
    public static async Task<IResult> HandleAsync(Guid id, Caller caller, IdentityDbContext db, FactorChanges changes, CancellationToken ct) =>
        await OwnAccount.FindAsync(db, caller, ct) is { } account
            ? (await changes.RemovePasskeyAsync(account, id, ct)).Match(TypedResults.NoContent)
            : IdentityErrors.PasskeyNotFound.ToProblem();
}
