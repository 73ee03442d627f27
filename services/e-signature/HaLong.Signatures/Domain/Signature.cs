namespace HaLong.Signatures.Domain;

/// <summary>
/// One signature that was made. The signed file is the caller's file followed by <see cref="Revision"/>: keeping only the revision
/// is enough to give the first answer again, byte for byte, and keeps no content of documents here.
/// </summary>
internal sealed class Signature
{
    private Signature()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>The caller's id of the document: one signature each.</summary>
    public Guid DocumentId { get; private set; }

    /// <summary>SHA-256 of what was asked for; another request under the same document id is refused.</summary>
    public byte[] RequestHash { get; private set; } = [];

    public string UnitCode { get; private set; } = "";

    /// <summary>Account of the officer whose approval the seal confirms.</summary>
    public Guid SignerId { get; private set; }

    /// <summary>Client or account that asked.</summary>
    public string RequestedBy { get; private set; } = "";

    public Guid CredentialId { get; private set; }

    public string SignerSubject { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public string Location { get; private set; } = "";

    /// <summary>Bytes appended to the original.</summary>
    public byte[] Revision { get; private set; } = [];

    /// <summary>SHA-256 of the signed file, lower-case hex.</summary>
    public string SignedSha256 { get; private set; } = "";

    public long SignedSize { get; private set; }

    /// <summary>Whole seconds, as PDF dates have no smaller part.</summary>
    public DateTimeOffset SignedAt { get; private set; }

    public static Signature Create(SignatureRequest request, Credential credential, byte[] revision, string signedSha256,
        DateTimeOffset signedAt) => new()
        {
            Id = Guid.CreateVersion7(signedAt),
            DocumentId = request.DocumentId,
            RequestHash = request.Hash,
            UnitCode = request.UnitCode,
            SignerId = request.SignerId,
            RequestedBy = request.RequestedBy,
            CredentialId = credential.Id,
            SignerSubject = credential.Subject,
            Reason = request.Reason,
            Location = request.Location,
            Revision = revision,
            SignedSha256 = signedSha256,
            SignedSize = request.Pdf.Length + revision.Length,
            SignedAt = signedAt,
        };

    public bool Answers(SignatureRequest request) => RequestHash.AsSpan().SequenceEqual(request.Hash);
}
