using System.Security.Cryptography;
using System.Text;
using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>A partner asks for events at an address and gets the secret that will sign them.</summary>
internal static class CreateSubscription
{
    private const int LongestKey = 200;

    internal sealed record Request(string? Url, string[]? Types);

    public static void MapCreateSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions.MapPost("", HandleAsync)
        .WithName("createSubscription")
        .WithSummary("Subscribe to events by webhook")
        .WithDescription(
            "`types` are prefixes, e.g. `vn.halong.dossier.`. The address must be https and public. The secret is shown only in this answer; it signs "
            + "every delivery (Standard Webhooks). Takes effect at once, for events from now on.")
        .Produces<CreatedSubscriptionView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        Request request, HttpContext http, Caller caller, NotificationDbContext db, AddressGuard guard, SecretVault vault, TimeProvider clock,
        CancellationToken ct)
    {
        if (await guard.CheckAsync(request.Url, ct) is { } refusedUrl)
            return refusedUrl.ToProblem();
        if (!EventTypes.IsUsableFilter(request.Types))
        {
            return NotificationErrors.TypesNotUsable.WithField(
                "types", "Cần 1–20 tiền tố, ví dụ vn.halong.dossier.", "One to twenty prefixes are needed, e.g. vn.halong.dossier.").ToProblem();
        }

        var key = http.Request.Headers[Idempotency.Header].ToString() is { Length: > 0 } given ? given : null;
        if (key is { Length: > LongestKey })
            return CommonErrors.BadRequest.ToProblem();
        var hash = HashOf(request);
        if (key is not null && await FindByKeyAsync(db, caller, key, ct) is { } earlier)
            return Replay(http, earlier, hash, vault);
        if (await db.SubscriptionsOf(caller).CountAsync(ct) >= Subscription.MostPerOwner)
            return NotificationErrors.TooManySubscriptions.ToProblem();

        // As exact as the database keeps it, so that a repeat gets the very same answer.
        var now = clock.GetUtcNow();
        var (subscription, secret) = New(request, caller, key, hash, vault, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
        db.Add(subscription);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (key is not null && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same request at the same moment was faster.
            db.ChangeTracker.Clear();
            return await FindByKeyAsync(db, caller, key, ct) is { } faster ? Replay(http, faster, hash, vault) : CommonErrors.LostRace.ToProblem();
        }

        return Created(http, subscription, secret);
    }

    private static (Subscription Subscription, byte[] Secret) New(
        Request request, Caller caller, string? key, string hash, SecretVault vault, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var secret = WebhookSignature.NewSecret();
        return (new Subscription
        {
            Id = id,
            Owner = caller.ClientId,
            Url = request.Url ?? "",
            Types = request.Types ?? [],
            Secret = vault.Seal(id, secret),
            CreatedAt = now,
            CreationKey = key,
            CreationHash = key is null ? null : hash,
        }, secret);
    }

    // The common idempotency filter would keep the answer, and with it the secret, in clear text. Here the subscription itself is the
    // stored answer: its secret is unsealed again for whoever repeats the request that made it.
    private static Task<Subscription?> FindByKeyAsync(NotificationDbContext db, Caller caller, string key, CancellationToken ct) =>
        db.SubscriptionsOf(caller).AsNoTracking().SingleOrDefaultAsync(s => s.CreationKey == key, ct);

    private static IResult Replay(HttpContext http, Subscription earlier, string hash, SecretVault vault)
    {
        if (earlier.CreationHash != hash)
            return CommonErrors.KeyReused.ToProblem();
        http.Response.Headers[Idempotency.ReplayedHeader] = "true";
        return Created(http, earlier, vault.Open(earlier.Id, earlier.Secret));
    }

    private static Created<CreatedSubscriptionView> Created(HttpContext http, Subscription s, byte[] secret)
    {
        Etag.Set(http.Response, s.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            $"/api/v1/subscriptions/{s.Id}", new CreatedSubscriptionView(s.Id, s.Url, s.Types, s.State, s.CreatedAt, WebhookSignature.Show(secret)));
    }

    private static string HashOf(Request request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Url + "\n" + string.Join('\n', request.Types ?? []))));
}
