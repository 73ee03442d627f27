using System.Security.Cryptography;
using System.Text.Json;
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
    public static void MapCreateSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions.MapPost("", HandleAsync)
        .WithName("createSubscription")
        .WithSummary("Subscribe to events by webhook")
        .WithDescription(
            "`types` are prefixes, e.g. `vn.halong.dossier.`; `procedures`, `fields`, `units` and `subjects` (dossier ids) narrow further. The address must be https "
            + "and public, and is `pending` until it gives back the challenge of a validation event, or its confirmUrl is visited. The secret is shown only in "
            + "this answer; it signs every delivery (Standard Webhooks). Facts from now on are delivered, those of the proof's time after it.")
        .Produces<CreatedSubscriptionView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        SubscriptionInput request, HttpContext http, Caller caller, NotificationDbContext db, AddressGuard guard, SecretVault vault, TimeProvider clock,
        CancellationToken ct)
    {
        if (await guard.CheckAsync(request.Url, ct) is { } refusedUrl)
            return refusedUrl.ToProblem();
        if (!EventTypes.IsUsableFilter(request.Types))
            return BadTypes.ToProblem();
        if (request.Check() is { } wrong)
            return wrong.ToProblem();

        var key = http.Request.Headers[Idempotency.Header].ToString() is { Length: > 0 } given ? given : null;
        if (key is { Length: > SecretKeys.LongestKey })
            return CommonErrors.BadRequest.ToProblem();
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request)));
        if (key is not null && await FindByKeyAsync(db, caller, key, ct) is { } earlier)
            return Replay(http, earlier, hash, vault);
        if (await db.SubscriptionsOf(caller).CountAsync(ct) >= Subscription.MostPerOwner)
            return NotificationErrors.TooManySubscriptions.ToProblem();

        var (subscription, secret) = New(request, caller, key, hash, vault, SecretKeys.Exact(clock.GetUtcNow()));
        db.Add(subscription);
        AddBeside(db, subscription);
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

    internal static Error BadTypes => NotificationErrors.TypesNotUsable.WithField(
        "types", "Cần 1–20 tiền tố, ví dụ vn.halong.dossier.", "One to twenty prefixes are needed, e.g. vn.halong.dossier.");

    private static (Subscription Subscription, byte[] Secret) New(
        SubscriptionInput request, Caller caller, string? key, string hash, SecretVault vault, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var secret = WebhookSignature.NewSecret();
        var subscription = new Subscription
        {
            Id = id,
            Owner = caller.ClientId,
            Url = request.Url ?? "",
            Types = request.Types ?? [],
            CreatedAt = now,
            CreationKey = key,
            CreationHash = key is null ? null : hash,
        };
        subscription.Want(request.Over(subscription.Filter()));
        subscription.Describe(request.Description);
        if (request.Headers is { Count: > 0 } headers)
            subscription.Carry(vault.SealHeaders(id, headers), [.. headers.Keys.Order(StringComparer.OrdinalIgnoreCase)]);
        subscription.Prove(subscription.Url, now);
        subscription.Secrets.Add(new SubscriptionSecret { Id = id, SubscriptionId = id, Sealed = vault.Seal(id, secret), CreatedAt = now });
        return (subscription, secret);
    }

    private static void AddBeside(NotificationDbContext db, Subscription subscription)
    {
        var health = new SubscriptionHealth { SubscriptionId = subscription.Id };
        health.Begin(subscription.CreatedAt);
        db.Add(health);
        db.Note(subscription.Id, "created", subscription.CreatedAt);
    }

    // The common idempotency filter would keep the answer, and with it the secret, in clear text. Here the subscription itself is the
    // stored answer: its secret is unsealed again for whoever repeats the request that made it.
    private static Task<Subscription?> FindByKeyAsync(NotificationDbContext db, Caller caller, string key, CancellationToken ct) =>
        db.SubscriptionsOf(caller).AsNoTracking().Include(s => s.Secrets).SingleOrDefaultAsync(s => s.CreationKey == key, ct);

    private static IResult Replay(HttpContext http, Subscription earlier, string hash, SecretVault vault)
    {
        if (earlier.CreationHash != hash)
            return CommonErrors.KeyReused.ToProblem();
        http.Response.Headers[Idempotency.ReplayedHeader] = "true";
        // Its first secret may have been taken away since.
        var first = earlier.Secrets.Find(k => k.Id == earlier.Id);
        return Created(http, earlier, first is null ? null : vault.Open(earlier.Id, first.Sealed));
    }

    private static Created<CreatedSubscriptionView> Created(HttpContext http, Subscription s, byte[]? secret)
    {
        Etag.Set(http.Response, s.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            $"/api/v1/subscriptions/{s.Id}",
            new CreatedSubscriptionView(s.Id, s.Url, s.Types, s.State, s.CreatedAt, secret is null ? null : WebhookSignature.Show(secret)));
    }
}
