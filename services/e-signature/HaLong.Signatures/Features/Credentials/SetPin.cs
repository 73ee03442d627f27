using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki.Persons;
using HaLong.Signatures.Providers.BuiltIn;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>
/// Choosing the PIN of a credential that was asked for, which makes its key and certificate; or another PIN. No Idempotency-Key here: what is
/// kept of a request to recognise it again would let a PIN be guessed from the database. A repeat finds the credential active.
/// </summary>
internal sealed class SetPin(SignatureDbContext db, CredentialDesk desk, PersonKeys keys, CredentialIssuer issuer, OrderAuthorisation pins, People people,
    Caller caller, TimeProvider time)
{
    /// <param name="Pin">The present PIN; left out for a credential that has none yet.</param>
    /// <param name="NewPin">6 to 12 digits that are not easily guessed, or a passphrase of 12 characters or more.</param>
    internal sealed record Request(string? Pin, string? NewPin)
    {
        /// <summary>Secrets do not show, whatever prints this.</summary>
        public override string ToString() => nameof(Request);
    }

    public static void Map(IEndpointRouteBuilder own) => own
        .MapPost("/{id:guid}/pin", (Guid id, Request body, SetPin pin, HttpContext http) => pin.HandleAsync(id, body, http))
        .Describe("SetCredentialPin", "Choose the PIN, or change it",
            "A requested credential becomes active and takes the place of the one it renews. Only in one's own name, strong sign-in. "
            + "If-Match is heeded; no Idempotency-Key.")
        .Changes().RequireStrong();

    private async Task<IResult> HandleAsync(Guid id, Request body, HttpContext http)
    {
        if (PinRules.WhyNot(body.NewPin) is { } weak)
            return weak.WithField("newPin", weak.Vi, weak.En).ToProblem();
        var ct = http.RequestAborted;
        if (await desk.Own.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } seen)
            return CredentialErrors.NotFound.ToProblem();
        if (Etag.Check(http.Request, seen.Version) is { } stale)
            return stale.ToProblem();
        return seen.State == CredentialState.Requested ? await IssueAsync(seen, body.NewPin!, http) : await ChangeAsync(seen, body, http);
    }

    private async Task<IResult> IssueAsync(PersonCredential seen, string pin, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (seen.WhyNotIssue(time.GetUtcNow()) is { } early)
            return early.ToProblem();
        // What was true when it was asked for must still be.
        var facts = await people.FindAsync(caller.AccountId, ct);
        if (!facts.IsSuccess)
            return facts.Error.ToProblem();
        if (seen.Kind == CredentialKind.Officer)
        {
            var assigned = await people.AssignedAsync(caller.AccountId, seen.UnitCode!, seen.Role!, ct);
            if (!assigned.IsSuccess || !assigned.Value.Holds)
                return (assigned.IsSuccess ? CredentialErrors.NotAnOfficer : assigned.Error).ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var credential = await db.LockCredentialAsync(seen.Id, ct);
        var now = time.GetUtcNow();
        if (credential is null || credential.WhyNotIssue(now) is not null)
            return (credential?.WhyNotIssue(now) ?? CredentialErrors.NotFound).ToProblem();
        var old = await desk.Own.Where(c => c.Term == CredentialTerm.Long && c.Kind == credential.Kind && c.UnitCode == credential.UnitCode
            && (c.State == CredentialState.Active || c.State == CredentialState.Suspended)).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
        if (old is { } id && await db.LockCredentialAsync(id, ct) is { } replaced)
        {
            replaced.End(CredentialState.Superseded);
            desk.Record(replaced, PersonCredentialMove.Superseded, now, "by " + credential.Id);
            // Saved before the new one, so that the index never sees two.
            await db.SaveChangesAsync(ct);
        }

        await issuer.IssueAsync(credential, pin, ct);
        desk.Record(credential, PersonCredentialMove.Issued, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return desk.Answer(credential, http);
    }

    private async Task<IResult> ChangeAsync(PersonCredential seen, Request body, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (!seen.HasPin)
            return (seen.WhyNotSign(time.GetUtcNow()) ?? CredentialErrors.Ended).ToProblem();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var opened = await pins.OpenAsync(seen.Id, body.Pin ?? "", ct);
        if (!opened.IsSuccess)
        {
            // Whoever hangs up now does not take the count back.
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return opened.Error.ToProblem();
        }

        var credential = (await db.LockCredentialAsync(seen.Id, ct))!;
        credential.Keep(keys.Close(credential.Id, opened.Value, body.NewPin));
        CryptographicOperations.ZeroMemory(opened.Value);
        desk.Record(credential, PersonCredentialMove.PinChanged, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return desk.Answer(credential, http);
    }
}
