using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Bank;

/// <summary>The second bank: gathers transfers for a moment and tells them in one signed list, with the faults that the dials ask for.</summary>
internal sealed partial class StatementSender(
    BankBook book, DialBoard dials, IHttpClientFactory clients, IOptions<BankOptions> options, TimeProvider clock, ILogger<StatementSender> logger)
    : BackgroundService
{
    private const int Most = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await book.ForStatements.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(options.Value.Gathering, clock, stoppingToken);
                var gathered = new List<Transfer>();
                while (gathered.Count < Most && book.ForStatements.TryRead(out var id))
                {
                    if (book.Find(id) is { } transfer)
                        gathered.Add(transfer);
                }

                foreach (var ofBank in gathered.GroupBy(t => t.Bin))
                    _ = TellAsync(ofBank.Key, [.. ofBank], stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The lab stops.
        }
    }

    private async Task TellAsync(string bank, List<Transfer> transfers, CancellationToken ct)
    {
        try
        {
            if (dials.Take("bank.delay") is { } delay)
                await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
            foreach (var dropped in transfers.Where(_ => dials.Take("bank.drop") is not null).ToList())
            {
                transfers.Remove(dropped);
                book.Update(dropped.Id, t => t with { State = TransferState.Dropped });
            }

            while (dials.Take("bank.down") is not null)
                await Task.Delay(options.Value.FirstDelay, clock, ct);
            if (dials.Take("bank.reorder") is not null)
                transfers.Reverse();
            if (transfers.Count == 0)
                return;
            var fault = (long)(dials.Take("bank.wrongAmount") ?? 0);
            IReadOnlyList<StatementLine> lines = [.. transfers.Select(t => StatementLine.Of(t, fault))];
            var secret = dials.Take("bank.wrongSignature") is null ? options.Value.StatementSecret : "forged-" + options.Value.StatementSecret;
            // A copy is the same request, word for word.
            var statement = Statement.Of(bank, lines, secret, clock.GetUtcNow());
            var state = TransferState.Booked;
            for (var copies = 1 + (dials.Take("bank.duplicate") ?? 0); copies >= 1; copies--)
                state = await PostUntilTakenAsync(statement, transfers, ct);
            foreach (var told in transfers)
                book.Update(told.Id, t => t with { State = state });
        }
        catch (OperationCanceledException)
        {
            // The lab stops: its money was never real.
        }
    }

    private async Task<TransferState> PostUntilTakenAsync(Statement statement, List<Transfer> transfers, CancellationToken ct)
    {
        var state = TransferState.Unreachable;
        for (var attempt = 1; attempt <= options.Value.MaxAttempts && state == TransferState.Unreachable; attempt++)
        {
            if (attempt > 1)
                await Task.Delay(options.Value.FirstDelay, clock, ct);
            var status = await PostAsync(statement, ct);
            foreach (var told in transfers)
                book.Update(told.Id, t => t with { Attempts = [.. t.Attempts, new NoticeAttempt(clock.GetUtcNow(), status)] });
            LogStatement(logger, statement.BatchId, transfers.Count, status);
            state = status is >= 200 and < 300 ? TransferState.Notified : status is >= 400 and < 500 ? TransferState.Refused : TransferState.Unreachable;
        }

        return state;
    }

    private async Task<int> PostAsync(Statement statement, CancellationToken ct)
    {
        try
        {
            using var client = clients.CreateClient(BankNotifier.Client);
            client.Timeout = TimeSpan.FromSeconds(10);
            using var response = await client.PostAsJsonAsync(options.Value.StatementUrl, statement, ct);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return 0;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "List {BatchId} of {Count} transfers: {Status}")]
    private static partial void LogStatement(ILogger logger, string batchId, int count, int status);
}
