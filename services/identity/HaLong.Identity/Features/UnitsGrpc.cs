using Grpc.Core;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Features;

/// <summary>Administrative units for the other services.</summary>
internal sealed class UnitsGrpc(IdentityDbContext db, TimeProvider time) : Units.UnitsBase
{
    public override async Task<BatchGetUnitsResponse> BatchGetUnits(BatchGetUnitsRequest request, ServerCallContext context)
    {
        Batch.Check(request.Codes);
        var day = ListUnits.LocalDay(request.At, time) ?? throw new ErrorException(IdentityErrors.InvalidDate);
        var codes = request.Codes.ToList();
        var answer = new BatchGetUnitsResponse();
        var found = await ListUnits.ValidOn(db, day).Where(u => codes.Contains(u.Code)).OrderBy(u => u.Code).ToListAsync(context.CancellationToken);
        answer.Units.AddRange(found.Select(u => new V1.Unit
        {
            Id = u.Id,
            Code = u.Code,
            NameVi = u.NameVi,
            NameEn = u.NameEn,
            Level = u.Level,
            ParentCode = u.ParentCode ?? "",
        }));
        return answer;
    }
}
