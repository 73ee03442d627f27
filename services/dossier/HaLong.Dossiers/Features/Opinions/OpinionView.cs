using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Opinions;

/// <summary>A question to another agency and its answer.</summary>
/// <param name="Late">Answered after its deadline, or closed without an answer.</param>
internal sealed record OpinionView(
    Guid Id, int Number, string UnitCode, string UnitName, string Question, DateTimeOffset RequestedAt, DateTimeOffset Deadline, string? Answer, DateTimeOffset? AnsweredAt,
    DateTimeOffset? ClosedAt, string? CloseReason, bool Late)
{
    public static OpinionView Of(OpinionRequest o) => new(
        o.Id, o.Number, o.UnitCode, Text.Bilingual(o.UnitNameVi, o.UnitNameEn), o.Question, o.RequestedAt, o.Deadline, o.Answer, o.AnsweredAt, o.ClosedAt, o.CloseReason, o.Late);
}
