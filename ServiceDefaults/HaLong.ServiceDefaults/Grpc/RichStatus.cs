using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace HaLong.ServiceDefaults;

/// <summary>
/// Errors over gRPC: <c>google.rpc.Status</c> with <c>ErrorInfo</c> (code, messages), <c>BadRequest</c> (fields) and <c>RetryInfo</c>, and back.
/// Both languages travel: who asked in the end is known only at the edge.
/// </summary>
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
        if (error.FieldMessages.Count > 0)
        {
            var violations = error.FieldMessages.Select(m => new BadRequest.Types.FieldViolation
            {
                Field = m.Field,
                Description = m.En,
                LocalizedMessage = new LocalizedMessage { Locale = "vi", Message = m.Vi },
            });
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violations } }));
        }

        if (error.RetryAfterSeconds is { } seconds)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) }));
        }

        return status.ToRpcException();
    }

    public static Error ToError(RpcException exception)
    {
        if (exception.GetRpcStatus() is { } status && status.GetDetail<ErrorInfo>() is { Domain: Domain } info
            && info.Metadata.TryGetValue("kind", out var kind) && System.Enum.TryParse<ErrorKind>(kind, out var parsed))
        {
            return new Error(parsed, info.Reason, info.Metadata.GetValueOrDefault("vi", ""), info.Metadata.GetValueOrDefault("en", ""))
            {
                FieldMessages = status.GetDetail<BadRequest>()?.FieldViolations
                    .Select(v => new FieldMessage(v.Field, v.LocalizedMessage?.Message ?? v.Description, v.Description)).ToList() ?? [],
                RetryAfterSeconds = (int?)status.GetDetail<RetryInfo>()?.RetryDelay.Seconds,
            };
        }

        return exception.StatusCode switch
        {
            StatusCode.DeadlineExceeded => CommonErrors.Timeout,
            StatusCode.Unavailable or StatusCode.Cancelled => CommonErrors.Unavailable,
            StatusCode.ResourceExhausted => CommonErrors.Unavailable,
            StatusCode.Unauthenticated => CommonErrors.Unauthenticated,
            StatusCode.PermissionDenied => CommonErrors.Forbidden,
            _ when NeverArrived(exception.Status.DebugException) => CommonErrors.Unavailable,
            _ => CommonErrors.Internal,
        };
    }

    /// <summary>The call, or the request for the token it needs, met a server that is away.</summary>
    private static bool NeverArrived(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is HttpRequestException or SocketException or Polly.ExecutionRejectedException)
            {
                return true;
            }
        }

        return false;
    }
}
