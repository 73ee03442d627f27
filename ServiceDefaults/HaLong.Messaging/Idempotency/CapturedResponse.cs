using Microsoft.AspNetCore.Http;

namespace HaLong.Messaging;

/// <summary>Runs a result into memory, so that the answer can be stored before it is sent.</summary>
internal static class CapturedResponse
{
    public static async Task<IdempotencyKey> CaptureAsync(HttpContext http, IResult result, string principal, string key, byte[] requestHash)
    {
        var response = http.Response;
        var original = response.Body;
        using var buffer = new MemoryStream();
        response.Body = buffer;
        try
        {
            await result.ExecuteAsync(http);
            await response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            response.Body = original;
        }

        return new IdempotencyKey
        {
            Principal = principal,
            Key = key,
            RequestHash = requestHash,
            CreatedAt = default,
            Status = response.StatusCode,
            ContentType = response.ContentType,
            Body = buffer.ToArray(),
            Location = Header(response.Headers.Location),
            Etag = Header(response.Headers.ETag),
        };
    }

    private static string? Header(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}

/// <summary>Sends a captured answer.</summary>
internal sealed class StoredResult(IdempotencyKey answer, bool replayed) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.Location is not null)
        {
            response.Headers.Location = answer.Location;
        }

        if (answer.Etag is not null)
        {
            response.Headers.ETag = answer.Etag;
        }

        if (replayed)
        {
            response.Headers[Idempotency.ReplayedHeader] = "true";
        }

        if (answer.Body is { Length: > 0 })
        {
            await response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }
}
