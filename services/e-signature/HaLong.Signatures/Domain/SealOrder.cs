using System.Security.Cryptography;
using System.Text;

namespace HaLong.Signatures.Domain;

/// <summary>Something to seal that is no PDF.</summary>
/// <param name="Format">Cades or Jades.</param>
/// <param name="DocumentId">The caller's id: the idempotency key within the format.</param>
/// <param name="Hash">SHA-256 of what makes two requests the same.</param>
/// <param name="UnitCode">Whose seal.</param>
/// <param name="SignerId">On whose approval: an account, or what stands for it.</param>
/// <param name="RequestedBy">Client or account that asks.</param>
internal sealed record SealOrder(SignatureFormat Format, Guid DocumentId, byte[] Hash, string UnitCode, Guid SignerId, string RequestedBy);

/// <summary>What was made of an order.</summary>
/// <param name="Kept">What is stored; see <see cref="Signature.Revision"/>.</param>
/// <param name="Sha256">Of the CMS or JWS, lower-case hex.</param>
/// <param name="Size">Of the CMS or JWS.</param>
/// <param name="Level">Baseline level reached.</param>
/// <param name="Imprint">SHA-256 of the signature value.</param>
internal sealed record SealMade(byte[] Kept, string Sha256, long Size, string Level, byte[] Imprint);

/// <summary>A file to seal by its hash.</summary>
/// <param name="DocumentId">The caller's id.</param>
/// <param name="Name">Name of the file: names the signature beside it; neither signed nor stored.</param>
/// <param name="MimeType">What kind of file it is; signed along.</param>
/// <param name="HashAlgorithm">SHA-256, SHA-384 or SHA-512.</param>
/// <param name="Content">The hash of the file.</param>
/// <param name="UnitCode">Whose seal.</param>
/// <param name="SignerId">On whose approval.</param>
/// <param name="RequestedBy">Client or account that asks.</param>
internal sealed record FileRequest(Guid DocumentId, string Name, string MimeType, string HashAlgorithm, byte[] Content, string UnitCode,
    Guid SignerId, string RequestedBy)
{
    public SealOrder Order => new(SignatureFormat.Cades, DocumentId,
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{UnitCode}\n{SignerId}\n{HashAlgorithm}\n{MimeType}\n"), .. Content]), UnitCode, SignerId, RequestedBy);
}

/// <summary>A statement to seal.</summary>
/// <param name="DocumentId">The caller's id.</param>
/// <param name="Type">Media type of the whole without "application/", for example <c>halong-payment-receipt+jwt</c>.</param>
/// <param name="Payload">JSON.</param>
/// <param name="UnitCode">Whose seal.</param>
/// <param name="SignerId">On whose approval.</param>
/// <param name="RequestedBy">Client that asks.</param>
internal sealed record StatementRequest(Guid DocumentId, string Type, ReadOnlyMemory<byte> Payload, string UnitCode, Guid SignerId, string RequestedBy)
{
    public SealOrder Order => new(SignatureFormat.Jades, DocumentId,
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{UnitCode}\n{SignerId}\n{Type}\n"), .. Payload.Span]), UnitCode, SignerId, RequestedBy);
}
