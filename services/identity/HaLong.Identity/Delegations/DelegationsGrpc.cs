using System.Globalization;
using Grpc.Core;
using HaLong.Identity.Features;
using HaLong.Identity.Persistence;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Delegations;

/// <summary>Delegations for the other services.</summary>
internal sealed class DelegationsGrpc(IdentityDbContext db, TimeProvider time) : V1.Delegations.DelegationsBase
{
    public override async Task<BatchGetDelegationsResponse> BatchGetDelegations(BatchGetDelegationsRequest request, ServerCallContext context)
    {
        Batch.Check(request.Ids);
        var ids = request.Ids.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Distinct().ToList();
        var today = LocalTime.Date(time.GetUtcNow());
        var answer = new BatchGetDelegationsResponse();
        var found = await db.Delegations.AsNoTracking().Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(context.CancellationToken);
        answer.Delegations.AddRange(found.Select(d => Write(d, today)));
        return answer;
    }

    private static V1.Delegation Write(Delegation d, DateOnly today)
    {
        var written = new V1.Delegation
        {
            Id = d.Id.ToString(),
            PrincipalId = d.PrincipalId.ToString(),
            DelegateId = d.State == DelegationState.Offered ? "" : d.DelegateId?.ToString() ?? "",
            DossierId = d.DossierId?.ToString() ?? "",
            From = d.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            To = d.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            State = d.StateOn(today),
            Active = d.IsActiveOn(today),
        };
        written.Acts.AddRange(d.Acts);
        written.ProcedureCodes.AddRange(d.Procedures);
        return written;
    }
}
