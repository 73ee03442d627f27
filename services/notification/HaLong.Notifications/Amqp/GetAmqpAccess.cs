using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Amqp;

/// <summary>How the caller connects to the broker; never the password.</summary>
internal static class GetAmqpAccess
{
    public static void MapGetAmqpAccess(this IEndpointRouteBuilder access) => access.MapGet("", HandleAsync)
        .WithName("getAmqpAccess")
        .WithSummary("My access to the broker, without the password")
        .Produces<AmqpAccessView>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(HttpResponse response, Caller caller, AmqpAccesses accesses, CancellationToken ct)
    {
        if (await accesses.FindAsync(caller.ClientId, ct) is not { } access)
            return AmqpErrors.NoAccess.ToProblem();
        Etag.Set(response, access.Version);
        return TypedResults.Ok(accesses.ViewOf(access));
    }
}
