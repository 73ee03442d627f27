using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features;

/// <summary>Who may manage whose seal, and changing one of them.</summary>
internal sealed partial class SealDesk(SignatureDbContext db, Caller caller, IOptions<PkiOptions> options, StatusResponder status,
    RevocationLists lists, TimeProvider time, SignatureTelemetry telemetry, ILogger<SealDesk> log)
{
    private const int MaxNote = 500;

    /// <summary>The province's administrators have every seal.</summary>
    public bool SeesAll => caller.IsInRole(Roles.Administrator) && caller.Unit == options.Value.SupervisingUnit;

    /// <summary>Why the caller may not look at seals; null when he may, at those of <see cref="Visible"/>.</summary>
    public Error? WhyNotSee => caller.IsInRole(Roles.Auditor) ? null : WhyNotManage;

    public Error? WhyNotManage => caller.IsInRole(Roles.Leader) || caller.IsInRole(Roles.Administrator) ? null : SignatureErrors.NotManager;

    public IQueryable<Credential> Visible => SeesAll ? db.Credentials : db.Credentials.Where(c => c.UnitCode == caller.Unit);

    public static Error? WhyNot(string? note) => string.IsNullOrWhiteSpace(note) || note.Length > MaxNote
        ? SignatureErrors.InvalidRevocation.WithField("note", "Có từ 1 đến 500 ký tự.", "Has 1 to 500 characters.")
        : null;

    /// <summary>Locks the seal, so that a signature that is being made comes wholly before; changes, records and answers.</summary>
    /// <param name="unit">Whose seal.</param>
    /// <param name="serialNumber">Which of them; null for the current one.</param>
    /// <param name="http">The request.</param>
    /// <param name="move">What is done.</param>
    /// <param name="reason">Of a revocation.</param>
    /// <param name="note">Kept with the change.</param>
    /// <param name="change">The change itself.</param>
    public async Task<IResult> ChangeAsync(string unit, string? serialNumber, HttpContext http, CredentialMove move, RevocationReason? reason,
        string note, Func<Credential, DateTimeOffset, Result> change)
    {
        if (WhyNotManage is { } forbidden)
            return forbidden.ToProblem();
        var ct = http.RequestAborted;
        var outer = db.Database.CurrentTransaction is not null;
        await using var transaction = outer ? null : await db.Database.BeginTransactionAsync(ct);
        await db.LockSealAsync(unit, ct);
        var number = serialNumber?.ToUpperInvariant();
        var found = Visible.Where(c => c.UnitCode == unit);
        var credential = number is null
            ? await found.SingleOrDefaultAsync(c => c.SupersededAt == null, ct)
            : await found.SingleOrDefaultAsync(c => c.SerialNumber == number, ct);
        if (credential is null)
            return SignatureErrors.SealNotFound.ToProblem();
        if (Etag.Check(http.Request, credential.Version) is { } stale)
            return stale.ToProblem();
        // Read after the lock: no signature that was let through is later than this.
        var now = time.GetUtcNow();
        var changed = change(credential, now);
        if (!changed.IsSuccess)
            return changed.Error.ToProblem();
        var step = CredentialChange.Of(credential, move, reason, note.Trim(), caller.ActorId, now);
        db.Add(step);
        db.Record("signature.seal-changed", credential.Id.ToString(), new { step.Id, credential.SerialNumber, move, reason, step.OccurredAt });
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        // Under an idempotency key the commit is still to come.
        if (outer)
            http.Response.OnCompleted(() => Task.Run(Forget, CancellationToken.None));
        else
            Forget();
        telemetry.SealChanged(move.ToString());
        Changed(log, credential.Id, move, reason);
        Etag.Set(http.Response, credential.Version);
        return TypedResults.Ok(SealView.Of(credential, now));
    }

    private void Forget()
    {
        status.Forget();
        lists.Forget();
    }

    [LoggerMessage(5023, LogLevel.Warning, "Seal {CredentialId}: {Move}, reason {Reason}")]
    private static partial void Changed(ILogger log, Guid credentialId, CredentialMove move, RevocationReason? reason);
}
