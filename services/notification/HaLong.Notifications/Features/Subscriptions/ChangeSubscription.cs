using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>Pauses or resumes, and changes what is wanted and where. What happens during a pause is kept and delivered, in order, after it.</summary>
internal static class ChangeSubscription
{
    public static void MapChangeSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions.MapPatch("/{id:guid}", HandleAsync)
        .WithName("changeSubscription")
        .WithSummary("Pause, resume or change a subscription")
        .WithDescription(
            "`state` is `paused` or `active`; events of a pause are kept and delivered afterwards, those that waited for another attempt at once. What is left out "
            + "stays; an empty list of procedures, fields, units or subjects means all, empty headers none. Filters count for events from now on. Another `url` must be "
            + "proved again and events wait until it is. Send If-Match to be safe against another change. Every replica follows within five seconds.")
        .Produces<SubscriptionView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<IResult> HandleAsync(
        Guid id, SubscriptionInput request, HttpContext http, Caller caller, NotificationDbContext db, AddressGuard guard, SecretVault vault, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.SubscriptionsOf(caller).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (Etag.Check(http.Request, subscription.Version) is { } stale)
            return stale.ToProblem();
        if (await CheckAsync(request, subscription, guard, ct) is { } refused)
            return refused.ToProblem();

        var now = clock.GetUtcNow();
        Write(request, subscription, vault, db, now);
        var resumed = false;
        if (request.Url is { } url && url != subscription.Url)
            await MoveAsync(subscription, url, db, now, ct);
        else if (request.State is { } state)
            resumed = await TurnAsync(subscription, state, db, now, ct);
        await db.SaveChangesAsync(ct);
        if (resumed)
            await db.MakeDueAsync(id, now, ct);
        await db.WakeAsync(ct);
        Etag.Set(http.Response, subscription.Version);
        return TypedResults.Ok(SubscriptionView.Of(subscription));
    }

    private static async Task<Error?> CheckAsync(SubscriptionInput request, Subscription subscription, AddressGuard guard, CancellationToken ct)
    {
        if (request.State is not (null or "active" or "paused"))
            return NotificationErrors.StateNotUsable;
        if (request is { State: null, Url: null, Types: null, Procedures: null, Fields: null, Units: null, Subjects: null, Description: null, Headers: null })
            return NotificationErrors.StateNotUsable;
        if (request.Types is not null && !EventTypes.IsUsableFilter(request.Types))
            return CreateSubscription.BadTypes;
        if (request.Check() is { } wrong)
            return wrong;
        if (request.Url is not null && await guard.CheckAsync(request.Url, ct) is { } refused)
            return refused;
        return request.State is null || request.Url is not null ? null
            : subscription.State == SubscriptionState.Expired ? SubscriptionErrors.ProofExpired
            : subscription.State == SubscriptionState.Pending ? SubscriptionErrors.NotProved
            : null;
    }

    private static void Write(SubscriptionInput request, Subscription subscription, SecretVault vault, NotificationDbContext db, DateTimeOffset now)
    {
        if (request.Types is not null || request.Procedures is not null || request.Fields is not null || request.Units is not null || request.Subjects is not null)
        {
            subscription.Want(request.Over(subscription.Filter()));
            db.Note(subscription.Id, "filterChanged", now);
        }

        if (request.Headers is { } headers)
        {
            subscription.Carry(headers.Count == 0 ? null : vault.SealHeaders(subscription.Id, headers), [.. headers.Keys.Order(StringComparer.OrdinalIgnoreCase)]);
            db.Note(subscription.Id, "headersChanged", now);
        }

        if (request.Description is { } text)
            subscription.Describe(text.Length == 0 ? null : text);
        subscription.Touch();
    }

    private static async Task MoveAsync(Subscription subscription, string url, NotificationDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        subscription.Prove(url, SecretKeys.Exact(now));
        db.Note(subscription.Id, "urlChanged", now);
        (await db.HealthOfAsync(subscription.Id, ct)).Begin(now);
    }

    /// <summary>True when deliveries go on.</summary>
    private static async Task<bool> TurnAsync(Subscription subscription, string state, NotificationDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var wanted = state == "active" ? SubscriptionState.Active : SubscriptionState.Paused;
        if (subscription.State == wanted)
            return false;
        subscription.Become(wanted, null, now);
        db.Note(subscription.Id, wanted == SubscriptionState.Active ? "resumed" : "paused", now);
        (await db.HealthOfAsync(subscription.Id, ct)).Heal();
        return wanted == SubscriptionState.Active;
    }
}
