using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Dossiers.Tests;

/// <summary>Plays identity's answer to who works where and as what: of <see cref="Neighbours.Officials"/>.</summary>
internal sealed class StaffList(Neighbours owner) : StaffAssignments.StaffAssignmentsBase
{
    public override Task<BatchGetAssignmentsResponse> BatchGetAssignments(BatchGetAssignmentsRequest request, ServerCallContext context)
    {
        if (owner.IdentityDown)
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
        // Like the real one: told to services only.
        var token = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
        if (token.GetPayloadValue<string>("scope") != Policies.InternalScope)
            throw new RpcException(new Status(StatusCode.PermissionDenied, "services only"));
        var answer = new BatchGetAssignmentsResponse();
        foreach (var id in request.AccountIds)
        {
            if (owner.Officials.TryGetValue(id, out var official))
                answer.Assignments.Add(new StaffAssignment { Id = id, AccountId = id, UnitCode = official.Unit, UnitId = official.Unit + "@2025-07-01", Roles = { official.Roles }, Primary = true });
        }

        return Task.FromResult(answer);
    }
}
