using System.Collections.Concurrent;
using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Dossiers.Tests;

/// <summary>Plays identity's search for whose filing it is: a small real gRPC service, for services only.</summary>
internal sealed class OwnerSearch(Neighbours neighbours) : FilingOwners.FilingOwnersBase
{
    /// <summary>Verified people by personal number.</summary>
    public static ConcurrentDictionary<string, (Guid Id, string Name)> Verified { get; } = new();

    public override Task<FindFilingOwnerResponse> FindFilingOwner(FindFilingOwnerRequest request, ServerCallContext context)
    {
        var claims = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
        if (claims.GetPayloadValue<string>("scope") != Policies.InternalScope)
            throw new RpcException(new Status(StatusCode.PermissionDenied, "services only"));
        if (neighbours.IdentityDown)
            throw Neighbours.Down();
        return Task.FromResult(Verified.TryGetValue(request.PersonalNumber, out var found)
            ? new FindFilingOwnerResponse { AccountId = found.Id.ToString(), DisplayName = found.Name }
            : new FindFilingOwnerResponse());
    }
}
