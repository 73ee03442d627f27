using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending;

/// <summary>Hands one message to one provider. The attempt is committed before the provider is asked, and fenced: who has lost its claim asks nobody.</summary>
internal sealed partial class MessageAttempts(
    NotificationDbContext db, ProviderRouter router, SendOutcomes outcomes, OptOutLinks optOut, IOptions<SendingOptions> options, TimeProvider clock,
    ILogger<MessageAttempts> logger)
{
    private const int Tries = 5;

    public async Task MakeAsync(Message message, string address, IMessageProvider provider, CancellationToken ct)
    {
        message.Begin(provider.Name);
        var attempt = new MessageAttempt { MessageId = message.Id, Number = message.Attempts, Provider = provider.Name, StartedAt = clock.GetUtcNow() };
        db.Add(attempt);
        await db.SaveChangesAsync(ct);

        var answer = await AskAsync(message, address, provider, ct);
        await SettleAsync(message, attempt, provider, answer);
    }

    private async Task<ProviderAnswer> AskAsync(Message message, string address, IMessageProvider provider, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        ProviderAnswer answer;
        try
        {
            answer = await provider.SendAsync(
                new OutgoingMessage(
                    message.Key, address, message.Language, message.Title, message.Body, message.Html, message.Data, message.Class,
                    message.RecipientId, message.ExpiresAt)
                {
                    Topic = message.DossierId is { } dossier ? $"{message.Kind} {dossier:N}" : null,
                    UnsubscribeUrl = optOut.UrlFor(message),
                }, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // A provider's code that breaks may have sent before.
            LogBroken(logger, e, provider.Name);
            answer = new ProviderAnswer.Unknown(e.GetType().Name);
        }

        router.Learn(provider, answer, clock.GetElapsedTime(began));
        return answer;
    }

    /// <summary>The outcome must not be lost because a receipt, or another claim, came in between: it is written over what they left.</summary>
    private async Task SettleAsync(Message message, MessageAttempt attempt, IMessageProvider provider, ProviderAnswer answer)
    {
        attempt.End(clock.GetUtcNow(), Outcomes.Of(answer), Outcomes.ReasonOf(answer));
        var apply = () => ApplyAsync(message, provider, answer);
        for (var left = Tries; ; left--)
        {
            try
            {
                // A failure whose channel has a successor is saved by what takes over.
                await apply();
                await db.SaveChangesAsync(CancellationToken.None);
                return;
            }
            catch (DbUpdateConcurrencyException) when (left > 0)
            {
                LogOvertaken(logger, message.Id);
                db.ChangeTracker.Clear();
                apply = () => ApplyLateAsync(message.Id, attempt.Number, provider, answer);
            }
        }
    }

    private async Task ApplyAsync(Message message, IMessageProvider provider, ProviderAnswer answer)
    {
        switch (answer)
        {
            case ProviderAnswer.Accepted taken:
                // So it has what came before under the same key.
                foreach (var before in db.Attempts.Local.Where(a => a.MessageId == message.Id && a.Outcome == Outcomes.Unknown))
                    before.Resolve(Outcomes.Accepted);
                outcomes.Taken(message, provider.Name, taken.Reference);
                break;
            case ProviderAnswer.Refused refused:
                await outcomes.FailAsync(message, refused.Reason, refused.BadAddress, CancellationToken.None);
                break;
            case ProviderAnswer.Later later:
                await PutOffAsync(message, later);
                break;
            case ProviderAnswer.Unknown unknown:
                // Not a failure even if it was the last attempt: first it is asked what became of it.
                message.PutOff(clock.GetUtcNow() + Shorter(options.Value.AskAfter, Wait(message)), unknown.Reason);
                break;
        }
    }

    private async Task ApplyLateAsync(Guid id, int number, IMessageProvider provider, ProviderAnswer answer)
    {
        var now = clock.GetUtcNow();
        var (message, attempt) = (await db.Messages.SingleAsync(m => m.Id == id), await db.Attempts.SingleAsync(a => a.MessageId == id && a.Number == number));
        if (attempt.Outcome is null or Outcomes.Unknown)
            attempt.End(now, Outcomes.Of(answer), Outcomes.ReasonOf(answer));
        if (answer is not ProviderAnswer.Accepted taken)
            return;
        message.Fence();
        if (message.State == MessageState.Pending)
            outcomes.Taken(message, provider.Name, taken.Reference);
        else
            message.Recognise(now, provider.Name, taken.Reference);
    }

    private Task PutOffAsync(Message message, ProviderAnswer.Later later)
    {
        if (options.Value.ScheduleOf(message.Channel).IsLast(message.Tries))
            return outcomes.FailAsync(message, later.Reason, badAddress: false, CancellationToken.None);
        // Not before the provider wants it, and not all at once then.
        var wait = later.After is { } after ? after * (1 + (options.Value.Jitter * Random.Shared.NextDouble())) : Wait(message);
        message.PutOff(clock.GetUtcNow() + wait, later.Reason);
        return Task.CompletedTask;
    }

    private TimeSpan Wait(Message message) => options.Value.ScheduleOf(message.Channel).After(message.Tries, options.Value.Jitter, Random.Shared.NextDouble());

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(4204, LogLevel.Error, "Provider {Provider} broke; the message may have been taken")]
    private static partial void LogBroken(ILogger logger, Exception e, string provider);

    [LoggerMessage(4205, LogLevel.Information, "What became of message {MessageId} was told before its own attempt had ended")]
    private static partial void LogOvertaken(ILogger logger, Guid messageId);
}
