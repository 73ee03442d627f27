using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki.Persons;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Signatures.Providers.BuiltIn;

/// <summary>Orders begun: the person is sent a code that is good for just this order.</summary>
internal sealed class OrderBook(SignatureDbContext db, People people, TimeProvider time)
{
    /// <summary>How long a code for an order not yet known is sent once only.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Begins an order for known hashes; the same again begins nothing new.</summary>
    public async Task<Result<SigningActivation>> BeginAsync(Guid id, Guid accountId, Guid credentialId, SignatureAlgorithm algorithm,
        IReadOnlyList<byte[]> hashes, CancellationToken ct)
    {
        if (id == Guid.Empty || algorithm.IsRsa || !HashList.IsValid(hashes, algorithm))
            return ActivationErrors.OrderNotValid;
        var digest = HashList.Digest(hashes, algorithm);
        if (await FindAsync(id, ct) is { } known)
            return Fits(known, accountId, credentialId, algorithm, digest) ? await AskedAsync(known, ct) : ActivationErrors.OtherOrder;
        var found = await UsableAsync(accountId, credentialId, ct);
        if (!found.IsSuccess)
            return found.Error;
        if (await db.SigningLog.AnyAsync(o => o.Id == id, ct))
            return ActivationErrors.OtherOrder;

        var activation = SigningActivation.Begin(id, found.Value, ActivationDoor.Platform, time.GetUtcNow());
        activation.Bind(algorithm.Oid, digest, hashes.Count);
        if (await AddAsync(activation, ct) is { } refusal)
        {
            // Begun by another request at this moment, or the one order of a one-time credential is another.
            return await FindAsync(id, ct) is not { } twin ? refusal
                : Fits(twin, accountId, credentialId, algorithm, digest) ? await AskedAsync(twin, ct)
                : ActivationErrors.OtherOrder;
        }

        return await AskedAsync(activation, ct);
    }

    /// <summary>Sends a code for an order whose hashes are told with the authorisation. Asked again within a minute it is the same order.</summary>
    public async Task<Result<SigningActivation>> ChallengeAsync(Guid accountId, Guid credentialId, int count, CancellationToken ct)
    {
        var found = await UsableAsync(accountId, credentialId, ct);
        if (!found.IsSuccess)
            return found.Error;
        var now = time.GetUtcNow();
        if (await OpenChallengeAsync(credentialId, ct) is { ChallengeId: not null } open && now - open.BegunAt < Pause && open.HashCount == count)
            return open;
        var activation = SigningActivation.Begin(Guid.CreateVersion7(now), found.Value, ActivationDoor.Csc, now);
        activation.Announce(count);
        return await AddAsync(activation, ct) is { } refusal ? refusal : await AskedAsync(activation, ct);
    }

    /// <summary>The newest order of other software that waits for PIN, code and hashes.</summary>
    public Task<SigningActivation?> OpenChallengeAsync(Guid credentialId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return db.SigningActivations.AsNoTracking()
            .Where(a => a.CredentialId == credentialId && a.Door == ActivationDoor.Csc && a.State == ActivationState.Begun && a.Until > now)
            .OrderByDescending(a => a.BegunAt).FirstOrDefaultAsync(ct);
    }

    public Task<SigningActivation?> FindAsync(Guid id, CancellationToken ct) =>
        db.SigningActivations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);

    public static bool Fits(SigningActivation known, Guid accountId, Guid credentialId, SignatureAlgorithm algorithm, byte[] digest) =>
        known.AccountId == accountId && known.CredentialId == credentialId && known.IsFor(algorithm.Oid, digest);

    private async Task<Result<PersonCredential>> UsableAsync(Guid accountId, Guid credentialId, CancellationToken ct)
    {
        var credential = await db.PersonCredentials.AsNoTracking().SingleOrDefaultAsync(c => c.Id == credentialId && c.AccountId == accountId, ct);
        return credential is null ? CredentialErrors.NotFound : credential.WhyNotSign(time.GetUtcNow()) is { } why ? why : credential;
    }

    private async Task<Error?> AddAsync(SigningActivation activation, CancellationToken ct)
    {
        db.Add(activation);
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return ActivationErrors.OneOrderOnly;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    // The row is there before the code is: a crash in between leaves an order that is begun again, not a code for nothing.
    private async Task<Result<SigningActivation>> AskedAsync(SigningActivation activation, CancellationToken ct)
    {
        if (activation.ChallengeId is not null || activation.State != ActivationState.Begun)
            return activation;
        var sent = await people.SendCodeAsync(activation.AccountId, activation.Id, activation.HashCount,
            HashList.Mark(activation.HashesDigest ?? activation.Id.ToByteArray(bigEndian: true)[12..]), ct);
        if (!sent.IsSuccess)
            return sent.Error;
        activation.Asked(sent.Value.Challenge, sent.Value.SentTo, sent.Value.Until);
        await db.SigningActivations.Where(a => a.Id == activation.Id && a.State == ActivationState.Begun).ExecuteUpdateAsync(s => s
            .SetProperty(a => a.ChallengeId, activation.ChallengeId).SetProperty(a => a.CodeSentTo, activation.CodeSentTo)
            .SetProperty(a => a.Until, activation.Until), ct);
        return activation;
    }
}
