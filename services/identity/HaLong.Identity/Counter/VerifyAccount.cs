using System.Text.Json;
using HaLong.Identity.Administration;
using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Federation;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Counter;

/// <summary>
/// An official who has the person and the paper before him verifies the account (level 2). Not his own, and not that of somebody close to
/// him. The owner is told, and tokens that say level 1 are void.
/// </summary>
internal sealed class VerifyAccount(
    IdentityDbContext db, CounterDesk desk, PersonalNumbers numbers, Corrections corrections, CredentialWithdrawal withdrawal, Revocations revocations,
    AuditTrail audit, OwnerNotices notices, Caller caller)
{
    /// <param name="AccountId">The account.</param>
    /// <param name="Level">2.</param>
    /// <param name="Corrected">What was corrected to the document: name, birthDate.</param>
    /// <param name="TakenOver">True when what opened the account before was withdrawn.</param>
    /// <param name="Warnings">What looks odd and may be right.</param>
    internal sealed record View(Guid AccountId, int Level, IReadOnlyList<string> Corrected, bool TakenOver, IReadOnlyList<WarningView> Warnings);

    public async Task<IResult> HandleAsync(Guid id, VerificationInput request, HttpContext http, CancellationToken ct)
    {
        if (id == caller.ActorId)
            return VerificationErrors.NotOneself.ToProblem();
        if (await desk.CitizenAsync(id, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        if (Etag.Check(http.Request, account.Version) is { } stale)
            return stale.ToProblem();
        if (await desk.IsCloseToAsync(account, ct))
            return VerificationErrors.Related.ToProblem();
        var known = numbers.Of(account);
        var identified = request.Check(known, PhoneNumber.TryParse(account.Phone), desk.Today);
        if (!identified.IsSuccess)
            return identified.Error.ToProblem();
        var person = identified.Value;
        if (known is null && await IsTakenAsync(person.Number, ct))
            return VerificationErrors.NumberTaken.ToProblem();

        var (before, correction) = (account.Level, new Correction(account.DisplayName, person.Name, account.BirthDate, person.BirthDate));
        List<string> corrected = [];
        if (correction.NameBefore != correction.NameAfter)
            corrected.Add("name");
        if (correction.BirthDateBefore != correction.BirthDateAfter)
            corrected.Add("birthDate");
        if (before >= 2 && known is not null && corrected.Count == 0 && person.NewPhone is null)
            return VerificationErrors.Already.ToProblem();

        if (person.NewPhone is { } phone)
            await withdrawal.RunAsync(account, person.Name, person.BirthDate, null, phone.E164, ct);
        if (known is null)
            numbers.Set(account, person.Number);
        account.Rename(person.Name);
        account.SetBirthDate(person.BirthDate);
        account.SetLevel(2);
        var verification = NewVerification(id, person);
        if (corrected.Count > 0)
            verification.SealedCorrection = corrections.Seal(verification.Id, correction);
        db.AccountVerifications.Add(verification);
        revocations.RightsChanged(account);
        db.Enqueue(new AccountVerified(id, account.Level, VerificationMethod.Counter, desk.Unit, desk.Now));
        audit.Record("account.verified", AuditTarget.Account, id, await desk.UnitIdAsync(ct), new { Level = before },
            new { account.Level, person.DocumentKind, Corrected = corrected, verification.TakenOver, Verification = verification.Id });
        notices.Tell(account, NoticeTemplates.AccountVerified);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, account.Version);
        return TypedResults.Ok(new View(
            id, account.Level, corrected, verification.TakenOver, [.. person.Number.Warnings(desk.Today, person.BirthDate).Select(w => w.View)]));
    }

    private AccountVerification NewVerification(Guid account, Identified person) => new()
    {
        Id = Guid.CreateVersion7(desk.Now),
        AccountId = account,
        DocumentKind = person.DocumentKind,
        UnitCode = desk.Unit,
        VerifiedBy = caller.ActorId,
        VerifiedAt = desk.Now,
        Note = person.Note,
        TakenOver = person.NewPhone is not null,
    };

    private Task<bool> IsTakenAsync(PersonalNumber number, CancellationToken ct)
    {
        var index = numbers.IndexOf(number);
        return db.Accounts.AnyAsync(a => a.PersonalNumberIndex == index, ct);
    }
}

/// <summary>Words of <see cref="AccountVerified.Method"/>.</summary>
internal static class VerificationMethod
{
    public const string Counter = "counter";
    public const string Provider = "provider";
}

/// <summary>Names and birth dates before and after: evidence, and personal data, so it is sealed.</summary>
internal sealed class Corrections(FieldVault vault)
{
    public const string Purpose = "verification-corrections";

    public byte[] Seal(Guid verification, Correction correction) =>
        vault.Seal(Purpose, verification.ToString(), JsonSerializer.SerializeToUtf8Bytes(correction));

    public Correction? Open(AccountVerification verification) => verification.SealedCorrection is { } box
        ? JsonSerializer.Deserialize<Correction>(vault.Open(Purpose, verification.Id.ToString(), box))
        : null;
}
