using Grpc.Core;
using HaLong.Identity.Domain;
using HaLong.Identity.Features;
using HaLong.Identity.Persistence;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Unit = HaLong.Identity.Domain.Unit;

namespace HaLong.Identity.Units;

/// <summary>Units through time for the other services.</summary>
internal sealed class UnitHistoryGrpc(IdentityDbContext db, UnitMapper mapper, TimeProvider time) : UnitHistory.UnitHistoryBase
{
    public override async Task<BatchFindUnitsResponse> BatchFindUnits(BatchFindUnitsRequest request, ServerCallContext context)
    {
        Batch.Check(request.Questions);
        var asked = request.Questions.Select(q => (Question: q, Day: DayOf(q.At))).ToList();
        var codes = asked.Select(a => a.Question.Code).Distinct().ToList();
        // All versions of the codes at once; which one is meant is decided here, by day.
        var versions = (await db.Units.AsNoTracking().Where(u => codes.Contains(u.Code)).ToListAsync(context.CancellationToken)).ToLookup(u => u.Code);
        var answer = new BatchFindUnitsResponse();
        foreach (var (question, day) in asked)
        {
            var unit = versions[question.Code].SingleOrDefault(u => u.IsValidOn(day));
            answer.Answers.Add(new FoundUnit { Question = question, Unit = unit is null ? null : ToMessage(unit) });
        }

        return answer;
    }

    public override async Task<BatchMapUnitsResponse> BatchMapUnits(BatchMapUnitsRequest request, ServerCallContext context)
    {
        Batch.Check(request.Ids);
        var day = DayOf(request.To);
        var answer = new BatchMapUnitsResponse();
        foreach (var mapped in await mapper.MapAsync(request.Ids, day, context.CancellationToken))
        {
            if (day < mapped.Source.ValidFrom)
                throw new ErrorException(IdentityErrors.MappingBackwards);
            var message = new V1.MappedUnit
            {
                Id = mapped.Source.Id,
                Unit = mapped.Target is null ? null : ToMessage(mapped.Target),
                NeedsChoice = mapped.NeedsChoice,
                Confirmed = mapped.IsConfirmed,
            };
            message.Choices.AddRange(mapped.Choices.Select(ToMessage));
            answer.Units.Add(message);
        }

        return answer;
    }

    internal static V1.Unit ToMessage(Unit u) => new()
    {
        Id = u.Id,
        Code = u.Code,
        NameVi = u.NameVi,
        NameEn = u.NameEn,
        Level = u.Level,
        ParentCode = u.ParentCode ?? "",
    };

    private DateOnly DayOf(string text) => ListUnits.LocalDay(text, time) ?? throw new ErrorException(IdentityErrors.InvalidDate);
}
