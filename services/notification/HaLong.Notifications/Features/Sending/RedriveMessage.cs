using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Sending;

/// <summary>Drives one message, or many, again.</summary>
internal static class RedriveMessage
{
    /// <param name="Channel">email, sms, zalo or push; null: all.</param>
    /// <param name="Provider">The one that was asked last.</param>
    /// <param name="Kind">Which notice.</param>
    /// <param name="CreatedBefore">Older ones only.</param>
    /// <param name="Limit">At most so many, the oldest first; 1,000 unless said.</param>
    /// <param name="DryRun">Only counts.</param>
    internal sealed record Request(string? Channel, string? Provider, string? Kind, DateTimeOffset? CreatedBefore, int? Limit, bool? DryRun);

    /// <param name="Count">Messages that were driven again, or would be.</param>
    /// <param name="Order">Names the order in the evidence; null when nothing was driven.</param>
    internal sealed record Answer(int Count, Guid? Order);

    public static void MapRedriveMessage(this IEndpointRouteBuilder messages) => messages.MapPost("/{id:guid}/redrive", OneAsync)
        .WithIdempotency<NotificationDbContext>()
        .WithName("redriveMessage")
        .WithSummary("Drive a dead letter again")
        .WithDescription("Its provider is asked first about attempts without an answer; what has expired or need not be sent ends so. Evidence is kept.")
        .Produces<OutgoingView>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static void MapRedriveMessages(this IEndpointRouteBuilder messages) => messages.MapPost("/redrive", ManyAsync)
        .WithIdempotency<NotificationDbContext>()
        .WithName("redriveMessages")
        .WithSummary("Drive many dead letters again, at most 1,000 at a time")
        .WithDescription("The oldest first. `dryRun` only counts. Whoever has more repeats it until `count` is 0.")
        .Produces<Answer>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> OneAsync(Guid id, DeadLetters letters, CancellationToken ct) =>
        (await letters.RedriveAsync(id, ct)).Match(message => TypedResults.Accepted((string?)null, OutgoingView.Of(message)));

    private static async Task<IResult> ManyAsync(Request request, DeadLetters letters, CancellationToken ct)
    {
        var filter = MessageFilter.Read(Words.Of(MessageState.Failed), request.Channel, request.Provider, request.Kind);
        var error = filter.IsSuccess ? SendingErrors.FilterNotUsable : filter.Error;
        if (request.Limit is < 1 or > DeadLetters.Most)
            error = error.WithField("limit", "Từ 1 đến 1000.", "1 to 1,000.");
        if (error.FieldMessages.Count > 0)
            return error.ToProblem();
        var (count, order) = await letters.RedriveAsync(filter.Value, request.CreatedBefore, request.Limit ?? DeadLetters.Most, request.DryRun == true, ct);
        return TypedResults.Accepted((string?)null, new Answer(count, order));
    }
}
