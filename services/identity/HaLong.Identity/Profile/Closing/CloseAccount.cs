using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Profile.Closing;

/// <summary>
/// A person closes the own account: a code goes to the telephone on file, and when it comes back the account is closed for good. What is open
/// is named all at once, at the beginning and, since it may have changed, again at the end.
/// </summary>
internal sealed class CloseAccount(IdentityDbContext db, OneTimeCodes codes, Obstacles obstacles, AccountClosing closing, Caller caller)
{
    /// <param name="Code">The six digits.</param>
    internal sealed record ConfirmRequest(string? Code);

    public async Task<Result<IssuedCode>> StartAsync(CancellationToken ct)
    {
        if (await OwnAccount.FindAsync(db, caller, ct) is not { } account)
            return IdentityErrors.AccountNotFound;
        if (await obstacles.OfAsync(account, ct) is { } open)
            return open;

        Result<IssuedCode> issued;
        if (PhoneNumber.TryParse(account.Phone) is { IsMobile: true } phone)
            issued = await codes.IssueAsync(CodePurposes.AccountClosing, phone.E164, account.Language, BoundTo, ct);
        else if (account.Email is { } email)
            issued = await codes.IssueByEmailAsync(CodePurposes.AccountClosing, email, account.Language, BoundTo, ct);
        else
            return ProfileErrors.NowhereToConfirm;
        if (issued.IsSuccess)
            await db.SaveChangesAsync(ct);
        return issued;
    }

    public Task<Result<IssuedCode>> ResendAsync(Guid id, CancellationToken ct) => codes.ResendAsync(id, CodePurposes.AccountClosing, BoundTo, ct);

    public async Task<Result> ConfirmAsync(Guid id, string? code, CancellationToken ct)
    {
        await using var transaction = await db.LockAccountAsync(caller.AccountId, ct);
        if (await OwnAccount.FindAsync(db, caller, ct) is not { } account)
            return IdentityErrors.AccountNotFound;
        if (await obstacles.OfAsync(account, ct) is { } open)
            return open;
        var verified = await codes.VerifyAsync(id, CodePurposes.AccountClosing, BoundTo, code ?? "", ct);
        if (!verified.IsSuccess)
            return verified;
        await closing.FinishAsync(account, LastReach.Of(account), AccountClosed.ByOwner, ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Success;
    }

    /// <summary>Somebody else's code opens nothing here.</summary>
    private string BoundTo => "closing:" + caller.AccountId.ToString("N");
}
