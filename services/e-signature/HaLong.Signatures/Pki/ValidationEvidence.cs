using System.Security.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Pki;

/// <summary>Gathers what a signature under our own authority needs to be checked without asking anybody.</summary>
internal sealed class ValidationEvidence(Authorities authorities, Responders responders, StatusResponder status, RevocationLists lists,
    StamperEvidence stampers)
{
    /// <summary>Opens the keys that are needed, before a transaction is: making one the first time wants a connection of its own.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        await responders.GetAsync(AuthorityKind.StatusResponder, ct);
        await responders.GetAsync(AuthorityKind.TimeStamp, ct);
        await lists.GetAsync(AuthorityKind.Root, ct);
        await stampers.PrepareAsync(ct);
    }

    /// <summary>What is needed to check a time-stamp that is about to be obtained, whichever authority gives it.</summary>
    public async Task<ValidationData> ForStampAsync(CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        var (responder, stamper) = (await responders.GetAsync(AuthorityKind.StatusResponder, ct),
            await responders.GetAsync(AuthorityKind.TimeStamp, ct));
        return stampers.Known().And(new ValidationData(
            [chain.Issuing.RawData, stamper.Certificate.RawData, responder.Certificate.RawData],
            [await status.VouchAsync(stamper.Certificate.SerialNumber, ct)],
            [await lists.GetAsync(AuthorityKind.Root, ct)])
        {
            Stampers = [Convert.ToHexString(SHA256.HashData(stamper.Certificate.RawDataMemory.Span))],
        });
    }

    /// <param name="seal">The credential that signs; the caller has just seen that it holds.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ValidationData> ForAsync(Credential seal, CancellationToken ct) =>
        new ValidationData([], [await status.VouchAsync(seal.SerialNumber, ct)], []).And(await ForStampAsync(ct));
}
