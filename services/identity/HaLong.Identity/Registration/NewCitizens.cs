using HaLong.Identity.Consents;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Passwords;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Identity.Registration;

/// <summary>Adds the account of a citizen; the database's unique indexes decide who was first.</summary>
internal sealed class NewCitizens(
    IdentityDbContext db, PersonalNumbers numbers, AccountPasswords passwords, ConsentLedger consents, TimeProvider time)
{
    /// <summary>Inside the caller's transaction. A refusal only for a user name that is taken: that the person has an account already looks like success.</summary>
    public async Task<Result> AddAsync(RegistrationDraft draft, string? userName, string password, Guid proof, CancellationToken ct)
    {
        // Members of a family share a telephone: the first has it as user name, the others sign in with their personal number.
        string?[] tries = userName is null ? [PhoneNumber.TryParse(draft.Phone)!.National, null] : [userName];
        foreach (var name in tries)
        {
            var taken = await TryAddAsync(draft, name, password, proof, ct);
            if (taken is null || !taken.Contains("user_name", StringComparison.Ordinal))
                return Result.Success;
        }

        return IdentityErrors.UserNameInUse;
    }

    /// <summary>Null when it was added, else the name of the index that knows such an account.</summary>
    private async Task<string?> TryAddAsync(RegistrationDraft draft, string? userName, string password, Guid proof, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var account = Account.Register(id, userName ?? id.ToString("N"), draft.FullName, [AccountKind.Citizen], now);
        account.SetBirthDate(draft.BirthDate);
        account.SetContactPoints(draft.Email, draft.Phone, draft.Language);
        numbers.Set(account, PersonalNumber.TryParse(draft.PersonalNumber)!); // Checked when it was filled in.
        passwords.Set(account, password);
        db.Accounts.Add(account);
        db.Profiles.Add(new AccountProfile { AccountId = id, Sex = draft.Sex, PhoneConfirmedAt = now });
        await consents.RecordAsync(id, ConsentPurposes.Account, draft.TermsVersion, granted: true, new ConsentProof("online", null, id, proof.ToString()), ct);
        db.Enqueue(new AccountRegistered(id, account.Kind, now));
        try
        {
            // Saved at a savepoint: when it fails, the transaction goes on without it.
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation)
        {
            db.ChangeTracker.Clear();
            return violation.ConstraintName ?? "";
        }
    }
}
