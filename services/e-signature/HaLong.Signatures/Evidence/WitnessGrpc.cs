using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using HaLong.Messaging.V1;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Features;
using Microsoft.AspNetCore.Authorization;

namespace HaLong.Signatures.Evidence;

/// <summary>gRPC: map, handle, map.</summary>
internal sealed class WitnessGrpc(AnchorBook book) : Witness.WitnessBase
{
    private const int MaxPage = 500, LastPartition = 999_912;

    [Authorize(Policies.Internal)]
    public override async Task<WitnessAnchorResponse> WitnessAnchor(WitnessAnchorRequest request, ServerCallContext context)
    {
        if (request.Anchor is null)
            throw new ErrorException(AnchorErrors.InvalidAnchor);
        if (Caller.From(context.GetHttpContext().User).ClientId != request.Anchor.Service)
            throw new ErrorException(AnchorErrors.OtherService);
        var accepted = await book.AcceptAsync(request.Anchor.ToStatement(), context.CancellationToken);
        if (!accepted.IsSuccess)
            throw new ErrorException(accepted.Error);
        var kept = accepted.Value;
        return new WitnessAnchorResponse
        {
            Id = kept.Id.ToString(),
            Anchor = kept.Statement.ToMessage(),
            Token = ByteString.CopyFrom(kept.Token),
            StampedAt = kept.StampedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
    }

    [Authorize(SignaturePolicies.Validate)]
    public override async Task<ListAnchorsResponse> ListAnchors(ListAnchorsRequest request, ServerCallContext context)
    {
        var months = (request.FromPartition, request.ToPartition == 0 ? LastPartition : request.ToPartition);
        var after = Guid.TryParse(request.After, out var id) ? id : (Guid?)null;
        var anchors = await book.ListAsync(request.Service, months, after, Math.Clamp(request.Limit, 1, MaxPage), context.CancellationToken);
        var response = new ListAnchorsResponse();
        response.Anchors.AddRange(anchors.Select(a => new KeptAnchor
        {
            Id = a.Id.ToString(),
            Anchor = a.Statement.ToMessage(),
            TokenSha256 = ByteString.CopyFrom(a.TokenHash),
            TimeStampHolds = a.Holds,
        }));
        return response;
    }
}
