using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>Feedback as its author and the agency see it; the agency is not told who wrote it.</summary>
/// <param name="Kind">complaint or proposal.</param>
/// <param name="State">received, awaitingSupplement, refused or answered.</param>
/// <param name="DueAt">Until when the agency has to answer, or to publish its answer; null while it has nothing to do.</param>
/// <param name="Late">The agency missed a date, or is past it now.</param>
/// <param name="ToPublish">The answer is to be made public; null before it is there.</param>
/// <param name="Repeated">The same author about the same matter, after an answer.</param>
internal sealed record FeedbackView(
    Guid Id, string UnitCode, string? ProcedureCode, Guid? DossierId, string Kind, string Text, DateTimeOffset ReceivedAt, string State, string StateName,
    DateTimeOffset? DueAt, bool Late, string? SupplementQuestion, DateTimeOffset? SupplementUntil, string? Supplement, string? RefusalReason, string? Answer,
    DateTimeOffset? AnsweredAt, bool? Upheld, bool? ToPublish, DateTimeOffset? PublishedAt, bool? Satisfied, bool Repeated, string LegalBasis, uint Version)
{
    public static FeedbackView Of(Feedback f, FeedbackLimitBook limits, DateTimeOffset now)
    {
        var (vi, en) = FeedbackState.Name(f.State);
        return new FeedbackView(
            f.Id, f.UnitCode, f.ProcedureCode, f.DossierId, f.Kind, f.Text, f.ReceivedAt, f.State, ServiceDefaults.Text.Bilingual(vi, en), f.DueAt,
                f.IsLate(now),
            f.SupplementQuestion, f.State == FeedbackState.AwaitingSupplement ? f.SupplementUntil : null, f.Supplement, f.RefusalReason, f.Answer, f.AnsweredAt,
            f.Upheld, f.ToPublish, f.PublishedAt, f.Satisfied, f.Repeated, limits.At(LocalTime.Date(f.ReceivedAt)).LegalBasis, f.Version);
    }
}

/// <summary>An answer that anybody may read.</summary>
/// <param name="Text">The matter in words without personal data.</param>
internal sealed record PublishedFeedback(
    Guid Id, string UnitCode, string? ProcedureCode, string Kind, string Text, string Answer, DateOnly ReceivedOn, DateOnly AnsweredOn,
        DateTimeOffset PublishedAt)
{
    public static PublishedFeedback Of(Feedback f) => new(
        f.Id, f.UnitCode, f.ProcedureCode, f.Kind, f.PublicText!, f.PublicAnswer!, LocalTime.Date(f.ReceivedAt), LocalTime.Date(f.AnsweredAt!.Value),
            f.PublishedAt!.Value);
}
