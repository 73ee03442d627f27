using Grpc.Core;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Counter;

/// <summary>
/// Whose filing it is that came from the National Public Service Portal, where the person signed in with VNeID. For services only: nobody looks at
/// the person here, so nothing is written into the access log. Only verified accounts are found: else whoever registers with somebody's number would
/// get what this person files.
/// </summary>
internal sealed class FilingOwnersGrpc(IdentityDbContext db, PersonalNumbers numbers) : FilingOwners.FilingOwnersBase
{
    private const int Verified = 2;

    public override async Task<FindFilingOwnerResponse> FindFilingOwner(FindFilingOwnerRequest request, ServerCallContext context)
    {
        if (PersonalNumber.TryParse(request.PersonalNumber) is not { } number)
            throw new ErrorException(VerificationErrors.SearchInvalid);
        var index = numbers.IndexOf(number);
        var found = await db.Accounts.AsNoTracking()
            .Where(a => a.PersonalNumberIndex == index && !a.IsClosed && a.Kind == AccountKind.Citizen && a.Level >= Verified)
            .Select(a => new { a.Id, a.DisplayName }).SingleOrDefaultAsync(context.CancellationToken);
        return found is null ? new FindFilingOwnerResponse() : new FindFilingOwnerResponse { AccountId = found.Id.ToString(), DisplayName = found.DisplayName };
    }
}
