using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Messaging;
using HaLong.Payments.Domain;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Cases;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Proof;

/// <summary>
/// Money of every kind comes, requests lapse, dossiers end and officials decide, while the service is killed in the middle of settling: no schedule is the same twice, and
/// afterwards everything fits together.
/// </summary>
public sealed class CrashTests(PaymentProcess service) : IClassFixture<PaymentProcess>
{
    private const int Banks = 8;

    private readonly Random random = new(Budget.Seed);
    private volatile bool over;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_it_settles_it_loses_nothing_and_does_nothing_twice()
    {
        TestContext.Current.SendDiagnosticMessage("Seed {0}, {1} kills", Budget.Seed, Budget.Kills);
        await using var ear = await EventProbe.ListenAsync(service.Broker, Books.Facts);
        // A third of the requests lapse while money is still coming.
        var payments = await service.OpenAsync(Budget.Requests * Budget.Kills, i => i % 3 == 0 ? TimeSpan.FromSeconds(1 + random.Next(8)) : TimeSpan.FromDays(1));
        var notices = payments.SelectMany(Notices).ToArray();
        random.Shuffle(notices);

        var officials = OfficialsAsync();
        var citizens = WithdrawAsync([.. payments.Where(_ => random.Next(8) == 0)]);
        var banks = Task.WhenAll(notices.Chunk((notices.Length + Banks - 1) / Banks).Select(SendAsync));
        await KillAsync(notices.Length, banks);
        await Task.WhenAll(banks, citizens);
        await Books.CalmAsync(service.QueryAsync, TimeProvider.System.GetUtcNow().AddSeconds(10));
        over = true;
        await officials;
        await Books.CalmAsync(service.QueryAsync, TimeProvider.System.GetUtcNow().AddSeconds(10));

        await Books.AssertBooksAsync(service.QueryAsync, ear, TimeProvider.System);
        var seen = await service.QueryAsync(async db => (
            Notices: await db.Notices.CountAsync(Ct), Settled: await db.Payments.CountAsync(p => p.SettledAt != null, Ct), Decided: await db.Cases.CountAsync(c => c.Decision != null, Ct)));
        // It was lively enough to say something.
        Assert.True(seen.Notices == notices.Length && seen.Settled >= payments.Count / 4 && seen.Decided > 0, $"{seen}");
    }

