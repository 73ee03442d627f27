using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace HaLong.ServiceDefaults;

/// <summary>The one table from <see cref="ErrorKind"/> to HTTP and gRPC.</summary>
internal static class ErrorTable
{
    public static int HttpStatus(this ErrorKind kind) => kind switch
    {
        ErrorKind.Validation => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict or ErrorKind.AlreadyExists => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.UnsupportedMedia => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.KeyReused => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Timeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static StatusCode GrpcStatus(this ErrorKind kind) => kind switch
    {
        ErrorKind.Validation or ErrorKind.KeyReused or ErrorKind.UnsupportedMedia => StatusCode.InvalidArgument,
        ErrorKind.Unauthenticated => StatusCode.Unauthenticated,
        ErrorKind.Forbidden => StatusCode.PermissionDenied,
        ErrorKind.NotFound => StatusCode.NotFound,
        ErrorKind.Conflict => StatusCode.FailedPrecondition,
        ErrorKind.AlreadyExists => StatusCode.AlreadyExists,
        ErrorKind.PreconditionFailed => StatusCode.Aborted,
        ErrorKind.TooLarge or ErrorKind.Gone => StatusCode.OutOfRange,
        ErrorKind.TooMany => StatusCode.ResourceExhausted,
        ErrorKind.Unavailable => StatusCode.Unavailable,
        ErrorKind.Timeout => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };

    /// <summary>What a bare status without a problem of its own means.</summary>
    public static Error ForHttpStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => CommonErrors.Unauthenticated,
        StatusCodes.Status403Forbidden => CommonErrors.Forbidden,
        StatusCodes.Status404NotFound => CommonErrors.NotFound,
        StatusCodes.Status405MethodNotAllowed => CommonErrors.MethodNotAllowed,
        StatusCodes.Status409Conflict => CommonErrors.LostRace,
        StatusCodes.Status412PreconditionFailed => CommonErrors.StaleRevision,
        StatusCodes.Status413PayloadTooLarge => CommonErrors.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => CommonErrors.UnsupportedMedia,
        StatusCodes.Status429TooManyRequests => CommonErrors.TooMany,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => CommonErrors.Unavailable,
        StatusCodes.Status504GatewayTimeout => CommonErrors.Timeout,
        >= 400 and < 500 => CommonErrors.BadRequest,
        _ => CommonErrors.Internal,
    };
}
