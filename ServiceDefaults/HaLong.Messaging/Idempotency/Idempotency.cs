using System.Security.Cryptography;
using System.Text;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging;

/// <summary>
/// <c>Idempotency-Key</c>: the key, the effect and the answer commit together. A repeat, even a concurrent one, gets the first answer;
/// another request under the same key is 422; a request that was refused leaves its key free.
/// </summary>
public static class Idempotency
{
    /// <summary>Name of the request header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Set on an answer that was stored earlier.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private static readonly Error BadKey = CommonErrors.BadRequest.WithField(
        Header, "Khóa phải có từ 1 đến 200 ký tự ASCII in được.", "The key must be 1 to 200 printable ASCII characters.");

    /// <summary>Makes an endpoint with a small body (JSON, form or none) idempotent.</summary>
    public static RouteHandlerBuilder WithIdempotency<TContext>(this RouteHandlerBuilder endpoint)
        where TContext : DbContext => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.ContainsKey(Header))
        {
            return await next(context);
        }

        // A body that cannot be read a second time would not be part of the hash: two different requests would pass for one.
        if (!http.Request.Body.CanSeek && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            return CommonErrors.UnsupportedMedia.ToProblem();
        }

        if (await HashBodyAsync(http) is not { } hash)
        {
            return CommonErrors.TooLarge.ToProblem();
        }

        return await RunAsync(http.RequestServices.GetRequiredService<TContext>(), http, hash, async () => await next(context) switch
        {
            IResult result => result,
            var value => Results.Json(value),
        });
    });

    /// <summary>Runs a handler under the key of the request, or just runs it when there is none. For uploads, whose hash is known only after streaming.</summary>
    /// <param name="db">The unit of work that the handler uses.</param>
    /// <param name="http">The request.</param>
    /// <param name="requestHash">SHA-256 of what makes the request the same.</param>
    /// <param name="handler">The effect; refusals are results with a status of 400 or above.</param>
    public static async Task<IResult> RunAsync(DbContext db, HttpContext http, byte[] requestHash, Func<Task<IResult>> handler)
    {
        var key = http.Request.Headers[Header].ToString();
        if (!http.Request.Headers.ContainsKey(Header))
        {
            return await handler();
        }

        if (key.Length is 0 or > 200 || key.Any(c => c is < '!' or > '~'))
        {
            return BadKey.ToProblem();
        }

        var caller = Caller.From(http.User);
        var principal = PrincipalOf(caller);
        var ct = http.RequestAborted;
        var now = http.RequestServices.GetService<TimeProvider>()?.GetUtcNow() ?? TimeProvider.System.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO idempotency_key (principal, key, request_hash, created_at, status) VALUES ({principal}, {key}, {requestHash}, {now}, 0) ON CONFLICT DO NOTHING", ct) == 1;
        if (!isNew)
        {
            var stored = await db.Set<IdempotencyKey>().AsNoTracking().SingleAsync(k => k.Principal == principal && k.Key == key, ct);
            return stored.RequestHash.AsSpan().SequenceEqual(requestHash) ? new StoredResult(stored, replayed: true) : CommonErrors.KeyReused.ToProblem();
        }

        var result = await handler();
        var answer = await CapturedResponse.CaptureAsync(http, result, principal, key, requestHash);
        if (answer.Status >= StatusCodes.Status400BadRequest)
        {
            await transaction.RollbackAsync(ct);
            return new StoredResult(answer, replayed: false);
        }

        await db.Set<IdempotencyKey>().Where(k => k.Principal == principal && k.Key == key).ExecuteUpdateAsync(
            s => s.SetProperty(k => k.Status, answer.Status).SetProperty(k => k.ContentType, answer.ContentType).SetProperty(k => k.Body, answer.Body)
                .SetProperty(k => k.Location, answer.Location).SetProperty(k => k.Etag, answer.Etag), ct);
        await transaction.CommitAsync(ct);
        return new StoredResult(answer, replayed: false);
    }

    // Who acts for somebody else has keys of his own: an answer stored for the owner may hold what he must not see.
    private static string PrincipalOf(Caller caller) => caller switch
    {
        { Subject.Length: 0 } => "anonymous",
        { ActsForAnother: true } => $"{caller.Subject}:{caller.Actor}",
        _ => caller.Subject,
    };

    /// <summary>Null when the body turned out to be larger than what is kept.</summary>
    private static async Task<byte[]?> HashBodyAsync(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n{http.Request.Headers.IfMatch}\n"));
        if (http.Request.Body.CanSeek)
        {
            http.Request.Body.Position = 0;
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }

            if (http.Request.Body.Position > BodyBuffering.MaxBytes)
            {
                return null;
            }
        }

        return hash.GetHashAndReset();
    }
}
