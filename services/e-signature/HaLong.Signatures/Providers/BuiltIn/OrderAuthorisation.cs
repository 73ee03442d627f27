using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki.Persons;

namespace HaLong.Signatures.Providers.BuiltIn;

/// <summary>
/// PIN and code for signature activation data (SAD): 256 random bits, bound to person, credential and hashes, good for three minutes and one
/// order. The code is looked at first: who has not the telephone cannot try PINs.
/// </summary>
internal sealed partial class OrderAuthorisation(SignatureDbContext db, PersonKeys keys, People people, TimeProvider time, CredentialTelemetry telemetry,
    ILogger<OrderAuthorisation> log)
{
    private const int SadBytes = 32;

    /// <param name="activation">Begun, with its hashes bound.</param>
    /// <param name="pin">What the person gave; empty for a credential without a PIN.</param>
    /// <param name="code">What came to the telephone.</param>
    /// <param name="ct">Cancels, but not the counting of a wrong PIN.</param>
    /// <returns>The SAD. SIG-0222 to 0226 for PIN and code, SIG-0232 when it is too late, SIG-0209 and 0210 when the credential does not hold.</returns>
    public async Task<Result<byte[]>> AuthoriseAsync(SigningActivation activation, string pin, string code, CancellationToken ct)
    {
        if (!activation.IsOpen || activation.Until <= time.GetUtcNow())
            return ActivationErrors.Expired;
        if (activation is not { ChallengeId: { } challenge, Algorithm: { } algorithm, HashesDigest: { } digest })
            return ActivationErrors.NoChallenge;
        var right = await people.CheckCodeAsync(activation.AccountId, activation.Id, challenge, code, ct);
        if (!right.IsSuccess)
            return right.Error;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockActivationAsync(activation.Id, ct) is not { IsOpen: true } locked || locked.Until <= time.GetUtcNow())
            return ActivationErrors.Expired;
        // Two orders of other software that were given one code: the first has it.
        if (locked.State == ActivationState.Authorised && !locked.IsFor(algorithm, digest))
            return ActivationErrors.NoChallenge;
        var opened = await OpenAsync(activation.CredentialId, pin, ct);
        if (!opened.IsSuccess)
        {
            // Whoever hangs up now does not take the count back.
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return opened.Error;
        }

        var sad = RandomNumberGenerator.GetBytes(SadBytes);
        locked.Bind(algorithm, digest, activation.HashCount);
        locked.Authorise(sad, keys.Activate(locked.Id, opened.Value, sad), time.GetUtcNow());
        CryptographicOperations.ZeroMemory(opened.Value);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Authorised(log, locked.Id, locked.CredentialId, locked.HashCount);
        return sad;
    }

    /// <summary>What is kept of the key, for the right PIN. Counts a wrong one; the caller saves and commits in either case.</summary>
    public async Task<Result<byte[]>> OpenAsync(Guid credentialId, string pin, CancellationToken ct)
    {
        var guard = await db.LockPinGuardAsync(credentialId, ct);
        var credential = await db.LockCredentialAsync(credentialId, ct);
        var now = time.GetUtcNow();
        if (credential is null)
            return CredentialErrors.NotFound;
        if (credential.WhyNotSign(now) is { } ended)
            return ended;
        if (guard.WhyNot(now) is { } refusal)
        {
            telemetry.Pin(guard.IsLocked ? "locked" : "too_soon");
            return refusal;
        }

        if (PinRules.CouldBe(pin) && keys.Open(credentialId, credential.Envelope!, pin) is { } material)
        {
            guard.Right();
            telemetry.Pin("right");
            return material;
        }

        var error = guard.Wrong(now);
        telemetry.Pin("wrong");
        WrongPin(log, credentialId, guard.Failures);
        return error;
    }

    [LoggerMessage(5040, LogLevel.Information, "Order {OrderId} of credential {CredentialId} is authorised for {Count} hashes")]
    private static partial void Authorised(ILogger log, Guid orderId, Guid credentialId, int count);

    [LoggerMessage(5041, LogLevel.Warning, "Wrong PIN for credential {CredentialId}, {Failures} in a row")]
    private static partial void WrongPin(ILogger log, Guid credentialId, int failures);
}
