using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Pki.Persons;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Providers.BuiltIn;

/// <summary>
/// Signs the hashes of an order with its SAD. Consuming the SAD, the signatures and the row of the signing log are one transaction; the same
/// hashes again give the same signatures, anything else is refused.
/// </summary>
internal sealed partial class OrderSigning(SignatureDbContext db, Authorities authorities, PersonKeys keys, TimeProvider time,
    CredentialTelemetry telemetry, ILogger<OrderSigning> log)
{
    /// <param name="sad">Signature activation data.</param>
    /// <param name="accountId">Who signs.</param>
    /// <param name="credentialId">With which credential.</param>
    /// <param name="algorithm">How.</param>
    /// <param name="hashes">In the order in which they were authorised.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>A signature for each hash. SIG-0231 unless all of these are what was authorised, SIG-0232 after three minutes.</returns>
    public async Task<Result<IReadOnlyList<byte[]>>> SignAsync(byte[] sad, Guid accountId, Guid credentialId, SignatureAlgorithm algorithm,
        IReadOnlyList<byte[]> hashes, CancellationToken ct)
    {
        if (!HashList.IsValid(hashes, algorithm))
            return ActivationErrors.OrderNotValid;
        // The only connection with a transaction is ours below: authorities are read before it.
        var chain = await authorities.GetAsync(ct);
        var sadHash = SigningActivation.HashOf(sad);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var id = await db.SigningActivations.Where(a => a.SadHash == sadHash).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);
        // Two at once: the second waits here, then finds the signatures of the first.
        if (id is null || await db.LockActivationAsync(id.Value, ct) is not { } order || order.SadHash?.AsSpan().SequenceEqual(sadHash) != true
            || !OrderBook.Fits(order, accountId, credentialId, algorithm, HashList.Digest(hashes, algorithm)))
            return ActivationErrors.NotAuthorised;
        var now = time.GetUtcNow();
        if (order.Until <= now)
            return ActivationErrors.Expired;
        if (order.Signatures is { } earlier)
        {
            telemetry.Ordered("replayed", order.Door.ToString());
            return Result.Of<IReadOnlyList<byte[]>>(earlier);
        }

        if (await db.LockCredentialAsync(credentialId, ct) is not { } credential || order.SealedKey is not { } box)
            return ActivationErrors.NotAuthorised;
        if (credential.WhyNotSign(now) is { } ended)
            return ended;
        if (keys.OpenActivated(order.Id, box, sad) is not { } material)
            return ActivationErrors.NotAuthorised;
        byte[][] signatures;
        using (var key = PersonKeys.Load(material, credential, chain))
            signatures = [.. hashes.Select(h => key.SignHash(h))];
        CryptographicOperations.ZeroMemory(material);

        order.Sign(signatures);
        db.Add(SigningRecord.Of(order, OrderOutcome.Signed, now));
        if (credential.Term == CredentialTerm.OneTime)
        {
            credential.End(CredentialState.Expired);
            db.Keep(credential, PersonCredentialMove.Used, accountId, now);
            telemetry.Moved(nameof(PersonCredentialMove.Used));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        telemetry.Ordered("signed", order.Door.ToString());
        Signed(log, order.Id, credentialId, hashes.Count);
        return Result.Of<IReadOnlyList<byte[]>>(signatures);
    }

    [LoggerMessage(5042, LogLevel.Information, "Order {OrderId} is signed with credential {CredentialId}: {Count} hashes")]
    private static partial void Signed(ILogger log, Guid orderId, Guid credentialId, int count);
}
