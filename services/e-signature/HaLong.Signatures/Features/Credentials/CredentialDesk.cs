using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki.Persons;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>Who may see and manage whose credential, and changing one.</summary>
internal sealed partial class CredentialDesk(SignatureDbContext db, Caller caller, IOptions<PkiOptions> options, StatusResponder status,
    RevocationLists lists, TimeProvider time, CredentialTelemetry telemetry, ILogger<CredentialDesk> log)
{
    private const int MaxNote = 500;

    /// <summary>The province's administrators have every credential; others those of their unit's officers.</summary>
    private bool SeesAll => caller.IsInRole(Roles.Administrator) && caller.Unit == options.Value.SupervisingUnit;

    public IQueryable<PersonCredential> Own => db.PersonCredentials.Where(c => c.AccountId == caller.AccountId);

    public IQueryable<PersonCredential> Managed =>
        SeesAll ? db.PersonCredentials : db.PersonCredentials.Where(c => c.Kind == CredentialKind.Officer && c.UnitCode == caller.Unit);

    /// <summary>Why the caller may not look at others' credentials; null when he may, at those of <see cref="Managed"/>.</summary>
    public Error? WhyNotSee => caller.IsInRole(Roles.Auditor) ? null : WhyNotManage;

    private Error? WhyNotManage => caller.IsInRole(Roles.Leader) || caller.IsInRole(Roles.Administrator) ? null : CredentialErrors.NotManager;

    public static Error? WhyNot(string? note, bool isNeeded) => note?.Length > MaxNote || (isNeeded && string.IsNullOrWhiteSpace(note))
        ? CredentialErrors.InvalidChange.WithField("note", "Có từ 1 đến 500 ký tự.", "Has 1 to 500 characters.")
        : null;

    /// <summary>Locks the credential, so that a signature that is being made comes wholly before; changes, records and answers.</summary>
    /// <param name="id">Which.</param>
    /// <param name="asManager">Somebody else's, else one's own.</param>
    /// <param name="http">The request.</param>
    /// <param name="move">What is done.</param>
    /// <param name="reason">Of a revocation.</param>
    /// <param name="note">Kept with the change.</param>
    /// <param name="change">The change itself.</param>
    public async Task<IResult> ChangeAsync(Guid id, bool asManager, HttpContext http, PersonCredentialMove move, RevocationReason? reason, string? note,
        Func<PersonCredential, DateTimeOffset, Result> change)
    {
        if (asManager && WhyNotManage is { } forbidden)
            return forbidden.ToProblem();
        if (WhyNot(note, isNeeded: asManager) is { } wordless)
            return wordless.ToProblem();
        var ct = http.RequestAborted;
        var outer = db.Database.CurrentTransaction is not null;
        await using var transaction = outer ? null : await db.Database.BeginTransactionAsync(ct);
        if (!await (asManager ? Managed : Own).AnyAsync(c => c.Id == id, ct) || await db.LockCredentialAsync(id, ct) is not { } credential)
            return CredentialErrors.NotFound.ToProblem();
        if (Etag.Check(http.Request, credential.Version) is { } stale)
            return stale.ToProblem();
        // Read after the lock: no signature that was let through is later than this.
        var now = time.GetUtcNow();
        var changed = change(credential, now);
        if (!changed.IsSuccess)
            return changed.Error.ToProblem();
        Record(credential, move, now, note?.Trim() ?? "", reason);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        // Under an idempotency key the commit is still to come.
        if (outer)
            http.Response.OnCompleted(() => Task.Run(Forget, CancellationToken.None));
        else
            Forget();
        return Answer(credential, http);
    }

    /// <summary>Keeps a step for ever and tells operators; the caller saves.</summary>
    public void Record(PersonCredential credential, PersonCredentialMove move, DateTimeOffset now, string note = "", RevocationReason? reason = null)
    {
        db.Keep(credential, move, caller.ActorId, now, note, reason);
        telemetry.Moved(move.ToString());
        Changed(log, credential.Id, move, reason);
    }

    public IResult Answer(PersonCredential credential, HttpContext http)
    {
        Etag.Set(http.Response, credential.Version);
        return TypedResults.Ok(CredentialView.Of(credential, time.GetUtcNow()));
    }

    private void Forget()
    {
        status.Forget();
        lists.Forget();
    }

    [LoggerMessage(5043, LogLevel.Information, "Credential {CredentialId}: {Move}, reason {Reason}")]
    private static partial void Changed(ILogger log, Guid credentialId, PersonCredentialMove move, RevocationReason? reason);
}
