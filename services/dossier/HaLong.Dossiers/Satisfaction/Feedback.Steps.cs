using HaLong.Dossiers.Satisfaction.Petitions;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction;

/// <summary>The steps of feedback. Each refuses, or changes the state and settles whether the agency was in time.</summary>
internal sealed partial class Feedback
{
    /// <summary>Past a date, now or before: what is late is late although nobody has looked yet.</summary>
    public bool IsLate(DateTimeOffset now) => OnTime == false || (OnTime is null && DueAt < now);

    /// <summary>It is not taken up: not about administrative procedures, or not this unit's.</summary>
    public Result Refuse(string reason, FeedbackTimes times, DateTimeOffset now)
    {
        if (State != FeedbackState.Received)
            return WrongState();
        InTime(now <= times.Refuse(SupplementedAt ?? ReceivedAt), last: true);
        (State, RefusedAt, RefusalReason, DueAt) = (FeedbackState.Refused, now, reason, null);
        return Result.Success;
    }

    /// <summary>The author did not add what was asked for: it is closed without fault of the agency.</summary>
    public void Lapse(string reason, DateTimeOffset now)
    {
        InTime(true, last: true);
        (State, RefusedAt, RefusalReason, DueAt) = (FeedbackState.Refused, now, reason, null);
    }

    /// <summary>The author is asked to add something; until then the agency's time stands.</summary>
    public Result Ask(string question, FeedbackTimes times, DateTimeOffset now)
    {
        if (State != FeedbackState.Received)
            return WrongState();
        if (SupplementAskedAt is not null)
            return SatisfactionErrors.AskedAlready;
        InTime(now <= times.Ask(ReceivedAt) && now <= DueAt, last: false);
        (State, SupplementAskedAt, SupplementQuestion, SupplementUntil, DueAt) = (FeedbackState.AwaitingSupplement, now, question, times.Supplement(now), null);
        return Result.Success;
    }

    /// <summary>The author adds it; the limit of the answer counts from here (assumed: the decision does not say).</summary>
    public Result Complete(string text, FeedbackTimes times, DateTimeOffset now)
    {
        if (State != FeedbackState.AwaitingSupplement)
            return WrongState();
        (State, Supplement, SupplementedAt, DueAt) = (FeedbackState.Received, text, now, times.Answer(now));
        return Result.Success;
    }

    public Result Reply(string answer, bool upheld, bool toPublish, Guid by, FeedbackTimes times, DateTimeOffset now)
    {
        if (State is not (FeedbackState.Received or FeedbackState.AwaitingSupplement))
            return WrongState();
        InTime(DueAt is null || now <= DueAt, last: !toPublish);
        (State, AnsweredAt, AnsweredBy, Answer, Upheld, ToPublish) = (FeedbackState.Answered, now, by, answer, upheld, toPublish);
        DueAt = toPublish ? times.Publish(now) : null;
        return Result.Success;
    }

    public Result Publish(string text, string answer, DateTimeOffset now)
    {
        if (State != FeedbackState.Answered)
            return WrongState();
        if (ToPublish != true || PublishedAt is not null)
            return SatisfactionErrors.NotForPublication;
        InTime(now <= DueAt, last: true);
        (PublishedAt, PublicText, PublicAnswer, DueAt) = (now, text, answer, null);
        return Result.Success;
    }

    /// <summary>What the author thinks of the answer; the last word counts.</summary>
    public Result Judge(bool satisfied)
    {
        if (State != FeedbackState.Answered)
            return WrongState();
        Satisfied = satisfied;
        return Result.Success;
    }

    // Late once is late for good; in time is known only with the last step.
    private void InTime(bool inTime, bool last)
    {
        if (!inTime)
            OnTime = false;
        else if (last)
            OnTime ??= true;
    }

    private Error WrongState()
    {
        var (vi, en) = FeedbackState.Name(State);
        return SatisfactionErrors.FeedbackState.Format(vi, en);
    }
}
