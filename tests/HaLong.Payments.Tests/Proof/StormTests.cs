using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Proof;

/// <summary>Banks repeat themselves, and others pretend to be banks: all at once, against the running service.</summary>
public sealed class StormTests(PaymentProcess service) : IClassFixture<PaymentProcess>
{
    private const int Connections = 20, Notices = 1000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_notice_a_thousand_times_from_twenty_connections_settles_once_and_is_booked_once()
    {
        await using var ear = await EventProbe.ListenAsync(service.Broker, Books.Facts);
        var payment = (await service.OpenAsync(1, _ => TimeSpan.FromDays(1)))[0];
        var body = PaymentFixture.Body(payment);
        var answers = new ConcurrentQueue<HttpStatusCode>();

        await StormAsync(Notices, async (http, _) => answers.Enqueue(await PaymentProcess.TellAsync(http, body)));

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Accepted, Notices), answers);
        await Books.CalmAsync(service.QueryAsync, TimeProvider.System.GetUtcNow());
        var (notices, entries) = await service.QueryAsync(async db => (
            await db.Notices.CountAsync(n => n.Remittance == payment.Reference, Ct), await db.Journal.AsNoTracking().Where(e => e.PaymentId == payment.Id).ToListAsync(Ct)));
        Assert.Equal(1, notices);
        var entry = Assert.Single(entries);
        Assert.Equal(EntryKind.Settlement, entry.Kind);
        Assert.Equal([("bank", 150_000), ("due", -150_000)], entry.Lines.GroupBy(l => l.Account.Split(':')[0]).Select(g => (g.Key, g.Sum(l => l.Amount))).Order());
        Assert.Single(await ear.WaitAsync("paymentId", payment.Id, 3), e => !e.TryGetProperty("sequence", out _));
        await service.UntilAsync(() => service.QueryAsync(db => db.Receipts.AnyAsync(r => r.PaymentId == payment.Id, Ct)), "the receipt is issued");
        Assert.Equal(1, await service.QueryAsync(db => db.Receipts.CountAsync(r => r.PaymentId == payment.Id, Ct)));
    }

    [Fact]
    public async Task Among_genuine_notices_forged_replayed_and_altered_ones_change_nothing()
    {
        var payments = await service.OpenAsync(10, _ => TimeSpan.FromDays(1));
        var bodies = payments.ConvertAll(p => PaymentFixture.Body(p));
        var answers = new ConcurrentDictionary<(string How, HttpStatusCode Status), int>();

        await StormAsync(300, async (http, n) =>
        {
            // Every kind for every request, in another order on each connection.
            var (payment, genuine) = (payments[n % payments.Count], bodies[n % payments.Count]);
            var how = (n / payments.Count) % 6;
            var status = how switch
            {
                0 => await PaymentProcess.TellAsync(http, genuine),
                1 => await PaymentProcess.TellAsync(http, PaymentFixture.Body(payment), secret: "what-somebody-guessed"),
                2 => await PaymentProcess.TellAsync(http, PaymentFixture.Body(payment), secret: PaymentFixture.OtherSecret),
                3 => await PaymentProcess.TellAsync(http, genuine, age: TimeSpan.FromMinutes(6)),
                4 => await PaymentProcess.TellAsync(http, genuine.Replace("150000", "950000", StringComparison.Ordinal), signedBody: genuine),
                _ => await PaymentProcess.TellAsync(http, genuine.Replace("150000", "150001", StringComparison.Ordinal)),
            };
            answers.AddOrUpdate((((string[])["genuine", "guessed secret", "another bank's secret", "replayed", "changed on the way", "altered by the bank"])[how], status), 1, (_, c) => c + 1);
        });

        Assert.Equal(
            [
                ("altered by the bank", HttpStatusCode.Accepted, 50), ("another bank's secret", HttpStatusCode.Unauthorized, 50), ("changed on the way", HttpStatusCode.Unauthorized, 50),
                ("genuine", HttpStatusCode.Accepted, 50), ("guessed secret", HttpStatusCode.Unauthorized, 50), ("replayed", HttpStatusCode.Unauthorized, 50),
            ],
            answers.Select(a => (a.Key.How, a.Key.Status, a.Value)).OrderBy(a => a.How, StringComparer.Ordinal));
        await Books.CalmAsync(service.QueryAsync, TimeProvider.System.GetUtcNow());
        foreach (var (payment, body) in payments.Zip(bodies))
        {
            var eventId = JsonDocument.Parse(body).RootElement.GetProperty("eventId").GetString();
            var notices = await service.QueryAsync(db => db.Notices.AsNoTracking().Where(n => n.Remittance == payment.Reference).ToListAsync(Ct));
            // What came first under the event id is the notice; the other text is kept beside it and is no money.
            Assert.Equal([true, false], notices.OrderByDescending(n => n.Original).Select(n => n.Original));
            Assert.All(notices, n => Assert.Equal(eventId, n.EventId));
            var first = notices.Single(n => n.Original);
            var state = await service.QueryAsync(db => db.Payments.Where(p => p.Id == payment.Id).Select(p => p.State).SingleAsync(Ct));
            Assert.Equal(first.Amount == payment.Amount ? PaymentState.Settled : PaymentState.Pending, state);
            Assert.Equal(first.Amount, await service.QueryAsync(db => db.Journal.Where(e => e.PaymentId == payment.Id).SelectMany(e => e.Lines).Where(l => l.Amount > 0).SumAsync(l => l.Amount, Ct)));
        }
    }

    /// <summary>So many pieces of work over twenty connections, each as fast as it gets.</summary>
    private async Task StormAsync(int count, Func<HttpClient, int, Task> work)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var http = service.Connection();
            for (var n = Interlocked.Increment(ref next); n < count; n = Interlocked.Increment(ref next))
                await work(http, n);
        }));
    }
}
