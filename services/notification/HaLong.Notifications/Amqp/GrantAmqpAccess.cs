using System.Security.Cryptography;
using HaLong.Messaging;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Notifications.Amqp;

/// <summary>A partner inside the network gets a user at the broker, or a new password for it.</summary>
internal static class GrantAmqpAccess
{
    private const int LongestKey = 200;

    public static void MapGrantAmqpAccess(this IEndpointRouteBuilder access) => access.MapPost("", HandleAsync)
        .WithName("grantAmqpAccess")
        .WithSummary("Get a user at the broker, or a new password for it")
        .WithDescription(
            "For partners inside the network. The first time makes the client's one user (201); again gives it a new password (200), and the old one opens "
            + "no new connection from then on. **The password is shown only in this answer**; a repeat with the same `Idempotency-Key` shows it again. The "
            + "user may declare and read queues whose names begin with `queuePrefix` and bind them to `exchange`, nothing else. A broker that is away gives "
            + "503: repeat.")
        .Produces<AmqpAccessView>()
        .Produces<AmqpAccessView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> HandleAsync(
        HttpContext http, Caller caller, NotificationDbContext db, AmqpAccesses accesses, BrokerUsers users, TimeProvider clock, CancellationToken ct)
    {
        if (!users.AreOffered)
            return AmqpErrors.NotOffered.ToProblem();
        if (!PartnerNames.IsUsable(caller.ClientId))
            return AmqpErrors.ClientNotUsable.ToProblem();
        var key = http.Request.Headers[Idempotency.Header].ToString() is { Length: > 0 } given ? given : null;
        if (key is { Length: > LongestKey })
            return CommonErrors.BadRequest.ToProblem();

        var access = await accesses.FindAsync(caller.ClientId, ct);
        if (access is not null && key is not null && access.RequestKey == key)
            return await ReplayAsync(http, access, db, accesses, ct);
        if (access is not null && Etag.Check(http.Request, access.Version) is { } stale)
            return stale.ToProblem();

        var isNew = access is null;
        access = Changed(access, caller, key, db, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (IsLostRace(e))
        {
            // Another request was faster: with the same key it was the same one.
            db.ChangeTracker.Clear();
            return key is not null && await accesses.FindAsync(caller.ClientId, ct) is { } faster && faster.RequestKey == key
                ? await ReplayAsync(http, faster, db, accesses, ct)
                : CommonErrors.LostRace.ToProblem();
        }

        return await AnswerAsync(http, access, isNew, db, accesses, ct);
    }

    private static AmqpAccess Changed(AmqpAccess? access, Caller caller, string? key, NotificationDbContext db, DateTimeOffset now)
    {
        // As exact as the database keeps it, so that a repeat gets the very same answer.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var salt = RandomNumberGenerator.GetBytes(PartnerPasswords.SaltBytes);
        if (access is null)
        {
            access = new AmqpAccess { Client = caller.ClientId, Salt = salt, CreatedAt = now, PasswordSetAt = now, RequestKey = key };
            db.Add(access);
        }
        else
        {
            (access.Salt, access.PasswordSetAt, access.RequestKey, access.AppliedAt) = (salt, now, key, null);
        }

        db.Record("notification.amqp-password-set", caller.ClientId, new { access.PasswordSetAt });
        return access;
    }

    private static Task<IResult> ReplayAsync(HttpContext http, AmqpAccess access, NotificationDbContext db, AmqpAccesses accesses, CancellationToken ct)
    {
        http.Response.Headers[Idempotency.ReplayedHeader] = "true";
        return AnswerAsync(http, access, access.CreatedAt == access.PasswordSetAt, db, accesses, ct);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, AmqpAccess access, bool isNew, NotificationDbContext db, AmqpAccesses accesses, CancellationToken ct)
    {
        if (access.AppliedAt is null && !await accesses.ApplyAsync(access.Client, ct))
            return AmqpErrors.BrokerUnavailable.ToProblem();
        // Whoever changed it meanwhile has the password that holds.
        db.ChangeTracker.Clear();
        var now = await accesses.FindAsync(access.Client, ct);
        if (now is null || !now.Salt.AsSpan().SequenceEqual(access.Salt))
            return CommonErrors.LostRace.ToProblem();
        Etag.Set(http.Response, now.Version);
        http.Response.Headers.CacheControl = "no-store";
        var view = accesses.ViewOf(now, withPassword: true);
        return isNew ? TypedResults.Created("/api/v1/amqp-access", view) : TypedResults.Ok(view);
    }

    private static bool IsLostRace(DbUpdateException e) =>
        e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
