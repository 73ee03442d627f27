using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.PartnerLab.Bank;

/// <summary>One line of a list as it goes over the wire: everything is text, times are Vietnamese.</summary>
internal sealed record StatementLine(string Ref, string CreditAccount, string Amount, string Currency, string Content, string PostedAt)
{
    public static StatementLine Of(Transfer t, long amountFault) => new(
        t.EventId, t.Account, (t.Amount + amountFault).ToString(CultureInfo.InvariantCulture) + ".00", "VND", t.Remittance, Statement.Local(t.BookedAt, "dd/MM/yyyy HH:mm:ss"));
}

/// <summary>A list of transfers of one bank, signed over its fields.</summary>
internal sealed record Statement(string BatchId, string SentAt, string Bank, IReadOnlyList<StatementLine> Transactions, string Signature)
{
    // No daylight saving since 1979.
    private static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);

    public static Statement Of(string bank, IReadOnlyList<StatementLine> lines, string secret, DateTimeOffset now)
    {
        var unsigned = new Statement(Guid.CreateVersion7(now).ToString("N"), Local(now, "yyyyMMddHHmmss"), bank, lines, "");
        return unsigned with { Signature = Sign(secret, unsigned) };
    }

    public static string Local(DateTimeOffset time, string format) => time.ToOffset(VietnamOffset).ToString(format, CultureInfo.InvariantCulture);

    internal static string Sign(string secret, Statement s)
    {
        var signed = new StringBuilder();
        IEnumerable<string> fields =
        [
            s.BatchId, s.SentAt, s.Bank, s.Transactions.Count.ToString(CultureInfo.InvariantCulture),
            .. s.Transactions.SelectMany(t => new[] { t.Ref, t.CreditAccount, t.Amount, t.Currency, t.Content, t.PostedAt }),
        ];
        foreach (var field in fields)
            signed.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field},");
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed.ToString())));
    }
}
