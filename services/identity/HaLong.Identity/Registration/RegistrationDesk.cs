using HaLong.Identity.Codes;
using HaLong.Identity.Consents;
using HaLong.Identity.Domain;
using HaLong.Identity.Passwords;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Registration;

/// <summary>
/// Registration in two steps: what is filled in, then the code from the telephone with the password. Somebody who types a number that has
/// an account sees what everybody sees, from the first answer to the last; only the owner is told, by SMS.
/// </summary>
internal sealed class RegistrationDesk(
    IdentityDbContext db, OneTimeCodes codes, RegistrationDrafts drafts, ConsentLedger consents, PasswordRules rules, NewCitizens citizens, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public async Task<(Result<IssuedCode> Issued, IReadOnlyList<Warning> Warnings)> StartAsync(StartRegistration request, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (checkedDraft, warnings) = request.Check(LocalTime.Date(now));
        if (!checkedDraft.IsSuccess)
            return (checkedDraft.Error, []);
        if (await consents.TextInForceAsync(ConsentPurposes.Account, ct) is { } terms && terms.Version != checkedDraft.Value.TermsVersion)
            return (IdentityErrors.TextNotInForce.Format(terms.Version), []);

        var id = Guid.CreateVersion7(now);
        var draft = checkedDraft.Value;
        var issued = await codes.IssueAsync(CodePurposes.Registration, draft.Phone, draft.Language, id.ToString(), ct);
        if (!issued.IsSuccess)
            return (issued.Error, []);

        db.Registrations.Add(new PendingRegistration { Id = id, SealedDraft = drafts.Seal(id, draft), ChallengeId = issued.Value.ChallengeId, ExpiresAt = now + Lifetime });
        db.Enqueue(new RegistrationStarted(id));
        await db.SaveChangesAsync(ct);
        return (issued.Value with { ChallengeId = id }, warnings);
    }

    public async Task<Result<IssuedCode>> ResendAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } registration)
            return IdentityErrors.CodeUnknown;
        var issued = await codes.ResendAsync(registration.ChallengeId, CodePurposes.Registration, id.ToString(), ct);
        return issued.IsSuccess ? issued.Value with { ChallengeId = id } : issued;
    }

    /// <summary>Success says only that the code was right: that there is an account now, or that there was one already.</summary>
    public async Task<Result> ConfirmAsync(Guid id, string? code, string? userName, string? password, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } registration)
            return IdentityErrors.CodeUnknown;

        var draft = drafts.Open(registration);
        var chosen = string.IsNullOrWhiteSpace(userName) ? null : userName.Trim();
        var faults = rules.Check(password, new PasswordOwner(chosen, draft.PersonalNumber, draft.Phone, draft.FullName, draft.BirthDate));
        if (chosen is not null && !UserNames.CanBeChosen(chosen))
        {
            faults = [.. faults, new FieldMessage("userName", "Tên đăng nhập có 4 đến 40 chữ không dấu, số, dấu chấm, gạch; bắt đầu bằng chữ.",
                "A user name has 4 to 40 plain letters, digits, dots or dashes and begins with a letter.")];
        }

        if (faults.Count > 0)
            return IdentityErrors.RegistrationNotValid with { FieldMessages = faults };

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var verified = await codes.VerifyAsync(registration.ChallengeId, CodePurposes.Registration, id.ToString(), code ?? "", ct);
        if (!verified.IsSuccess)
            return verified;
        var added = await citizens.AddAsync(draft, chosen, password!, registration.ChallengeId, ct); // Checked above.
        if (!added.IsSuccess)
            return added;

        await db.Registrations.Where(r => r.Id == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Success;
    }

    internal Task<PendingRegistration?> FindAsync(Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return db.Registrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.ExpiresAt > now, ct);
    }
}
