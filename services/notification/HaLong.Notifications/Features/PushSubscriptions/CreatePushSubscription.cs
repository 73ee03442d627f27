using System.Security.Cryptography;
using System.Text;
using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Notifications.Features.PushSubscriptions;

/// <summary>A browser signs up for its owner's messages; the same browser again is the same device.</summary>
internal static class CreatePushSubscription
{
    /// <summary>What <c>PushSubscription.toJSON()</c> gives.</summary>
    /// <param name="Endpoint">Address at the push service.</param>
    /// <param name="Keys">How to write so that only the browser can read.</param>
    /// <param name="ExpirationTime">Milliseconds since 1970, or null.</param>
    internal sealed record Request(string? Endpoint, RequestKeys? Keys, double? ExpirationTime);

    internal sealed record RequestKeys(string? P256dh, string? Auth);

    public static void MapCreatePushSubscription(this IEndpointRouteBuilder devices) => devices.MapPost("", HandleAsync)
        .WithName("createPushSubscription")
        .WithSummary("Sign a browser up for push messages")
        .WithDescription(
            "Takes what `PushSubscription.toJSON()` gives. The endpoint must be https and public. Idempotent by itself: the same endpoint again is the same "
            + "device (200). At most ten devices per person: the one signed up longest ago makes room. A browser that another person used before belongs to the caller from now on.")
        .Produces<PushSubscriptionView>(StatusCodes.Status201Created)
        .Produces<PushSubscriptionView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<NotificationDbContext>();

    private static async Task<IResult> HandleAsync(
        Request request, Caller caller, NotificationDbContext db, AddressGuard guard, PushDevices devices, VapidTokens tokens, TimeProvider clock,
        CancellationToken ct)
    {
        if (tokens.Keys is null)
            return PushErrors.NotSetUp.ToProblem();
        var now = clock.GetUtcNow();
        if (PushRequestCheck.Defects(request, now, await guard.CheckAsync(request.Endpoint, ct)) is { } defects)
            return defects.ToProblem();

        // As exact as the database keeps it, so that the first answer and the list agree.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // One person's devices are counted one sign-up after the other.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"push " + caller.AccountId}, 0))", ct);
        var result = await StoreAsync(request, caller.AccountId, db, devices, now, ct);
        if (own is not null)
            await own.CommitAsync(ct);
        return result;
    }

    private static async Task<IResult> StoreAsync(
        Request request, Guid account, NotificationDbContext db, PushDevices devices, DateTimeOffset now, CancellationToken ct)
    {
        var (endpoint, p256dh, auth) = (request.Endpoint!, request.Keys!.P256dh!, request.Keys.Auth!); // checked
        var hash = PushAddress.HashOf(endpoint);
        var expires = PushRequestCheck.ExpiryOf(request);
        if (await db.PushSubscriptions.SingleOrDefaultAsync(d => d.EndpointHash == hash, ct) is { } known)
        {
            // Somebody else's device is taken over only by the browser itself, which knows its keys.
            if (known.AccountId != account)
            {
                if (!HasKeys(devices.Open(known), p256dh, auth))
                    return PushErrors.OtherKeys.ToProblem();
                await MakeRoomAsync(db, account, ct);
            }

            known.Sealed = devices.Seal(new PushAddress(known.Id, endpoint, p256dh, auth));
            (known.AccountId, known.CreatedAt, known.ExpiresAt) = (account, now, expires);
            await db.SaveChangesAsync(ct);
            return TypedResults.Ok(PushSubscriptionView.Of(known));
        }

        await MakeRoomAsync(db, account, ct);
        var id = Guid.CreateVersion7(now);
        var device = new PushSubscription
        {
            Id = id,
            AccountId = account,
            EndpointHash = hash,
            Service = new Uri(endpoint).IdnHost,
            Sealed = devices.Seal(new PushAddress(id, endpoint, p256dh, auth)),
            CreatedAt = now,
            ExpiresAt = expires,
        };
        db.Add(device);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Two people, one browser, the same moment: who asks again gets it.
            db.ChangeTracker.Clear();
            return CommonErrors.LostRace.ToProblem();
        }

        return TypedResults.Created($"/api/v1/me/push-subscriptions/{id}", PushSubscriptionView.Of(device));
    }

    private static async Task MakeRoomAsync(NotificationDbContext db, Guid account, CancellationToken ct)
    {
        var tooMany = await db.PushSubscriptions.Where(d => d.AccountId == account).OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id)
            .Skip(PushSubscription.MostPerPerson - 1).ToListAsync(ct);
        db.RemoveRange(tooMany);
    }

    private static bool HasKeys(PushAddress? known, string p256dh, string auth) =>
        known is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known.P256dh + known.Auth), Encoding.UTF8.GetBytes(p256dh + auth));
}
