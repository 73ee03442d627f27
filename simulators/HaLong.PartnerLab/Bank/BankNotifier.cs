using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Bank;

/// <summary>Tells the receiver about each booked transfer until it is taken, as banks do, with the faults that the dials ask for.</summary>
internal sealed partial class BankNotifier(
    BankBook book, DialBoard dials, IHttpClientFactory clients, IOptions<BankOptions> options, TimeProvider clock, ILogger<BankNotifier> logger)
    : BackgroundService
{
    public const string Client = "bank";
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestOvertaking = TimeSpan.FromSeconds(2);
    private TaskCompletionSource passed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var id in book.ToNotifyAsync(stoppingToken))
                _ = NotifyAsync(id, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The lab stops.
        }
    }

    private async Task NotifyAsync(Guid id, CancellationToken ct)
    {
        try
        {
            if (book.Find(id) is not { } transfer)
                return;
            if (dials.Take("bank.delay") is { } delay)
                await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
            if (dials.Take("bank.drop") is not null)
            {
                book.Update(id, t => t with { State = TransferState.Dropped });
                return;
            }

            while (dials.Take("bank.down") is not null)
                await Task.Delay(options.Value.FirstDelay, clock, ct);
            if (dials.Take("bank.reorder") is not null)
                await Task.WhenAny(passed.Task, Task.Delay(LongestOvertaking, clock, ct));

            var notice = BankNotice.Of(transfer, (long)(dials.Take("bank.wrongAmount") ?? 0));
            var copies = 1 + (int)(dials.Take("bank.duplicate") ?? 0);
            var states = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => PostUntilTakenAsync(id, notice, ct)));
            book.Update(id, t => t with { State = states.Max() });
            Interlocked.Exchange(ref passed, new TaskCompletionSource()).TrySetResult();
        }
        catch (OperationCanceledException)
        {
            // The lab stops: its money was never real.
        }
    }

    private async Task<TransferState> PostUntilTakenAsync(Guid id, BankNotice notice, CancellationToken ct)
    {
        var delay = options.Value.FirstDelay;
        for (var attempt = 1; attempt <= options.Value.MaxAttempts; attempt++)
        {
            var status = await PostAsync(notice, ct);
            book.Update(id, t => t with { Attempts = [.. t.Attempts, new NoticeAttempt(clock.GetUtcNow(), status)] });
            LogNotice(logger, notice.EventId, attempt, status);
            if (status is >= 200 and < 300)
                return TransferState.Notified;
            if (status is 400 or 401 or 403 or 409 or 413 or 415 or 422)
                return TransferState.Refused;

            await Task.Delay(delay, clock, ct);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
        }

        return TransferState.Unreachable;
    }

    private async Task<int> PostAsync(BankNotice notice, CancellationToken ct)
    {
        try
        {
            var secret = dials.Take("bank.wrongSignature") is null ? options.Value.Secret : "forged-" + options.Value.Secret;
            using var request = notice.ToRequest(options.Value.NotifyUrl, secret, clock.GetUtcNow());
            using var client = clients.CreateClient(Client);
            client.Timeout = TimeSpan.FromSeconds(10);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return 0;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Bank notice {EventId}, attempt {Attempt}: {Status}")]
    private static partial void LogNotice(ILogger logger, string eventId, int attempt, int status);
}
