namespace HaLong.Signatures.Domain.Sessions;

/// <summary>A document to sign. Its file is the original followed by one revision per signature; see <see cref="ContentPart"/>.</summary>
internal sealed class SessionDocument
{
    private SessionDocument()
    {
    }

    public Guid Id { get; private set; }

    public Guid SessionId { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    public string Name { get; private set; } = "";

    public string MediaType { get; private set; } = "";

    /// <summary>SHA-256 of the file as it was given, lower-case hex.</summary>
    public string OriginalSha256 { get; private set; } = "";

    /// <summary>SHA-256 of the file as it stands, lower-case hex: what a signer must have been shown.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Bytes of the file as it stands.</summary>
    public long Size { get; private set; }

    /// <summary>Parts of the file: 1 is the original alone. A signature is made over so many parts and becomes the next.</summary>
    public int Parts { get; private set; }

    /// <summary>The order that is making a signature over the file as it stands: nobody else makes one meanwhile.</summary>
    public Guid? HeldBy { get; private set; }

    /// <summary>Until when others wait for it.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    public static SessionDocument Of(Guid session, int number, PlannedDocument plan, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        SessionId = session,
        Number = number,
        Name = plan.Name,
        MediaType = PlannedDocument.Pdf,
        OriginalSha256 = plan.Sha256,
        Sha256 = plan.Sha256,
        Size = plan.Content.Length,
        Parts = 1,
    };

    /// <summary>Whether an order other than <paramref name="order"/> is at work on the file.</summary>
    public bool IsHeldAgainst(Guid order, DateTimeOffset now) => HeldBy is { } holder && holder != order && HeldUntil > now;

    public void Hold(Guid order, DateTimeOffset until) => (HeldBy, HeldUntil) = (order, until);

    public void Release(Guid order)
    {
        if (HeldBy == order)
            (HeldBy, HeldUntil) = (null, null);
    }

    public void Append(string sha256, long size) => (Sha256, Size, Parts) = (sha256, size, Parts + 1);
}

/// <summary>Part of a file: the original (0) or a revision. Written once; deleted with the rest some time after the session ended.</summary>
internal sealed class ContentPart
{
    public required Guid DocumentId { get; init; }

    public required int Part { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>A signature that is in a file: one for each signer and document, and one for each part, whatever several replicas do at once.</summary>
internal sealed class SessionSignature
{
    public required Guid SessionId { get; init; }

    public required Guid DocumentId { get; init; }

    public required Guid SignerId { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>The part that brought it.</summary>
    public required int Part { get; init; }

    /// <summary>SHA-256 of the file up to and with this part, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>PAdES baseline level reached when it was made.</summary>
    public required string Level { get; init; }

    public required DateTimeOffset SignedAt { get; init; }
}
