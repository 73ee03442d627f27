using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaLong.Identity.Factors;

/// <summary>Adds and removes second factors, for the pages and the API alike. Changes of one account wait for each other.</summary>
internal sealed class FactorChanges(
    IdentityDbContext db, UserManager<Account> users, AuthenticatorCodes codes, SecondFactors factors, SecurityNotices notices, WaysIn ways)
{
    /// <summary>Name of the platform in authenticator apps.</summary>
    public const string Issuer = "Dịch vụ công Hạ Long";

    /// <summary>What the owner types or scans into the app.</summary>
    /// <param name="Secret">Base 32.</param>
    /// <param name="Uri">otpauth address.</param>
    internal sealed record Enrolment(string Secret, string Uri);

    /// <summary>Begins an enrolment, or begins it anew.</summary>
    public async Task<Result<Enrolment>> StartAuthenticatorAsync(Account account, CancellationToken ct)
    {
        if ((await factors.OfAsync(account.Id, ct)).HasAuthenticator)
            return IdentityErrors.AuthenticatorExists;
        await users.ResetAuthenticatorKeyAsync(account);
        return await PendingAsync(account);
    }

    /// <summary>The enrolment that waits for its first code; empty when there is none.</summary>
    public async Task<Enrolment> PendingAsync(Account account)
    {
        var secret = await users.GetAuthenticatorKeyAsync(account) ?? "";
        return new Enrolment(secret, Totp.Uri(Issuer, account.UserName, secret));
    }

    /// <summary>Finishes an enrolment; the answer holds new recovery codes when the account had none.</summary>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAuthenticatorAsync(Account account, string code, CancellationToken ct)
    {
        await using var transaction = await LockAsync(account.Id, ct);
        if ((await factors.OfAsync(account.Id, ct)).HasAuthenticator)
            return IdentityErrors.AuthenticatorExists;
        if (!await codes.ConfirmAsync(account.Id, code, ct))
            return IdentityErrors.WrongCode;
        notices.Add(account.Id, SecurityChange.AuthenticatorAdded);
        return await FinishAsync(account, transaction, ct);
    }

    public async Task<Result> RemoveAuthenticatorAsync(Account account, CancellationToken ct)
    {
        await using var transaction = await LockAsync(account.Id, ct);
        if (await db.Authenticators.Where(a => a.AccountId == account.Id && a.ConfirmedAt != null).ExecuteDeleteAsync(ct) == 0)
            return IdentityErrors.NoAuthenticator;
        notices.Add(account.Id, SecurityChange.AuthenticatorRemoved);
        await RemovedAsync(account, transaction, ct);
        return Result.Success;
    }

    public async Task<Result<IReadOnlyList<string>>> AddPasskeyAsync(Account account, UserPasskeyInfo passkey, CancellationToken ct)
    {
        await using var transaction = await LockAsync(account.Id, ct);
        if (await db.Passkeys.CountAsync(p => p.AccountId == account.Id, ct) >= Passkey.Most)
            return IdentityErrors.TooManyPasskeys;
        try
        {
            notices.Add(account.Id, SecurityChange.PasskeyAdded);
            await users.AddOrUpdatePasskeyAsync(account, passkey);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return IdentityErrors.PasskeyExists;
        }

        return await FinishAsync(account, transaction, ct);
    }

    public async Task<Result> RemovePasskeyAsync(Account account, Guid id, CancellationToken ct)
    {
        await using var transaction = await LockAsync(account.Id, ct);
        var credential = await db.Passkeys.Where(p => p.AccountId == account.Id && p.Id == id).Select(p => p.CredentialId).SingleOrDefaultAsync(ct);
        if (credential is null)
            return IdentityErrors.PasskeyNotFound;
        if (await ways.CountAsync(account.Id, ct) <= 1)
            return IdentityErrors.LastWayIn;
        notices.Add(account.Id, SecurityChange.PasskeyRemoved);
        await users.RemovePasskeyAsync(account, credential);
        await RemovedAsync(account, transaction, ct);
        return Result.Success;
    }

    public async Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(Account account, CancellationToken ct)
    {
        await using var transaction = await LockAsync(account.Id, ct);
        if (!(await factors.OfAsync(account.Id, ct)).HasAny)
            return IdentityErrors.NoSecondFactor;
        notices.Add(account.Id, SecurityChange.RecoveryCodesRenewed);
        var renewed = await NewCodesAsync(account);
        await transaction.CommitAsync(ct);
        return renewed;
    }

    /// <summary>Opens a transaction in which nobody else changes how this account is signed in to.</summary>
    internal async Task<IDbContextTransaction> LockAsync(Guid accountId, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM account WHERE id = {accountId} FOR UPDATE", ct);
        return transaction;
    }

    private async Task<Result<IReadOnlyList<string>>> FinishAsync(Account account, IDbContextTransaction transaction, CancellationToken ct)
    {
        // Codes on paper that still work stay as they are: nobody expects them to stop because a second device was added.
        Result<IReadOnlyList<string>> fresh = (await factors.OfAsync(account.Id, ct)).RecoveryCodes > 0 ? Array.Empty<string>() : await NewCodesAsync(account);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return fresh;
    }

    private async Task RemovedAsync(Account account, IDbContextTransaction transaction, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        // Without a second factor there is nothing to recover from.
        if (!(await factors.OfAsync(account.Id, ct)).HasAny)
            await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<string[]> NewCodesAsync(Account account) =>
        [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCode.Count) ?? []];
}
