using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Direct;

/// <summary>
/// Passes a short text on at once, past everything that waits, and says how it went. That it is sent is written down before, so a repeat with the same
/// id gets the same answer, and after a crash the provider is asked first.
/// </summary>
internal sealed partial class DirectSender(
    ProviderRouter providers, DirectSendLog log, NotificationMetrics metrics, SendingMetrics sending, IOptions<SendingOptions> options, TimeProvider clock,
    ILogger<DirectSender> logger)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <param name="channel">By what.</param>
    /// <param name="purpose">What the code is for, or the name of the notice.</param>
    /// <param name="message">The text; its key is the caller's id.</param>
    /// <param name="ct">Stops waiting for another call with the same id, nothing else.</param>
    public async Task SendAsync(MessageChannel channel, string purpose, OutgoingMessage message, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        if (providers.Choose(channel) is not { } first)
        {
            // What a provider has is still answered the same.
            if (await log.FindAsync(message.Key) is { State: DirectState.Sent or DirectState.Delivered })
                return;
            LogNobody(logger, channel);
            throw new ErrorException(Away(channel));
        }

        if (await log.BeginAsync(message.Key, channel, purpose, first.Name))
            await SendAsync(channel, message, turn: 1, first, isNoted: true, mayBeTwice: false);
        else if (await TakeAsync(message.Key, channel, ct) is { } known)
            await RepeatAsync(channel, message, known);
        else
            return;
        sending.CodeSent(clock.GetElapsedTime(began), channel);
    }

    /// <summary>Null when it is with a provider: the answer is the same again. Waits for a call that is at it now.</summary>
    private async Task<DirectSend?> TakeAsync(string id, MessageChannel channel, CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); ; await Task.Delay(Glance, clock, ct))
        {
            var known = await log.FindAsync(id) ?? throw new ErrorException(Away(channel));
            switch (known.State)
            {
                case DirectState.Sent or DirectState.Delivered:
                    return null;
                case DirectState.Refused:
                    throw new ErrorException(NotificationErrors.NotDeliverable);
                case DirectState.Sending when clock.GetUtcNow() < known.StartedAt + options.Value.DirectClaimFor:
                    if (clock.GetElapsedTime(began) >= options.Value.DirectWait)
                        throw new ErrorException(Away(channel));
                    continue;
            }

            if (await log.TakeAsync(known))
                return known;
        }
    }

    private async Task RepeatAsync(MessageChannel channel, OutgoingMessage message, DirectSend known)
    {
        var turn = known.Attempts + 1;
        if (known.State is DirectState.Away or DirectState.Failed)
        {
            var next = known.State == DirectState.Failed ? Other(channel, known.Provider) : providers.Choose(channel);
            await SendAsync(channel, message, turn, next, isNoted: false, mayBeTwice: false);
            return;
        }

        var last = providers.StandingOf(known.Provider);
        var report = last is { Provider.IsOn: true } ? await FindAsync(last.Provider, message.Key, known.StartedAt) : new ProviderReport.Away("not set up");
        switch (report)
        {
            case ProviderReport.Taken taken:
                await EndAsync(channel, message, turn, DirectState.Sent, Outcomes.Accepted, taken.Reference);
                return;
            case ProviderReport.Arrived arrived:
                await EndAsync(channel, message, turn, DirectState.Delivered, Outcomes.Accepted, arrived.Reference);
                return;
            case ProviderReport.Lost { BadAddress: true } lost:
                await RefuseAsync(channel, message, turn, lost.Reason);
                return;
            case ProviderReport.SafeToRepeat or ProviderReport.NotKnown when last!.IsUsable:
                await SendAsync(channel, message, turn, last.Provider, isNoted: false, mayBeTwice: false, isPinned: report is ProviderReport.SafeToRepeat);
                return;
            case ProviderReport.Away or ProviderReport.SafeToRepeat when clock.GetUtcNow() < known.CreatedAt + options.Value.AskForDirect:
                await log.EndAsync(message.Key, turn, DirectState.Unknown, null, null, "provider cannot be asked");
                throw new ErrorException(Away(channel));
            default:
                var twice = report is not (ProviderReport.Lost or ProviderReport.NotKnown);
                if (twice)
                    sending.MayBeTwice(channel);
                await SendAsync(channel, message, turn, Other(channel, known.Provider), isNoted: false, twice);
                return;
        }
    }

    /// <summary>One provider after the other, for as long as each surely has not got it.</summary>
    private async Task SendAsync(
        MessageChannel channel, OutgoingMessage message, int turn, IMessageProvider? provider, bool isNoted, bool mayBeTwice, bool isPinned = false)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        for (; provider is not null; provider = isPinned ? null : providers.Choose(channel, tried), isNoted = false)
        {
            tried.Add(provider.Name);
            if (message.ExpiresAt <= clock.GetUtcNow())
            {
                await log.EndAsync(message.Key, turn, isPinned ? DirectState.Unknown : DirectState.Away, null, null, "expired");
                throw new ErrorException(NotificationErrors.CodeTooLate);
            }

            providers.StandingOf(provider.Name)?.TryTake(code: true);
            if (!isNoted && !await log.TryAsync(message.Key, turn, provider.Name, mayBeTwice))
                throw new ErrorException(Away(channel));
            switch (await AskAsync(provider, message))
            {
                case ProviderAnswer.Accepted taken:
                    await EndAsync(channel, message, turn, DirectState.Sent, Outcomes.Accepted, taken.Reference);
                    return;
                case ProviderAnswer.Refused refused:
                    await RefuseAsync(channel, message, turn, refused.Reason);
                    return;
                case ProviderAnswer.Unknown when await FindAsync(provider, message.Key, clock.GetUtcNow()) is var report
                    && report is not (ProviderReport.NotKnown or ProviderReport.Lost):
                    await SettleAsync(channel, message, turn, report);
                    return;
            }
        }

        // Pinned to a provider that may have it from before: that stays so.
        await log.EndAsync(message.Key, turn, isPinned ? DirectState.Unknown : DirectState.Away, Outcomes.Later, null, "away");
        metrics.Failed(channel);
        throw new ErrorException(Away(channel));
    }

    private async Task SettleAsync(MessageChannel channel, OutgoingMessage message, int turn, ProviderReport report)
    {
        if (report is ProviderReport.Taken or ProviderReport.Arrived)
        {
            var reference = (report as ProviderReport.Taken)?.Reference ?? (report as ProviderReport.Arrived)?.Reference;
            await EndAsync(channel, message, turn, DirectState.Sent, Outcomes.Accepted, reference);
            return;
        }

        await log.EndAsync(message.Key, turn, DirectState.Unknown, Outcomes.Unknown, null, "answer lost");
        metrics.Failed(channel);
        throw new ErrorException(Away(channel));
    }

    private async Task EndAsync(MessageChannel channel, OutgoingMessage message, int turn, DirectState state, string outcome, string? reference)
    {
        await log.EndAsync(message.Key, turn, state, outcome, reference, null);
        metrics.Sent(channel);
    }

    private async Task RefuseAsync(MessageChannel channel, OutgoingMessage message, int turn, string reason)
    {
        await log.EndAsync(message.Key, turn, DirectState.Refused, Outcomes.Refused, null, reason);
        metrics.Failed(channel);
        throw new ErrorException(NotificationErrors.NotDeliverable);
    }

    // Its own time limit counts, not the caller's: whoever hangs up does not make us forget what the provider says.
    private async Task<ProviderAnswer> AskAsync(IMessageProvider provider, OutgoingMessage message)
    {
        var began = clock.GetTimestamp();
        ProviderAnswer answer;
        try
        {
            answer = await provider.SendAsync(message, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogBroken(logger, e.GetType().Name, provider.Name);
            answer = new ProviderAnswer.Unknown(e.GetType().Name);
        }

        providers.Learn(provider, answer, clock.GetElapsedTime(began));
        return answer;
    }

    private static async Task<ProviderReport> FindAsync(IMessageProvider provider, string key, DateTimeOffset since)
    {
        try
        {
            return await provider.FindAsync(key, since, CancellationToken.None);
        }
        catch (Exception e)
        {
            return new ProviderReport.Away(e.GetType().Name);
        }
    }

    private IMessageProvider? Other(MessageChannel channel, string than) =>
        providers.Choose(channel, new HashSet<string>(StringComparer.Ordinal) { than }) ?? providers.Choose(channel);

    private static Error Away(MessageChannel channel) =>
        channel == MessageChannel.Email ? NotificationErrors.MailUnavailable : NotificationErrors.SmsUnavailable;

    [LoggerMessage(4012, LogLevel.Warning, "No {Channel} can be sent: no provider is set up")]
    private static partial void LogNobody(ILogger logger, MessageChannel channel);

    [LoggerMessage(4213, LogLevel.Error, "Provider {Provider} broke ({Kind}); the text may have been taken")]
    private static partial void LogBroken(ILogger logger, string kind, string provider);
}
