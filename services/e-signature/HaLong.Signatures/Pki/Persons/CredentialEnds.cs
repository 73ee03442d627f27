using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Pki.Persons;

/// <summary>What the platform itself does to credentials: revokes them when the person leaves, ends them on their last day.</summary>
internal sealed partial class CredentialEnds(SignatureDbContext db, People people, StatusResponder status, RevocationLists lists, TimeProvider time,
    CredentialTelemetry telemetry, ILogger<CredentialEnds> log)
{
    /// <summary>Credentials of an account that hold or wait, by what is asked.</summary>
    public IQueryable<PersonCredential> Living(Guid accountId) => db.PersonCredentials.Where(c => c.AccountId == accountId
        && (c.State == CredentialState.Requested || c.State == CredentialState.Active || c.State == CredentialState.Suspended));

    /// <summary>Revokes; the caller's transaction, or one of its own.</summary>
    public async Task RevokeAsync(IQueryable<PersonCredential> which, RevocationReason reason, string note, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        foreach (var id in await which.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct))
        {
            var now = time.GetUtcNow();
            if (await db.LockCredentialAsync(id, ct) is not { } credential || !credential.Revoke(reason, now).IsSuccess)
                continue;
            Record(credential, PersonCredentialMove.Revoked, now, note, reason);
        }

        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        status.Forget();
        lists.Forget();
    }

    /// <summary>Revokes an officer's credential unless identity says that the role is held all the same, by another assignment.</summary>
    /// <exception cref="ServiceDefaults.ErrorException">SIG-0217: identity does not answer; to be tried again.</exception>
    public async Task RevokeUnlessAssignedAsync(PersonCredential seen, CancellationToken ct)
    {
        var assigned = await people.AssignedAsync(seen.AccountId, seen.UnitCode!, seen.Role!, ct);
        if (!assigned.IsSuccess)
            throw new ServiceDefaults.ErrorException(assigned.Error);
        if (!assigned.Value.Holds)
            await RevokeAsync(db.PersonCredentials.Where(c => c.Id == seen.Id), RevocationReason.AffiliationChanged, "assignment ended", ct);
        else
            await AssignUntilAsync(db.PersonCredentials.Where(c => c.Id == seen.Id), assigned.Value.Until, ct);
    }

    public static Task AssignUntilAsync(IQueryable<PersonCredential> which, DateOnly? day, CancellationToken ct) =>
        which.ExecuteUpdateAsync(s => s.SetProperty(c => c.AssignedUntil, day), ct);

    /// <summary>Keeps a step for ever and tells operators; the caller saves.</summary>
    public void Record(PersonCredential credential, PersonCredentialMove move, DateTimeOffset now, string note = "", RevocationReason? reason = null)
    {
        db.Keep(credential, move, Guid.Empty, now, note, reason);
        telemetry.Moved(move.ToString());
        Ended(log, credential.Id, move, reason);
    }

    [LoggerMessage(5044, LogLevel.Information, "Credential {CredentialId} by the platform itself: {Move}, reason {Reason}")]
    private static partial void Ended(ILogger log, Guid credentialId, PersonCredentialMove move, RevocationReason? reason);
}
