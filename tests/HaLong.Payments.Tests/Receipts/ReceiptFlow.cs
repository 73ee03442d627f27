using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.Payments.Receipts;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Domain;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>One running service for everything about receipts: a unit of its own for each test, and a series where numbers are counted.</summary>
[CollectionDefinition("receipts")]
public sealed class ReceiptTests : ICollectionFixture<PaymentFixture>;

/// <summary>What tests of receipts do again and again.</summary>
internal static class ReceiptFlow
{
    private static int units;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A unit that no test has used, with a series that no other unit has.</summary>
    public static string NewUnit(PaymentFixture fixture)
    {
        var number = Interlocked.Increment(ref units);
        var unit = $"R{number:0000}";
        lock (fixture)
            OptionsOf(fixture).Units[unit] = new ReceiptSeriesOptions { Form = "01BLP0/001", Symbol = "22T{yy}E", Collector = $"UBND phường {unit}", TaxCode = $"57{number:00000000}" };
        return unit;
    }

    public static ReceiptOptions OptionsOf(PaymentFixture fixture) => fixture.Service.Services.GetRequiredService<IOptions<ReceiptOptions>>().Value;

    /// <summary>A request as it is once it was paid at that moment; nobody was told.</summary>
    public static async Task<PaymentRequest> PaidAsync(PaymentFixture fixture, string unit, DateTimeOffset? at = null, params PaymentItem[] items)
    {
        var when = at ?? fixture.Time.GetUtcNow();
        var payment = PaymentRequest.Open(
            Some.Purpose() with { UnitCode = unit }, items is [] ? [Some.Item(150_000)] : items, Some.Account, PaymentReference.Create(), when, Some.Lifetime).Value;
        Assert.True(payment.Accept(Guid.CreateVersion7(), when).IsSuccess);
        return await fixture.QueryAsync(async db =>
        {
            db.Add(payment);
            await db.SaveChangesAsync(Ct);
            return payment;
        });
    }

    /// <summary>A refund that the bank has paid; nobody was told.</summary>
    public static Task<MoneyRefund> RefundedAsync(PaymentFixture fixture, PaymentRequest payment, long amount) => fixture.QueryAsync(async db =>
    {
        var now = fixture.Time.GetUtcNow();
        var refund = MoneyRefund.OfPayment(payment, amount, "notEligible", "không đủ điều kiện", new Payee("970422", "1", "A"), Guid.CreateVersion7(), now);
        refund.Review(true, Guid.CreateVersion7(), null, now);
        refund.Pay("FT1", now);
        db.Add(refund);
        await db.SaveChangesAsync(Ct);
        return refund;
    });

    /// <summary>What the consumers do, in a transaction as theirs; <paramref name="before"/> it commits something may go wrong.</summary>
    public static async Task<Result> BringUpToDateAsync(PaymentFixture fixture, Guid payment, Func<PaymentDbContext, Task>? before = null)
    {
        await using var scope = fixture.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var done = await scope.ServiceProvider.GetRequiredService<ReceiptBook>().BringUpToDateAsync(payment, Ct);
        await db.SaveChangesAsync(Ct);
        if (before is not null)
            await before(db);
        await transaction.CommitAsync(Ct);
        return done;
    }

    public static Task<List<Receipt>> OfAsync(PaymentFixture fixture, Guid payment) =>
        fixture.QueryAsync(db => db.Receipts.AsNoTracking().AsSplitQuery().Where(r => r.PaymentId == payment).OrderBy(r => r.Id).ToListAsync(Ct));

    public static Task<List<Receipt>> OfUnitAsync(PaymentFixture fixture, string unit) =>
        fixture.QueryAsync(db => db.Receipts.AsNoTracking().AsSplitQuery().Where(r => r.UnitCode == unit).OrderBy(r => r.Number).ToListAsync(Ct));

    public static Task<ReceiptPaper> PaperAsync(PaymentFixture fixture, Guid receipt) =>
        fixture.QueryAsync(db => db.ReceiptPapers.AsNoTracking().SingleAsync(p => p.ReceiptId == receipt, Ct));

    /// <summary>The receipt of a payment as its owner sees it, once it is sealed.</summary>
    public static async Task<JsonElement> SealedAsync(PaymentFixture fixture, PaymentRequest payment, HttpClient? client = null, Guid? document = null)
    {
        var url = $"/api/v1/payments/{payment.Id}/receipt" + (document is { } one ? "?document=" + one : "");
        JsonElement view = default;
        await Eventually.Async(
            async () =>
            {
                using var answer = await (client ?? fixture.Citizen(payment.OwnerId)).GetAsync(url, Ct);
                if (!answer.IsSuccessStatusCode)
                    return false;
                view = await answer.JsonAsync();
                return view.GetProperty("state").GetString() == "sealed";
            },
            "the receipt is sealed");
        return view;
    }
}
