using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.Notifications.V1;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Codes;

/// <summary>Hands a code to the notification service and forgets it. An outage is waited out until the code has expired, and never longer.</summary>
internal sealed partial class DeliverOneTimeCode(
    IdentityDbContext db, OneTimeCodes codes, DirectMessages.DirectMessagesClient messages, IdentityInstruments instruments, IOptions<CodeOptions> options,
    TimeProvider time, ILogger<DeliverOneTimeCode> logger) : IConsumer<SendOneTimeCode>
{
    public async Task Consume(ConsumeContext<SendOneTimeCode> context)
    {
        var (id, number, attempt) = context.Message;
        var ct = context.CancellationToken;
        var question = await db.OneTimeCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Sends == number, ct);
        if (question is null || codes.Open(question) is not { } letter)
            return;

        var now = time.GetUtcNow();
        if (question.ExpiresAt <= now)
        {
            await ForgetAsync(id, number, null, ct);
            instruments.CodeSent(question.Purpose, "expired");
            LogExpired(logger, id, attempt);
            return;
        }

        try
        {
            await messages.SendCodeAsync(Request(question, letter), cancellationToken: ct);
            await ForgetAsync(id, number, now, ct);
            instruments.CodeSent(question.Purpose, "sent");
        }
        catch (ErrorException e) when (e.Error.Kind == ErrorKind.Validation)
        {
            await ForgetAsync(id, number, null, ct);
            instruments.CodeSent(question.Purpose, "refused");
            LogRefused(logger, id, e.Error.Code);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or Grpc.Core.RpcException)
        {
            var wait = options.Value.Wait(attempt);
            db.Enqueue(context.Message with { Attempt = attempt + 1 }, wait);
            instruments.CodeSent(question.Purpose, "postponed");
            LogPostponed(logger, id, attempt, wait, (e as ErrorException)?.Error.Code ?? e.GetType().Name);
        }
    }

    private static SendCodeRequest Request(OneTimeCode question, (string Channel, string Target, string Code) letter)
    {
        var request = new SendCodeRequest
        {
            // A repeat after a crash must not be a second SMS.
            Id = $"{question.Id:N}-{question.Sends}",
            Language = question.Language,
            Purpose = question.Purpose,
            Code = letter.Code,
            ExpiresAt = question.ExpiresAt.ToTimestamp(),
        };
        if (question.Details is { } details)
            request.Values.Add(JsonSerializer.Deserialize<Dictionary<string, string>>(details) ?? []);
        if (letter.Channel == "email")
            request.Email = letter.Target;
        else
            request.Phone = letter.Target;
        return request;
    }

    // Not through the entity: a newer code that was made meanwhile must stay.
    private Task<int> ForgetAsync(Guid id, int number, DateTimeOffset? sentAt, CancellationToken ct) => db.OneTimeCodes
        .Where(c => c.Id == id && c.Sends == number)
        .ExecuteUpdateAsync(s => s.SetProperty(c => c.SealedCode, (byte[]?)null).SetProperty(c => c.SentAt, sentAt), ct);

    [LoggerMessage(3101, LogLevel.Warning, "Code {ChallengeId} expired before it could be sent (attempt {Attempt})")]
    private static partial void LogExpired(ILogger logger, Guid challengeId, int attempt);

    [LoggerMessage(3102, LogLevel.Warning, "Code {ChallengeId} cannot be sent: {Reason}")]
    private static partial void LogRefused(ILogger logger, Guid challengeId, string reason);

    [LoggerMessage(3103, LogLevel.Information, "Code {ChallengeId} waits after attempt {Attempt} for {Wait}: {Reason}")]
    private static partial void LogPostponed(ILogger logger, Guid challengeId, int attempt, TimeSpan wait, string reason);
}
