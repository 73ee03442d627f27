using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>A question to another agency.</summary>
internal sealed record OpinionAsk(DossierUnit Unit, string Question, DateTimeOffset Deadline);

// Opinions of other agencies, several at once, each with its own clock; the dossier's clock runs (Decree 61/2018, article 19.5).
internal sealed partial class Dossier
{
    /// <summary>How many were asked for.</summary>
    public int Opinions { get; private set; }

    /// <summary>How many are waited for.</summary>
    public int OpenOpinions { get; private set; }

    public Result RequestOpinion(Actor actor, OpinionAsk ask, DateTimeOffset now)
    {
        if (Refusal(Moves.RequestOpinion, actor) is { } refusal)
            return refusal;
        var until = Status == DossierStatus.WaitOpinion && WaitUntil < ask.Deadline ? WaitUntil : ask.Deadline;
        Apply(Moves.RequestOpinion, actor, now, $"Lấy ý kiến của {ask.Unit.NameVi}", $"Asked {ask.Unit.NameEn} for its opinion", until: until);
        (Opinions, OpenOpinions, WaitUntil) = (Opinions + 1, OpenOpinions + 1, until);
        records.Add(new OpinionRequest
        {
            Id = Guid.CreateVersion7(now),
            DossierId = Id,
            Number = Opinions,
            UnitCode = ask.Unit.Code,
            UnitNameVi = ask.Unit.NameVi,
            UnitNameEn = ask.Unit.NameEn,
            Question = ask.Question,
            RequestedBy = actor.Id,
            RequestedAt = now,
            Deadline = ask.Deadline,
        });
        IssueControl(actor, now, UnitNameVi, ask.Unit.NameVi, null, ask.Question);
        return Result.Success;
    }

    /// <summary>The agency answers; the last answer lets the handling go on.</summary>
    /// <param name="opinion">The question.</param>
    /// <param name="nextDeadline">The first deadline among the others that are open; null when none is.</param>
    /// <param name="actor">Who answers.</param>
    /// <param name="answer">What.</param>
    /// <param name="now">The moment.</param>
    public Result AnswerOpinion(OpinionRequest opinion, DateTimeOffset? nextDeadline, Actor actor, string answer, DateTimeOffset now)
    {
        if (EndRefusal(Moves.AnswerOpinion, opinion, actor) is { } refusal)
            return refusal;
        opinion.Reply(actor.Id, answer, now);
        EndOpinion(Moves.AnswerOpinion, nextDeadline, actor, now,
            opinion.Late ? $"{opinion.UnitNameVi} đã trả lời, muộn so với thời hạn" : $"{opinion.UnitNameVi} đã trả lời",
            opinion.Late ? $"{opinion.UnitNameEn} answered, late" : $"{opinion.UnitNameEn} answered");
        IssueControl(actor, now, opinion.UnitNameVi, UnitNameVi, opinion.Late ? "LATE" : "ON_TIME", null);
        return Result.Success;
    }

    /// <summary>The agency did not answer in time; the handling goes on without it, and the head of the one-stop unit learns of it.</summary>
    public Result CloseOpinion(OpinionRequest opinion, DateTimeOffset? nextDeadline, Actor actor, string reason, DateTimeOffset now)
    {
        if (EndRefusal(Moves.CloseOpinion, opinion, actor) is { } refusal)
            return refusal;
        if (now <= opinion.Deadline)
            return LifecycleErrors.StillTime;
        opinion.Close(reason, now);
        EndOpinion(Moves.CloseOpinion, nextDeadline, actor, now,
            $"{opinion.UnitNameVi} không trả lời trong thời hạn; tiếp tục giải quyết", $"{opinion.UnitNameEn} did not answer in time; handling goes on");
        return Result.Success;
    }

    private Error? EndRefusal(string action, OpinionRequest opinion, Actor actor) =>
        Refusal(action, actor) ?? (opinion.IsOpen ? null : LifecycleErrors.OpinionClosed);

    private void EndOpinion(string action, DateTimeOffset? nextDeadline, Actor actor, DateTimeOffset now, string vi, string en)
    {
        OpenOpinions--;
        Apply(action, actor, now, vi, en, stay: OpenOpinions > 0);
        WaitUntil = nextDeadline;
    }
}
