using Grpc.Core;
using HaLong.Identity.AccessLog;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Limits;
using HaLong.Identity.Persistence;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Counter;

/// <summary>
/// Whose number it is, for an official who looks for dossiers. Nothing of the account is told but its id, and the caller shows of it only what his unit may see; so one
/// factor is enough here. Whether there is an account does not show in how long the answer takes: without one the same is done but for the record itself.
/// </summary>
internal sealed class AccountSearchGrpc(
    IdentityDbContext db, AccessLedger ledger, PersonalNumbers numbers, Limiter limiter, Caller caller, TimeProvider time, IOptions<CounterOptions> options)
    : AccountSearch.AccountSearchBase
{
    /// <summary>Officials in their own name, for the unit of their token.</summary>
    public const string Official = nameof(AccountSearchGrpc);

    public override async Task<FindByPersonalNumberResponse> FindByPersonalNumber(FindByPersonalNumberRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        if (PersonalNumber.TryParse(request.PersonalNumber) is not { } number || request.Purpose != AccessWords.DossierSearch)
            throw new ErrorException(VerificationErrors.SearchInvalid);
        var rule = LimitRule.Quota("dossier-search", options.Value.DossierSearchesPerHour, TimeSpan.FromHours(1));
        if (await limiter.TakeAsync(rule, caller.ActorId.ToString(), ct) is { } wait)
            throw new ErrorException(VerificationErrors.TooManySearches with { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) });

        var index = numbers.IndexOf(number);
        var person = db.Accounts.Where(a => a.PersonalNumberIndex == index && !a.IsClosed && a.Kind == AccountKind.Citizen).Select(a => a.Id);
        var found = await db.Accounts.AsNoTracking()
            .Where(a => !a.IsClosed && (person.Contains(a.Id) || db.Organisations.Any(o => o.AccountId == a.Id && o.OwnerId != null && person.Contains(o.OwnerId.Value))))
            .OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
        await RecordAsync(found, ct);
        return new FindByPersonalNumberResponse { AccountIds = { found.Select(id => id.ToString()) } };
    }

    private async Task RecordAsync(List<Guid> found, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ledger.LockAsync(ct);
        var role = Roles.OfOfficials.First(caller.IsInRole); // The policy lets in nobody else.
        await ledger.AppendAsync(
            new Reading(found, caller.ActorId, role, caller.Unit, "identity", AccessWords.AccountSearch, null, AccessWords.DossierSearch, null, time.GetStoredNow()), onceIn: null, ct);
        await transaction.CommitAsync(ct);
    }
}
