using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Banks;

/// <summary>A list of transfers as some banks send it: everything is text.</summary>
/// <param name="BatchId">The bank's number of the list.</param>
/// <param name="SentAt">When it was signed: yyyyMMddHHmmss, Vietnamese time.</param>
/// <param name="Bank">Bank of the accounts, six digits.</param>
/// <param name="Transactions">Transfers, see <see cref="StatementLine"/>.</param>
/// <param name="Signature">Base64 of the HMAC-SHA256 of all other fields, see <see cref="StatementShape"/>.</param>
internal sealed record StatementBody(string? BatchId, string? SentAt, string? Bank, IReadOnlyList<JsonElement>? Transactions, string? Signature);

/// <summary>One transfer of the list.</summary>
/// <param name="Ref">The bank's own id of the booking.</param>
/// <param name="CreditAccount">Account that received.</param>
/// <param name="Amount">Đồng: 150000 or 150000.00.</param>
/// <param name="Currency">VND.</param>
/// <param name="Content">Text of the transfer.</param>
/// <param name="PostedAt">When the bank booked it: dd/MM/yyyy HH:mm:ss, Vietnamese time.</param>
internal sealed partial record StatementLine(string? Ref, string? CreditAccount, string? Amount, string? Currency, string? Content, string? PostedAt)
{
    public const string TimeFormat = "dd/MM/yyyy HH:mm:ss";

    public IEnumerable<string?> Fields => [Ref, CreditAccount, Amount, Currency, Content, PostedAt];

    /// <summary>The notice that it is, or what is wrong with its fields. Other spacing of the same fields is the same notice.</summary>
    public Result<BankNotice> ToNotice(string provider, string? bank, string raw, DateTimeOffset now)
    {
        if (Currency != "VND")
            return PaymentErrors.BadNotice.WithField("currency", "Chỉ nhận VND.", "VND only.");
        long? amount = Amount is not null && Whole().Match(Amount) is { Success: true } match ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;
        var body = new NoticeBody(Ref, amount, CreditAccount, bank, Content, VietnameseTime.Read(PostedAt, TimeFormat));
        return body.ToNotice(provider, raw, BankNotice.HashOf(Encoding.UTF8.GetBytes(StatementShape.Canonical([bank, .. Fields]))), now);
    }

    [GeneratedRegex(@"^([1-9][0-9]{0,12})(\.00)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Whole();
}

/// <summary>Times that partners write without an offset: they mean Vietnamese time, with hours from 00 to 23.</summary>
internal static class VietnameseTime
{
    // The first hours of the year 1 are before all times in UTC.
    public static DateTimeOffset? Read(string? text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 1
            ? LocalTime.Instant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : null;

    public static string Write(DateTimeOffset time, string format) => TimeZoneInfo.ConvertTime(time, LocalTime.Zone).ToString(format, CultureInfo.InvariantCulture);
}
