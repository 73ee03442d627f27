using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Messaging;

/// <summary>A lost race is 412 for callers who sent If-Match, else 409; a database that is away is 503.</summary>
internal sealed class DatabaseExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var error = exception switch
        {
            DbUpdateConcurrencyException => Etag.IsConditional(httpContext.Request) ? CommonErrors.StaleRevision : CommonErrors.LostRace,
            DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => CommonErrors.LostRace,
            // Wrapped, when it came while saving.
            _ => Unwrap(exception) switch
            {
                PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => CommonErrors.LostRace,
                { IsTransient: true } => CommonErrors.Unavailable,
                _ => null,
            },
        };
        if (error is null)
        {
            return false;
        }

        await error.ToProblem().ExecuteAsync(httpContext);
        return true;
    }

    private static NpgsqlException? Unwrap(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is NpgsqlException npgsql)
            {
                return npgsql;
            }
        }

        return null;
    }
}
