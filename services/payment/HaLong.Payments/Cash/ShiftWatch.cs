using HaLong.Payments.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Cash;

/// <summary>Raises shifts that were left open, and counts those that are not closed and cash that has not arrived.</summary>
internal sealed partial class ShiftWatch(PaymentDbContext db, IOptions<PaymentOptions> options, PaymentInstruments instruments, TimeProvider time, ILogger<ShiftWatch> log)
{
    private const int Batch = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            var ids = await db.ClaimLeftOpenAsync(now - options.Value.ShiftPatience, Batch, ct);
            foreach (var shift in await db.Shifts.Where(s => ids.Contains(s.Id)).ToListAsync(ct))
            {
                shift.Raise(now);
                LeftOpen(log, shift.Id, shift.UnitCode);
            }
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        var open = db.Shifts.Where(s => s.State != ShiftState.Closed);
        var oldest = await open.OrderBy(s => s.OpenedAt).Select(s => (DateTimeOffset?)s.OpenedAt).FirstOrDefaultAsync(ct);
        instruments.ObserveTills(
            await open.LongCountAsync(ct), oldest is { } since ? now - since : TimeSpan.Zero,
            await db.Shifts.Where(s => s.State == ShiftState.Closed && s.ToDeposit > 0 && s.ArrivedAt == null).SumAsync(s => s.ToDeposit, ct));
    }

    [LoggerMessage(4162, LogLevel.Warning, "Shift {ShiftId} of unit {UnitCode} was left open: it takes nothing more and has to be counted")]
    private static partial void LeftOpen(ILogger log, Guid shiftId, string unitCode);
}
