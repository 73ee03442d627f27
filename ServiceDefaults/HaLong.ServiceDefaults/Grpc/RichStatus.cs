using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace HaLong.ServiceDefaults;

/// <summary>Errors over gRPC: <c>google.rpc.Status</c> with <c>ErrorInfo</c> (code, messages) and <c>BadRequest</c> (fields), and back.</summary>
internal static class RichStatus
{
    private const string Domain = "halong";

    public static RpcException ToRpcException(Error error)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = error.Code };
        info.Metadata["kind"] = error.Kind.ToString();
        info.Metadata["vi"] = error.Vi;
        info.Metadata["en"] = error.En;
        var status = new Google.Rpc.Status { Code = (int)error.Kind.GrpcStatus(), Message = error.En, Details = { Any.Pack(info) } };
        if (error.Fields.Count > 0)
        {
            var violations = error.Fields.SelectMany(f => f.Value.Select(m => new BadRequest.Types.FieldViolation { Field = f.Key, Description = m }));
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violations } }));
        }

        return status.ToRpcException();
    }

    public static Error ToError(RpcException exception)
    {
        if (exception.GetRpcStatus() is { } status && status.GetDetail<ErrorInfo>() is { Domain: Domain } info
            && info.Metadata.TryGetValue("kind", out var kind) && System.Enum.TryParse<ErrorKind>(kind, out var parsed))
        {
            var error = new Error(parsed, info.Reason, info.Metadata.GetValueOrDefault("vi", ""), info.Metadata.GetValueOrDefault("en", ""));
            var fields = status.GetDetail<BadRequest>()?.FieldViolations.GroupBy(v => v.Field).ToDictionary(g => g.Key, g => g.Select(v => v.Description).ToArray());
            return fields is null ? error : error with { Fields = fields };
        }

        return exception.StatusCode switch
        {
            StatusCode.DeadlineExceeded => CommonErrors.Timeout,
            StatusCode.Unavailable or StatusCode.Cancelled => CommonErrors.Unavailable,
            StatusCode.ResourceExhausted => CommonErrors.Unavailable,
            StatusCode.Unauthenticated => CommonErrors.Unauthenticated,
            StatusCode.PermissionDenied => CommonErrors.Forbidden,
            _ => CommonErrors.Internal,
        };
    }
}
