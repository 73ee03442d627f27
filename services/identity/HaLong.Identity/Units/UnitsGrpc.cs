using Grpc.Core;
using HaLong.Identity.Domain;
using HaLong.Identity.Features;
using HaLong.Identity.Persistence;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>Administrative units for the other services.</summary>
internal sealed class UnitsGrpc(IdentityDbContext db, TimeProvider time) : V1.Units.UnitsBase
{
    public override async Task<BatchGetUnitsResponse> BatchGetUnits(BatchGetUnitsRequest request, ServerCallContext context)
    {
        Batch.Check(request.Codes);
        var day = ListUnits.LocalDay(request.At, time) ?? throw new ErrorException(IdentityErrors.InvalidDate);
        var codes = request.Codes.ToList();
        var answer = new BatchGetUnitsResponse();
        var found = await ListUnits.ValidOn(db, day).Where(u => codes.Contains(u.Code)).OrderBy(u => u.Code).ToListAsync(context.CancellationToken);
        answer.Units.AddRange(found.Select(UnitHistoryGrpc.ToMessage));
        return answer;
    }
}
