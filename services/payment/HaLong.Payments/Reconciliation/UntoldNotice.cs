using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Reconciliation;

/// <summary>Money that only a statement shows, as the notice that did not come. It has the bank's number as its id: should the bank tell after all, it is recognised and not counted again.</summary>
internal static class UntoldNotice
{
    public static BankNotice Of(StatementEntry entry, DateTimeOffset now)
    {
        var parts = entry.Scope.Split(':', 2);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { statementEntry = entry.Id, entry.BankReference, entry.BookedOn, entry.Amount, entry.Text }, JsonSerializerOptions.Web);
        return new BankNotice
        {
            Id = Guid.CreateVersion7(now),
            Provider = entry.Source,
            EventId = entry.BankReference,
            PayloadHash = BankNotice.HashOf(body),
            RawBody = System.Text.Encoding.UTF8.GetString(body),
            Original = true,
            Amount = entry.Amount,
            Bin = parts[0],
            Account = parts[1],
            Remittance = entry.Text,
            BookedAt = LocalTime.Instant(entry.BookedOn, new TimeOnly(12, 0)),
            ReceivedAt = now,
        };
    }
}
