using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Dossiers.Tests;

/// <summary>A signing session of the neighbour.</summary>
public sealed class SigningRoom(CreateSigningSessionRequest request)
{
    public static readonly byte[] Mark = [.. "\n% signed by a person\n%%EOF\n"u8];

    public CreateSigningSessionRequest Request { get; } = request;
    public string State { get; private set; } = "open";
    public string Reason { get; private set; } = "";
    public byte[] Pdf { get; private set; } = request.Documents[0].Pdf.ToByteArray();
    public byte[] Original => Request.Documents[0].Pdf.ToByteArray();
    public string DocumentId { get; } = Guid.CreateVersion7().ToString();

    /// <summary>The signer signs; what comes of it is the document with something appended, unless something else is given.</summary>
    public byte[] Sign(byte[]? instead = null)
    {
        (State, Pdf) = ("completed", instead ?? [.. Original, .. Mark]);
        return Pdf;
    }

    public void End(string state, string reason = "") => (State, Reason) = (state, reason);
}

/// <summary>Signing sessions of e-signature, for services only: made once under an id, taken back as long as they are open.</summary>
public sealed class SigningRooms(Neighbours owner) : SigningSessions.SigningSessionsBase
{
    public override Task<SigningSessionReply> Create(CreateSigningSessionRequest request, ServerCallContext context)
    {
        Check(context);
        var room = owner.Rooms.GetOrAdd(request.SessionId, _ => new SigningRoom(request));
        if (!room.Request.Equals(request))
            throw Refuse(ErrorKind.KeyReused, "SIG-0303");
        if (owner.LostAnswers > 0)
        {
            owner.LostAnswers--;
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "lost"));
        }
        return Task.FromResult(Reply(room));
    }

    public override Task<SigningSessionReply> Get(GetSigningSessionRequest request, ServerCallContext context)
    {
        Check(context);
        return Task.FromResult(Reply(Find(request.SessionId)));
    }

    public override Task<SigningDocumentReply> GetDocument(GetSigningDocumentRequest request, ServerCallContext context)
    {
        Check(context);
        var room = Find(request.SessionId);
        Assert.Equal(room.DocumentId, request.DocumentId);
        return Task.FromResult(new SigningDocumentReply { DocumentId = room.DocumentId, Pdf = ByteString.CopyFrom(room.Pdf) });
    }

    public override Task<SigningSessionReply> Cancel(CancelSigningSessionRequest request, ServerCallContext context)
    {
        Check(context);
        var room = Find(request.SessionId);
        if (room.State is not ("open" or "cancelled"))
            throw Refuse(ErrorKind.Conflict, "SIG-0304");
        room.End("cancelled");
        return Task.FromResult(Reply(room));
    }

    private SigningRoom Find(string id) => owner.Rooms.TryGetValue(id, out var room) ? room : throw Refuse(ErrorKind.NotFound, "SIG-0302");

    /// <summary>As the real one says it, with its code.</summary>
    private static RpcException Refuse(ErrorKind kind, string code)
    {
        var info = new Google.Rpc.ErrorInfo { Domain = "halong", Reason = code, Metadata = { ["kind"] = kind.ToString(), ["vi"] = "Từ chối.", ["en"] = "Refused." } };
        return new Google.Rpc.Status { Code = (int)StatusCode.FailedPrecondition, Details = { Any.Pack(info) } }.ToRpcException();
    }

    private void Check(ServerCallContext context)
    {
        var claims = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
        if (claims.GetPayloadValue<string>("scope") != Policies.InternalScope)
            throw new RpcException(new Status(StatusCode.PermissionDenied, "services only"));
        if (owner.SignatureDown)
            throw Neighbours.Down();
    }

    private static SigningSessionReply Reply(SigningRoom room) => new()
    {
        SessionId = room.Request.SessionId,
        State = room.State,
        Deadline = room.Request.Deadline,
        Documents = { new SigningDocumentInfo { DocumentId = room.DocumentId, Name = room.Request.Documents[0].Name } },
        Signers = { new SignerInfo { AccountId = room.Request.Signers[0].AccountId, Turn = 1, State = room.State == "refused" ? "refused" : "waiting", Reason = room.Reason } },
    };
}
