using HaLong.Notifications.Sending.Push;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.PushSubscriptions;

/// <summary>The key that browsers subscribe to.</summary>
internal static class GetPushKey
{
    internal sealed record PushKey(string PublicKey);

    public static void MapGetPushKey(this IEndpointRouteBuilder app) => app.MapGet("/api/v1/push-key", Handle)
        .WithTags("Push")
        .WithName("getPushKey")
        .WithSummary("Public key for push subscriptions")
        .WithDescription(
            "`applicationServerKey` for `PushManager.subscribe`: base64url of an uncompressed P-256 point (RFC 8292). Open to anyone; changes practically never.")
        .Produces<PushKey>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .AllowAnonymous();

    private static IResult Handle(VapidTokens tokens) =>
        tokens.Keys is { } keys ? TypedResults.Ok(new PushKey(keys.PublicText)) : PushErrors.NotSetUp.ToProblem();
}
