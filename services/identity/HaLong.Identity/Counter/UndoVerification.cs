using HaLong.Identity.Administration;
using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Counter;

/// <summary>
/// A second official undoes a verification. What it corrected is as it was before, unless it has changed since; who is known by a provider
/// as well keeps level 2. Tokens of the person, and those in the name of organisations he speaks for, are void.
/// </summary>
internal sealed class UndoVerification(
    IdentityDbContext db, CounterDesk desk, Corrections corrections, Representation representation, Revocations revocations, AuditTrail audit,
    OwnerNotices notices, Caller caller)
{
    private const int Shortest = 10;
    private const int Longest = 500;

    /// <param name="Reason">10 to 500 characters.</param>
    internal sealed record Request(string? Reason);

    public async Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct)
    {
        if (id == caller.ActorId)
            return VerificationErrors.NotOneself.ToProblem();
        if (await desk.CitizenAsync(id, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        if (Etag.Check(http.Request, account.Version) is { } stale)
            return stale.ToProblem();
        var reason = request?.Reason?.Trim() ?? "";
        if (reason.Length is < Shortest or > Longest)
            return VerificationErrors.UndoInvalid.WithField("reason", $"Từ {Shortest} đến {Longest} ký tự.", $"{Shortest} to {Longest} characters.").ToProblem();
        var standing = await db.AccountVerifications.Where(v => v.AccountId == id && v.UndoneAt == null).OrderByDescending(v => v.Id).ToListAsync(ct);
        if (standing is not [var last, ..])
            return VerificationErrors.NothingToUndo.ToProblem();
        if (standing.Exists(v => v.VerifiedBy == caller.ActorId))
            return VerificationErrors.SecondOfficial.ToProblem();
        if (await desk.IsCloseToAsync(account, ct))
            return VerificationErrors.Related.ToProblem();

        var before = account.Level;
        foreach (var verification in standing)
        {
            TakeBack(account, corrections.Open(verification));
            verification.Undo(caller.ActorId, reason, desk.Now);
        }

        account.SetLevel(await db.ExternalLogins.AnyAsync(l => l.AccountId == id && l.Assurance >= 2, ct) ? 2 : 1);
        revocations.RightsChanged(account);
        await representation.VoidOfAsync(id, ct);
        db.Enqueue(new AccountVerificationUndone(id, account.Level, desk.Unit, desk.Now));
        audit.Record("account.verification_undone", AuditTarget.Account, id, await desk.UnitIdAsync(ct), new { Level = before, last.VerifiedBy },
            new { account.Level, Verification = last.Id });
        notices.Tell(account, NoticeTemplates.VerificationUndone);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static void TakeBack(Account account, Correction? correction)
    {
        if (correction is null)
            return;
        if (account.DisplayName == correction.NameAfter)
            account.Rename(correction.NameBefore);
        if (account.BirthDate == correction.BirthDateAfter)
            account.SetBirthDate(correction.BirthDateBefore);
    }
}
