using HaLong.Messaging;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;

namespace HaLong.Signatures.Pki.Persons;

/// <summary>What happens to credentials of persons: kept for ever, as evidence, and told to the owner.</summary>
internal static class CredentialNews
{
    /// <summary>In the transaction that made it true; the caller saves.</summary>
    /// <param name="db">The database.</param>
    /// <param name="credential">Whose.</param>
    /// <param name="move">What happened.</param>
    /// <param name="actor">Who did it; empty for the platform itself.</param>
    /// <param name="now">When.</param>
    /// <param name="note">Why, in words.</param>
    /// <param name="reason">Of a revocation.</param>
    public static void Keep(this SignatureDbContext db, PersonCredential credential, PersonCredentialMove move, Guid actor, DateTimeOffset now,
        string note = "", RevocationReason? reason = null)
    {
        db.Add(PersonCredentialChange.Of(credential, move, actor, now, note, reason));
        if (WordOf(credential.Term, move) is { } word)
            db.Enqueue(new CredentialChanged(credential.Id, credential.AccountId, word, now));
        else
            db.Record("signature.credential-changed", credential.Id.ToString(), new { move = move.ToString(), credential.SerialNumber, reason, now });
    }

    /// <summary>The word of the fact; null for steps that are of no concern to the owner, and for credentials that live a quarter of an hour.</summary>
    public static string? WordOf(CredentialTerm term, PersonCredentialMove move) => term == CredentialTerm.OneTime ? null : move switch
    {
        PersonCredentialMove.Approved => "credential_approved",
        PersonCredentialMove.Issued => "credential_issued",
        PersonCredentialMove.PinChanged => "credential_pin_changed",
        PersonCredentialMove.Suspended => "credential_suspended",
        PersonCredentialMove.Resumed => "credential_resumed",
        PersonCredentialMove.Revoked => "credential_revoked",
        PersonCredentialMove.EndWarned => "credential_ends_soon",
        PersonCredentialMove.Expired => "credential_expired",
        _ => null,
    };
}
