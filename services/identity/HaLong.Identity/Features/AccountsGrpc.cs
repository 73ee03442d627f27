using Grpc.Core;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Profile;
using HaLong.Identity.Registration;
using HaLong.Identity.Staff;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Features;

/// <summary>Accounts and contact points for the other services.</summary>
internal sealed class AccountsGrpc(IdentityDbContext db, StaffDirectory staff, TimeProvider time) : Accounts.AccountsBase
{
    public override async Task<BatchGetAccountsResponse> BatchGetAccounts(BatchGetAccountsRequest request, ServerCallContext context)
    {
        var answer = new BatchGetAccountsResponse();
        var accounts = await FindAsync(request.Ids, context.CancellationToken);
        var today = LocalTime.Date(time.GetUtcNow());
        var held = await staff.HeldByAsync([.. accounts.Select(a => a.Id)], today, today, context.CancellationToken);
        foreach (var account in accounts)
        {
            var standing = StaffDirectory.StandingOf(account, held.GetValueOrDefault(account.Id, []), null);
            var found = new V1.Account
            {
                Id = account.Id.ToString(),
                DisplayName = account.DisplayName,
                Kind = account.Kind,
                UnitCode = standing.Unit ?? "",
                Assurance = account.Level,
                Status = account.IsClosed ? "closed" : "active",
            };
            found.Roles.AddRange(standing.Roles);
            answer.Accounts.Add(found);
        }

        return answer;
    }

    public override async Task<BatchGetContactPointsResponse> BatchGetContactPoints(BatchGetContactPointsRequest request, ServerCallContext context)
    {
        var answer = new BatchGetContactPointsResponse();
        var accounts = await FindAsync(request.AccountIds, context.CancellationToken);
        var ids = accounts.ConvertAll(a => a.Id);
        var profiles = await db.Profiles.AsNoTracking().Where(p => ids.Contains(p.AccountId)).ToDictionaryAsync(p => p.AccountId, context.CancellationToken);
        // A closed account must not be written to any more.
        answer.ContactPoints.AddRange(accounts.Where(a => !a.IsClosed).Select(a => ContactPointsOf(a, profiles.GetValueOrDefault(a.Id))));
        return answer;
    }

    public override async Task<OptOutResponse> OptOut(OptOutRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        if (!Guid.TryParse(request.AccountId, out var id))
            return new OptOutResponse();
        await using var transaction = await db.LockAccountAsync(id, ct);
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed, ct) is not { } account)
            return new OptOutResponse();
        var profile = await db.ProfileOfAsync(id, ct);
        if (profile.OptedOutAt is null)
        {
            // The wish is part of the account's revision, as when its owner changes it.
            profile.OptedOutAt = time.GetUtcNow();
            db.Touch(account);
            await db.SaveChangesAsync(ct);
        }

        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return new OptOutResponse();
    }

    private static ContactPoints ContactPointsOf(Domain.Account account, AccountProfile? profile)
    {
        var wanted = PreferencesView.Of(account, profile);
        return new ContactPoints
        {
            AccountId = account.Id.ToString(),
            DisplayName = account.DisplayName,
            Email = account.Email ?? "",
            Phone = account.Phone ?? "",
            Language = account.Language,
            EmailVerified = account.Email is not null && profile?.EmailConfirmedAt is not null,
            PhoneVerified = account.Phone is not null && profile?.PhoneConfirmedAt is not null,
            Preferences = new Preferences { Channels = { wanted.Channels }, QuietHours = wanted.QuietHours, Digest = wanted.Digest, OptionalMessages = wanted.OptionalMessages },
        };
    }

    private async Task<List<Domain.Account>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        Batch.Check(texts);
        // What is no UUID is nobody's id: left out of the answer like any other unknown one.
        var ids = texts.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Distinct().ToList();
        return await db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
    }
}

internal static class Batch
{
    public const int Limit = 200;

    public static void Check<T>(IReadOnlyCollection<T> ids)
    {
        if (ids.Count > Limit)
            throw new ErrorException(IdentityErrors.TooManyIds);
    }
}
