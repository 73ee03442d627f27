namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>The paper of a form on its way: to be written, to be sealed, there. Its id is the id of the sealed document, so that it is sealed once.</summary>
internal sealed class FormPaper
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>The form; of a control slip the last of the dossier's.</summary>
    public Guid FormId { get; init; }

    /// <summary>One of <see cref="PaperForm"/>.</summary>
    public required string Kind { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its bytes were stored; they never change again.</summary>
    public DateTimeOffset? WrittenAt { get; private set; }

    public DateTimeOffset? SignedAt { get; private set; }

    /// <summary>Attempts that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>When somebody last worked on it; one that nobody has worked on for long is taken up again.</summary>
    public DateTimeOffset TriedAt { get; private set; }

    public string Status => SignedAt is null ? Pending : Signed;

    public const string Pending = "PENDING";
    public const string Signed = "SIGNED";

    /// <summary>Of a control slip while the dossier is handled: shown as it stands, not sealed.</summary>
    public const string Draft = "DRAFT";

    public static FormPaper Of(IssuedForm form, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        DossierId = form.DossierId,
        FormId = form.Id,
        Kind = form.Kind,
        CreatedAt = now,
        TriedAt = now,
    };

    public void Written(DateTimeOffset now) => (WrittenAt, TriedAt) = (now, now);

    public void Sealed(DateTimeOffset now) => (SignedAt, TriedAt) = (now, now);

    public void Failed(DateTimeOffset now) => (Failures, TriedAt) = (Failures + 1, now);

    /// <summary>Nobody seems to have it: taken up again.</summary>
    public void TakenUp(DateTimeOffset now) => TriedAt = now;
}
