using System.Security.Cryptography;
using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>Begins the proof of an address anew, and takes a confirmation by hand.</summary>
internal static class ProveAddress
{
    public static void MapProveAddress(this IEndpointRouteBuilder subscriptions) => subscriptions.MapPost("/{id:guid}/verification", AgainAsync)
        .WithName("verifySubscription")
        .WithSummary("Send the validation event again, with a new challenge")
        .WithDescription("For subscriptions that are `pending` or `expired`. The proof is awaited for 24 hours from now.")
        .Produces<SubscriptionView>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static void MapConfirmAddress(this IEndpointRouteBuilder confirmations) => confirmations
        .MapMethods("/{id:guid}", [HttpMethods.Get, HttpMethods.Post], ConfirmAsync)
        .WithName("confirmSubscription")
        .WithSummary("Confirm an address by the link of its validation event")
        .WithDescription("For receivers that cannot answer with the challenge. Whoever has the token got it at the address.")
        .Produces<string>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AgainAsync(
        Guid id, HttpResponse response, Caller caller, NotificationDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.SubscriptionsOf(caller).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } subscription)
            return NotificationErrors.SubscriptionNotFound.ToProblem();
        if (subscription.IsProved)
            return SubscriptionErrors.ProvedAlready.ToProblem();
        var now = SecretKeys.Exact(clock.GetUtcNow());
        subscription.Prove(subscription.Url, now);
        (await db.HealthOfAsync(id, ct)).Begin(now);
        db.Note(id, "proofStarted", now);
        await db.SaveChangesAsync(ct);
        Etag.Set(response, subscription.Version);
        return TypedResults.Accepted($"/api/v1/subscriptions/{id}", SubscriptionView.Of(subscription));
    }

    private static async Task<IResult> ConfirmAsync(
        Guid id, string? token, NotificationDbContext db, SubscriptionStates states, SecretVault vault, IOptions<WebhookOptions> options, TimeProvider clock,
        CancellationToken ct)
    {
        // The same answer for what there is not and what does not fit: nothing is learned by guessing.
        if (token is not { Length: > 0 and < 200 }
            || await db.Subscriptions.SingleOrDefaultAsync(s => s.Id == id, ct) is not { ProofStartedAt: { } started } subscription)
            return SubscriptionErrors.ChallengeWrong.ToProblem();
        var challenge = vault.Challenge(id, subscription.Url, started);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(challenge), Encoding.UTF8.GetBytes(token)))
            return SubscriptionErrors.ChallengeWrong.ToProblem();
        if (subscription.State == SubscriptionState.Pending && clock.GetUtcNow() - started > options.Value.ProofFor)
            return SubscriptionErrors.ChallengeWrong.ToProblem();
        return await states.ConfirmAsync(subscription, ct) ? Done() : SubscriptionErrors.ChallengeWrong.ToProblem();
    }

    private static ContentHttpResult Done() => TypedResults.Text(Text.Bilingual("Đã xác nhận địa chỉ nhận sự kiện.", "The address is confirmed."));
}
