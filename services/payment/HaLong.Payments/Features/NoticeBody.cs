using System.Text;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Features;

/// <summary>The body of a bank notice.</summary>
/// <param name="EventId">The bank's own id of the booking; the same booking always carries the same one.</param>
/// <param name="Amount">Đồng that arrived.</param>
/// <param name="Account">Account that received.</param>
/// <param name="Bin">Bank of that account, six digits.</param>
/// <param name="Remittance">Text of the transfer.</param>
/// <param name="BookedAt">When the bank booked it, with its offset.</param>
internal sealed record NoticeBody(string? EventId, long? Amount, string? Account, string? Bin, string? Remittance, DateTimeOffset? BookedAt)
{
    // A field given twice could be read differently by us and by whoever checks later.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Result<BankNotice> Read(string provider, byte[] raw, DateTimeOffset now)
    {
        NoticeBody? body;
        string text;
        try
        {
            text = Utf8.GetString(raw);
            body = JsonSerializer.Deserialize<NoticeBody>(text, Strict);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return PaymentErrors.BadNotice;
        }

        return body is null ? PaymentErrors.BadNotice : body.ToNotice(provider, text, BankNotice.HashOf(raw), now);
    }

    /// <summary>The notice that it is, or what is wrong with its fields.</summary>
    public Result<BankNotice> ToNotice(string provider, string text, string hash, DateTimeOffset now)
    {
        var error = Check(now);
        if (error.Fields.Count > 0)
            return error;
        return new BankNotice
        {
            Id = Guid.CreateVersion7(now),
            Provider = provider,
            EventId = EventId ?? "",
            PayloadHash = hash,
            RawBody = text,
            Original = true,
            Amount = Amount ?? 0,
            Account = Account ?? "",
            Bin = Bin ?? "",
            Remittance = Remittance ?? "",
            BookedAt = BookedAt?.ToUniversalTime() ?? now,
            ReceivedAt = now,
        };
    }

    private Error Check(DateTimeOffset now)
    {
        var error = PaymentErrors.BadNotice;
        if (EventId is null || EventId.Length is 0 or > 100 || EventId.Any(char.IsControl))
            error = error.WithField("eventId", "Từ 1 đến 100 ký tự.", "1 to 100 characters.");
        if (Amount is null or <= 0 or > PaymentRequest.MaxAmount)
            error = error.WithField("amount", "Số đồng nguyên dương.", "A positive whole number of đồng.");
        if (Account is null || Account.Length is 0 or > 34 || !Account.All(char.IsAsciiLetterOrDigit))
            error = error.WithField("account", "Từ 1 đến 34 chữ và số.", "1 to 34 letters and digits.");
        if (Bin is null || Bin.Length != 6 || !Bin.All(char.IsAsciiDigit))
            error = error.WithField("bin", "Sáu chữ số.", "Six digits.");
        if (Remittance is { Length: > 500 } || Remittance?.Contains('\0') == true)
            error = error.WithField("remittance", "Tối đa 500 ký tự.", "500 characters at most.");
        if (BookedAt is null || BookedAt < Earliest || BookedAt > now.AddDays(1))
            error = error.WithField("bookedAt", "Thời điểm hạch toán không hợp lệ.", "Not a time at which a bank can have booked.");
        return error;
    }
}
