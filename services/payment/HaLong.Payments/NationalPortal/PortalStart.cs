using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.NationalPortal;

/// <summary>
/// Sends the order of an attempt that is recorded, once, outside of any transaction. A repeat of the request, a crash in between and an answer that never
/// came all lead to the same: whoever finds the order sent asks about it and does not send it again.
/// </summary>
internal sealed class PortalStart(PaymentDbContext db, PortalClient client, PortalDesk desk, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>Where the payer pays; nothing when nobody knows whether the platform has the order. An error when it has not.</summary>
    public async Task<Result<string?>> RunAsync(Guid attemptId, string ip)
    {
        // Not the request's token: who goes away in between must not leave half of it behind.
        var ct = CancellationToken.None;
        var now = time.GetUtcNow();
        var claimed = await db.Database.ExecuteSqlAsync($"UPDATE payment_attempt SET sent_at = {now} WHERE id = {attemptId} AND sent_at IS NULL AND state = 'open'", ct) == 1;
        var payment = await db.Payments.AsNoTracking().AsSplitQuery().SingleAsync(p => p.Attempts.Any(a => a.Id == attemptId), ct);
        var attempt = payment.Attempts.Single(a => a.Id == attemptId);
        if (!claimed)
            return attempt.State == AttemptState.Failed ? PortalErrors.Refused : Result.Of(attempt.RedirectUrl);
        var (outcome, url) = await client.OrderAsync(payment, attempt, ip);
        switch (outcome)
        {
            case OrderOutcome.Taken:
                await db.Database.ExecuteSqlAsync($"UPDATE payment_attempt SET redirect_url = {url} WHERE id = {attemptId}", ct);
                return Result.Of(url);
            case OrderOutcome.Lost:
                // As long as nothing else is known: a confirmation may have been quicker.
                var next = now + options.Value.QueryLostAfter;
                await db.Database.ExecuteSqlAsync($"UPDATE payment_attempt SET query_at = {next} WHERE id = {attemptId} AND state = 'open'", ct);
                return Result.Of<string?>(null);
            default:
                await desk.FailAsync((await desk.FindAsync(attempt.OrderNumber!, ct))!, ct); // An attempt that is sent has a number.
                return outcome == OrderOutcome.Refused ? PortalErrors.Refused : PortalErrors.Unreachable;
        }
    }

    /// <summary>Fills in where to pay after the attempt is committed: with an Idempotency-Key that is after the filter which commits it.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await next(context) is IResult recorded ? new Redirected(recorded) : throw new InvalidOperationException("An attempt is answered by a result.");

    /// <summary>The recorded answer with where to pay.</summary>
    private sealed class Redirected(IResult recorded) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            var (original, options) = (response.Body, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
            using var buffer = new MemoryStream();
            response.Body = buffer;
            try
            {
                await recorded.ExecuteAsync(httpContext);
                await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
            finally
            {
                response.Body = original;
            }

            buffer.Position = 0;
            if (response.StatusCode != StatusCodes.Status201Created || System.Text.Json.JsonSerializer.Deserialize<AttemptView>(buffer, options) is not { Method: PortalOptions.Provider } attempt)
            {
                buffer.Position = 0;
                await buffer.CopyToAsync(original, httpContext.RequestAborted);
                return;
            }

            var url = await httpContext.RequestServices.GetRequiredService<PortalStart>().RunAsync(attempt.Id, Address(httpContext));
            if (!url.IsSuccess)
            {
                // What was recorded has changed since: neither its place nor its revision holds.
                response.Headers.Location = default;
                response.Headers.ETag = default;
            }

            var answer = url.IsSuccess
                ? TypedResults.Json(attempt with { RedirectUrl = url.Value, Message = url.Value is null ? PaymentErrors.OutcomeUnknown.Message : null }, options, statusCode: StatusCodes.Status201Created)
                : url.Error.ToProblem();
            await answer.ExecuteAsync(httpContext);
        }

        // The gateway removes what clients claim about themselves and adds what it saw.
        private static string Address(HttpContext http) =>
            System.Net.IPAddress.TryParse(http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out var seen)
                ? seen.ToString()
                : http.Connection.RemoteIpAddress?.ToString() ?? "";
    }
}
