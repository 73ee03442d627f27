namespace HaLong.Signatures.Domain;

/// <summary>The shape of a signature; its words are stored.</summary>
internal enum SignatureFormat
{
    /// <summary>Inside a PDF (ETSI EN 319 142-1).</summary>
    Pades,

    /// <summary>Beside a file (ETSI EN 319 122-1).</summary>
    Cades,

    /// <summary>Around a statement in JSON (ETSI TS 119 182-1).</summary>
    Jades,
}

/// <summary>
/// One signature that was made. The signed file is the caller's file followed by <see cref="Revision"/>: keeping only the revision
/// is enough to give the first answer again, byte for byte, and keeps no content of documents here.
/// </summary>
internal sealed class Signature
{
    public const string BaselineB = "B-B";
    public const string BaselineT = "B-T";
    public const string BaselineLt = "B-LT";
    public const string BaselineLta = "B-LTA";

    private Signature()
    {
    }

    public Guid Id { get; private set; }

    public SignatureFormat Format { get; private set; }

    /// <summary>The caller's id of the document: one signature each in each format.</summary>
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

    /// <summary>
    /// Bytes appended to the original PDF, the detached CMS, or header and signature of a JWS without what it states: with what the caller
    /// has, the first answer, which never changes.
    /// </summary>
    public byte[] Revision { get; private set; } = [];

    /// <summary>Baseline level reached: B-B, B-T or B-LT.</summary>
    public string Level { get; private set; } = BaselineB;

    /// <summary>SHA-256 of the signature value: what a time-stamp vouches for. Null for signatures made before there were any.</summary>
    public byte[]? Imprint { get; private set; }

    /// <summary>The time-stamp that came after the file had been handed out; null when it is in the file, or still to come.</summary>
    public byte[]? TimeStamp { get; private set; }

    /// <summary>SHA-256 of the signed PDF, of the detached CMS or of the JWS, lower-case hex.</summary>
    public string SignedSha256 { get; private set; } = "";

    public long SignedSize { get; private set; }

    /// <summary>Whole seconds, as PDF dates have no smaller part.</summary>
    public DateTimeOffset SignedAt { get; private set; }

    public static Signature Create(SignatureRequest request, Credential credential, byte[] revision, string signedSha256,
        DateTimeOffset signedAt, string level = BaselineB, byte[]? imprint = null) => new()
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
            Level = level,
            Imprint = imprint,
        };

    /// <summary>A signature that lies beside what it signs, or around a statement.</summary>
    /// <param name="order">What was asked for.</param>
    /// <param name="credential">Whose seal.</param>
    /// <param name="made">What was made of it.</param>
    /// <param name="signedAt">When.</param>
    public static Signature CreateBeside(SealOrder order, Credential credential, SealMade made, DateTimeOffset signedAt) => new()
    {
        Id = Guid.CreateVersion7(signedAt),
        Format = order.Format,
        DocumentId = order.DocumentId,
        RequestHash = order.Hash,
        UnitCode = order.UnitCode,
        SignerId = order.SignerId,
        RequestedBy = order.RequestedBy,
        CredentialId = credential.Id,
        SignerSubject = credential.Subject,
        Revision = made.Kept,
        SignedSha256 = made.Sha256,
        SignedSize = made.Size,
        SignedAt = signedAt,
        Level = made.Level,
        Imprint = made.Imprint,
    };

    /// <summary>The time-stamp came late: the file stays as it was handed out, and the proof is kept here.</summary>
    public void Prove(byte[] imprint, byte[] timeStamp, string level) => (Imprint, TimeStamp, Level) = (imprint, timeStamp, level);

    public bool Answers(SignatureRequest request) => Answers(request.Hash);

    /// <param name="requestHash">SHA-256 of what is asked for.</param>
    public bool Answers(byte[] requestHash) => RequestHash.AsSpan().SequenceEqual(requestHash);
}
