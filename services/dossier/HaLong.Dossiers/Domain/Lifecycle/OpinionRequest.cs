namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>A question to another agency about a dossier, with a clock of its own (lấy ý kiến cơ quan phối hợp; Decree 61/2018, article 19.5).</summary>
internal sealed class OpinionRequest
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>Which of the dossier, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The unit that is asked.</summary>
    public required string UnitCode { get; init; }

    public required string UnitNameVi { get; init; }
    public required string UnitNameEn { get; init; }
    public required string Question { get; init; }
    public Guid RequestedBy { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset Deadline { get; init; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public Guid? AnsweredBy { get; private set; }
    public string? Answer { get; private set; }

    /// <summary>Closed without an answer: nobody waits for it any longer.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    public string? CloseReason { get; private set; }

    /// <summary>Answered after its deadline, or closed because of it.</summary>
    public bool Late { get; private set; }

    public bool IsOpen => AnsweredAt is null && ClosedAt is null;

    public void Reply(Guid by, string answer, DateTimeOffset now) => (AnsweredBy, Answer, AnsweredAt, Late) = (by, answer, now, now > Deadline);

    public void Close(string reason, DateTimeOffset now) => (CloseReason, ClosedAt, Late) = (reason, now, true);
}
