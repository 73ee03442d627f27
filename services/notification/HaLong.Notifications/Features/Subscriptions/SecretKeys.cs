using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>
/// Adds and takes away secrets. While several are valid each delivery carries the signature of every one, so a receiver changes from the old to
/// the new whenever it likes and loses nothing.
/// </summary>
internal static class SecretKeys
{
    internal const int LongestKey = 200;
    private const int LongestOverlapHours = 30 * 24;

    /// <param name="RetireOthersAfterHours">The other secrets sign for so many hours more; null = until they are deleted.</param>
    internal sealed record Request(int? RetireOthersAfterHours);

    internal sealed record NewSecretView(Guid Id, string Secret, DateTimeOffset CreatedAt);

    public static void MapSecretKeys(this IEndpointRouteBuilder subscriptions)
    {
        subscriptions.MapPost("/{id:guid}/secrets", AddAsync)
            .WithName("addSubscriptionSecret")
            .WithSummary("Add a secret; at most three sign at a time")
            .WithDescription("The secret is shown only in this answer, and again for a repeat with its Idempotency-Key. `retireOthersAfterHours` ends the others by themselves.")
            .Produces<NewSecretView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        subscriptions.MapDelete("/{id:guid}/secrets/{secretId:guid}", RemoveAsync)
            .WithName("removeSubscriptionSecret")
            .WithSummary("Take a secret away; one without an end stays")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> AddAsync(
        Guid id, Request request, HttpContext http, Caller caller, NotificationDbContext db, SecretVault vault, TimeProvider clock, CancellationToken ct)
    {
        if (request.RetireOthersAfterHours is < 0 or > LongestOverlapHours)
            return CommonErrors.BadRequest.WithField("retireOthersAfterHours", "Từ 0 đến 720 giờ.", "From 0 to 720 hours.").ToProblem();
        var key = http.Request.Headers[Idempotency.Header].ToString() is { Length: > 0 } given ? given : null;
        if (key is { Length: > LongestKey })
            return CommonErrors.BadRequest.ToProblem();
        if (await FindAsync(db, caller, id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (key is not null && subscription.Secrets.Find(k => k.CreationKey == key) is { } earlier)
        {
            http.Response.Headers[Idempotency.ReplayedHeader] = "true";
            return Shown(http, earlier, vault);
        }

        var now = Exact(clock.GetUtcNow());
        if (request.RetireOthersAfterHours is { } hours)
            subscription.Secrets.ForEach(k => k.EndAt(now.AddHours(hours)));
        if (subscription.Secrets.Count(k => k.SignsAt(now)) >= SubscriptionSecret.Most)
            return SubscriptionErrors.TooManySecrets.ToProblem();
        // What signs no more need not be kept.
        subscription.Secrets.RemoveAll(k => !k.SignsAt(now) && k.CreationKey is null);
        var secret = new SubscriptionSecret
        {
            Id = Guid.CreateVersion7(now),
            SubscriptionId = id,
            Sealed = vault.Seal(id, WebhookSignature.NewSecret()),
            CreatedAt = now,
            CreationKey = key,
        };
        db.Add(secret);
        // A new revision, so that of two who add the last one only one gets through.
        subscription.Touch();
        db.Note(id, "secretAdded", now);
        await db.SaveChangesAsync(ct);
        return Shown(http, secret, vault);
    }

    private static async Task<IResult> RemoveAsync(Guid id, Guid secretId, Caller caller, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(db, caller, id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (subscription.Secrets.Find(k => k.Id == secretId) is not { } secret)
            return SubscriptionErrors.SecretNotFound.ToProblem();
        if (!subscription.Secrets.Exists(k => k.Id != secretId && k.ExpiresAt is null))
            return SubscriptionErrors.LastSecret.ToProblem();
        db.Remove(secret);
        subscription.Touch();
        db.Note(id, "secretRemoved", clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>As exact as the database keeps it, so that a repeat gets the very same answer.</summary>
    internal static DateTimeOffset Exact(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static Task<Subscription?> FindAsync(NotificationDbContext db, Caller caller, Guid id, CancellationToken ct) =>
        db.SubscriptionsOf(caller).Include(s => s.Secrets).SingleOrDefaultAsync(s => s.Id == id, ct);

    private static Created<NewSecretView> Shown(HttpContext http, SubscriptionSecret secret, SecretVault vault)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            $"/api/v1/subscriptions/{secret.SubscriptionId}/secrets/{secret.Id}",
            new NewSecretView(secret.Id, WebhookSignature.Show(vault.Open(secret.SubscriptionId, secret.Sealed)), secret.CreatedAt));
    }
}
