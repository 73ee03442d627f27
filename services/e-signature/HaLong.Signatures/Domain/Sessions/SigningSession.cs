using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain.Sessions;

/// <summary>
/// Documents that one or more people sign by a deadline. Whoever changes it holds the lock of its row, so that what is read is what stands.
/// Each method leaves in <see cref="Log"/> what the ceremony log, and the world, are to hear.
/// </summary>
internal sealed partial class SigningSession
{
    private readonly List<SigningEvent> log = [];

    private SigningSession()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of what was asked for; another request under the same id is refused.</summary>
    public byte[] RequestHash { get; private set; } = [];

    public string Purpose { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>Account or client.</summary>
    public string CreatedBy { get; private set; } = "";

    public Guid? CreatorAccount { get; private set; }

    public string? UnitCode { get; private set; }

    public SessionState State { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset Deadline { get; private set; }

    /// <summary>Null when nobody is to be reminded any more.</summary>
    public DateTimeOffset? NextReminderAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public DateTimeOffset? ContentsDeletedAt { get; private set; }

    /// <summary>Counts changes: each writes this row, also when only a document or signer changed, so that its revision is the session's.</summary>
    public int Changes { get; private set; }

    /// <summary>Revision for If-Match.</summary>
    public uint Version { get; private set; }

    public List<SessionDocument> Documents { get; private set; } = [];

    public List<SessionSigner> Signers { get; private set; } = [];

    public List<SessionSignature> Signatures { get; private set; } = [];

    /// <summary>What happened since it was read.</summary>
    public IReadOnlyList<SigningEvent> Log => log;

    /// <summary>A sound plan becomes an open session; those whose turn is first are asked.</summary>
    public static SigningSession Open(SessionPlan plan, byte[] requestHash, DateTimeOffset now)
    {
        var session = new SigningSession
        {
            Id = plan.Id,
            RequestHash = requestHash,
            Purpose = plan.Purpose,
            Subject = plan.Subject,
            CreatedBy = plan.CreatedBy,
            CreatorAccount = plan.CreatorAccount,
            UnitCode = plan.UnitCode,
            CreatedAt = now,
            Deadline = plan.Deadline,
            NextReminderAt = Reminders.Next(now, plan.Deadline, now),
        };
        session.Documents.AddRange(plan.Documents.Select((d, i) => SessionDocument.Of(plan.Id, i + 1, d, now)));
        session.Signers.AddRange(plan.Signers.Select(s => SessionSigner.Of(plan.Id, s, now)));
        session.Write(CeremonyStep.Opened, plan.CreatedBy, now);
        session.Ask(now);
        return session;
    }

    public SessionSigner? SignerOf(Guid account) => Signers.Find(s => s.AccountId == account);

    /// <summary>Everybody before him has signed.</summary>
    public bool IsTurnOf(SessionSigner signer) => Signers.TrueForAll(s => s.Turn >= signer.Turn || s.State == SignerState.Signed);

    public bool HasSigned(SessionSigner signer, SessionDocument document) =>
        Signatures.Exists(s => s.SignerId == signer.Id && s.DocumentId == document.Id);

    /// <summary>Documents that he has still to sign, in their order.</summary>
    public IEnumerable<SessionDocument> Remaining(SessionSigner signer) =>
        Documents.OrderBy(d => d.Number).Where(d => !HasSigned(signer, d));

    /// <summary>Somebody was given the file as it stands. Looking before one's turn or after the end is recorded too, and moves nothing.</summary>
    public void Show(SessionDocument document, SessionSigner? signer, string actor, DateTimeOffset now)
    {
        if (signer is not null && State == SessionState.Open && IsTurnOf(signer))
            signer.Move(SignerMove.View, now);
        Write(CeremonyStep.Viewed, actor, now, signer, document, document.Sha256);
    }

    /// <summary>A signer says no: the session is over.</summary>
    public Result Refuse(SessionSigner signer, string reason, string actor, DateTimeOffset now)
    {
        if (State != SessionState.Open)
            return SessionErrors.Closed;
        if (!IsTurnOf(signer))
            return SessionErrors.NotYourTurn;
        if (!signer.Move(SignerMove.Refuse, now, reason))
            return SessionErrors.AlreadySigned;
        Write(CeremonyStep.Refused, actor, now, signer);
        Close(SessionMove.Refuse, now);
        return Result.Success;
    }

    public Result Cancel(string actor, DateTimeOffset now)
    {
        if (State != SessionState.Open)
            return SessionErrors.Closed;
        Write(CeremonyStep.Cancelled, actor, now);
        Close(SessionMove.Cancel, now);
        return Result.Success;
    }

    /// <summary>The deadline has passed.</summary>
    public void Expire(DateTimeOffset now)
    {
        if (State != SessionState.Open || now < Deadline)
            return;
        Write(CeremonyStep.Expired, SigningEvent.System, now);
        Close(SessionMove.Expire, now);
    }

    /// <summary>Those who could sign now are reminded; once, however many reminders fell due meanwhile.</summary>
    public void Remind(DateTimeOffset now)
    {
        if (State != SessionState.Open || NextReminderAt is not { } due || now < due)
            return;
        foreach (var signer in Signers.Where(s => s.State != SignerState.Signed && IsTurnOf(s)))
            Write(CeremonyStep.Reminded, SigningEvent.System, now, signer);
        NextReminderAt = Reminders.Next(CreatedAt, Deadline, now);
    }

    /// <summary>The files are gone; what was signed, by whom and with which hash, stays.</summary>
    public void DeleteContents(DateTimeOffset now)
    {
        ContentsDeletedAt ??= now;
        Write(CeremonyStep.ContentsDeleted, SigningEvent.System, now);
    }

    public void Write(CeremonyStep step, string actor, DateTimeOffset now, SessionSigner? signer = null, SessionDocument? document = null,
        string sha256 = "", string detail = "")
    {
        Changes++;
        log.Add(SigningEvent.Of(this, step, actor, now, signer?.Id, document?.Id, sha256, detail));
    }

    public void ForgetLog() => log.Clear();

    private void Ask(DateTimeOffset now)
    {
        var turn = Signers.Where(s => s.State != SignerState.Signed).Min(s => s.Turn);
        foreach (var signer in Signers.Where(s => s.Turn == turn && s.State != SignerState.Signed))
            Write(CeremonyStep.Requested, SigningEvent.System, now, signer);
    }

    // Who was in the middle of signing has failed; an answer that still comes is recorded and not used.
    private void Close(SessionMove move, DateTimeOffset now)
    {
        if (SigningGraph.Next(State, move) is not { } next)
            throw new InvalidOperationException($"{move} does not follow {State}.");
        (State, ClosedAt, NextReminderAt) = (next, now, null);
        foreach (var signer in Signers.Where(s => s.State == SignerState.Signing))
            signer.Move(SignerMove.Fail, now, code: SessionErrors.Closed.Code);
        foreach (var document in Documents.Where(d => d.HeldBy is not null))
            document.Release(document.HeldBy.GetValueOrDefault());
    }
}