    /// <summary>One to three notices for each request: as asked for, a part, too much, or to nobody; and some of them twice.</summary>
    private IEnumerable<string> Notices(PaymentRequest payment)
    {
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            yield return random.Next(8) switch
            {
                0 => PaymentFixture.Body(payment, amount: random.Next(1, 150_000)),
                1 => PaymentFixture.Body(payment, amount: 150_000 + random.Next(1, 50_000)),
                2 => PaymentFixture.Body(payment, remittance: payment.Reference[..9]),
                _ => PaymentFixture.Body(payment),
            };
        }
    }

    private async Task SendAsync(string[] notices)
    {
        using var http = service.Connection();
        foreach (var body in notices)
            await service.TellUntilTakenAsync(http, body);
    }

    private async Task KillAsync(int notices, Task banks)
    {
        for (var kill = 0; kill < Budget.Kills; kill++)
        {
            // Somewhere in its share of the work, with some of it begun and not ended.
            var (from, to) = (notices * kill / Budget.Kills, notices * (kill + 1) / Budget.Kills);
            var moment = random.Next(from + 1, Math.Max(from + 2, to - ((to - from) / 3)));
            await service.UntilAsync(
                () => service.QueryAsync(async db => await db.Handlings.CountAsync(h => h.State != NoticeState.Received, Ct) >= moment && (banks.IsCompleted
                    || await db.Handlings.AnyAsync(h => h.State == NoticeState.Received, Ct))),
                $"{moment} notices are decided and another is not");
            await service.KillAsync();
            await service.StartAsync();
        }
    }

    /// <summary>The neighbour's facts, sent through this service's outbox: it has all its messages to send.</summary>
    private async Task WithdrawAsync(List<PaymentRequest> of)
    {
        foreach (var p in of)
        {
            await service.QueryAsync(async db =>
            {
                db.Enqueue(new DossierWithdrawn(
                    p.DossierId, p.DossierCode, 2, TimeProvider.System.GetUtcNow(), p.ProcedureCode, p.UnitCode, p.OwnerId, "SUBMITTED", 0, FeeTreatments.None));
                return await db.SaveChangesAsync(Ct);
            });
        }

        await service.UntilAsync(() => service.QueryAsync(async db => await db.ClosedDossiers.CountAsync(Ct) >= of.Count), "the withdrawals are known");
    }

    /// <summary>Cashiers decide what they find, chiefs agree or do not, files go to the bank and come back, until all is over.</summary>
    private async Task OfficialsAsync()
    {
        var dice = new Random(Budget.Seed + 1);
        var (cashier, chief) = (service.Identity.Token(roles: [Roles.Cashier], unit: PaymentFixture.Unit), service.Identity.Token(roles: [Roles.Chief], unit: PaymentFixture.Unit));
        while (!over)
        {
            await service.UntilAsync(async () => over || await service.QueryAsync(async db => await db.Cases.AnyAsync(c => c.Decision == null, Ct)
                || await db.Refunds.AnyAsync(r => r.State == RefundState.Proposed || r.State == RefundState.Approved || r.State == RefundState.Sent, Ct)), "something to decide");
            foreach (var of in await ItemsAsync(cashier, "/api/v1/money-cases?limit=20"))
            {
                var decision = ((string[])["accept", "askRest", "refund", "dismiss"])[dice.Next(4)];
                await ActAsync(cashier, HttpMethod.Post, $"/api/v1/money-cases/{Id(of)}/decision", new { decision, reason = "vì sao", evidence = "sổ phụ", payee = Desk.Payee });
            }

            foreach (var refund in await ItemsAsync(chief, "/api/v1/refunds?state=proposed&limit=20"))
            {
                if (refund.GetProperty("payee").ValueKind == JsonValueKind.Null)
                    await ActAsync(cashier, HttpMethod.Put, $"/api/v1/refunds/{Id(refund)}/payee", Desk.Payee);
                await ActAsync(chief, HttpMethod.Post, $"/api/v1/refunds/{Id(refund)}/{(dice.Next(4) == 0 ? "rejection" : "approval")}", new { note = "xem xét" });
            }

            await ActAsync(cashier, HttpMethod.Post, "/api/v1/payouts", new { bin = "970436", account = "0011000000001" });
            foreach (var refund in await ItemsAsync(chief, "/api/v1/refunds?state=sent&limit=20"))
                await ActAsync(cashier, HttpMethod.Post, $"/api/v1/refunds/{Id(refund)}/{(dice.Next(3) == 0 ? "return" : "payment")}", new { note = "sai", bankReference = "FT1" });
        }
    }

    private static string Id(JsonElement of) => of.GetProperty("id").GetString()!;

    private async Task<List<JsonElement>> ItemsAsync(string token, string path)
    {
        JsonElement page = default;
        await service.UntilAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var response = await service.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            page = await response.Content.ReadFromJsonAsync<JsonElement>();
            return true;
        }, path);
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    /// <summary>Sent again under the same key while nobody answers; whoever answers says done, or why not.</summary>
    private async Task ActAsync(string token, HttpMethod method, string path, object body)
    {
        var key = Guid.CreateVersion7().ToString();
        var status = HttpStatusCode.ServiceUnavailable;
        await service.UntilAsync(async () =>
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await service.Http.SendAsync(request);
            status = response.StatusCode;
            return (int)status < 500;
        }, path);
        Assert.Contains(status, new[] { HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.BadRequest });
    }
}
