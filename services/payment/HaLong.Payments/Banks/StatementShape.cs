using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Banks;

/// <summary>
/// Many transfers in one request, signed within the body over the fields and not over the bytes. Each field is written as the number of its UTF-8
/// bytes, a colon, its text and a comma, so that nothing can be moved from one field into the next.
/// </summary>
internal sealed class StatementShape : IBankShape
{
    public const string TimeFormat = "yyyyMMddHHmmss";
    public const int MostLines = 500;

    // A field given twice could be read differently by us and by whoever checks later.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string NobodysSecret = RandomNumberGenerator.GetHexString(64);

    public string Name => "statement";

    public int MaxBody => 256 * 1024;

    public static string Sign(string secret, StatementBody body, IReadOnlyList<StatementLine> lines) => Convert.ToBase64String(Hmac(secret, body, lines));

    /// <summary>All or nothing: when one transfer cannot be read, the bank learns which field is wrong, and none is taken.</summary>
    public Result<SignedNotices> Read(BankRequest request)
    {
        var (body, lines) = Parse(request.Body);
        var expected = Hmac(request.Settings?.Secret ?? NobodysSecret, body, lines);
        var sentAt = VietnameseTime.Read(body.SentAt, TimeFormat);
        if (!CryptographicOperations.FixedTimeEquals(expected, Decode(body.Signature)) || request.Settings is null || sentAt is null)
            return PaymentErrors.BadSignature;
        if ((request.Now - sentAt.Value).Duration() > request.Window)
            return PaymentErrors.StaleNotice;
        if (lines.Count is 0 or > MostLines)
            return PaymentErrors.BadNotice.WithField("transactions", $"Từ 1 đến {MostLines} giao dịch.", $"1 to {MostLines} transactions.");
        var notices = new List<BankNotice>();
        foreach (var (line, raw) in lines.Zip(body.Transactions!))
        {
            var notice = line.ToNotice(request.Provider, body.Bank, raw.GetRawText(), request.Now);
            if (!notice.IsSuccess)
                return notice.Error;
            notices.Add(notice.Value);
        }

        return new SignedNotices(body.Signature!, notices); // A signature that holds is there.
    }

    internal static string Canonical(IEnumerable<string?> fields) =>
        string.Concat(fields.Select(f => string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(f ?? "")}:{f},")));

    private static byte[] Hmac(string secret, StatementBody body, IReadOnlyList<StatementLine> lines) => HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret),
        Encoding.UTF8.GetBytes(Canonical([body.BatchId, body.SentAt, body.Bank, lines.Count.ToString(CultureInfo.InvariantCulture), .. lines.SelectMany(l => l.Fields)])));

    // What cannot be read carries no signature that could hold.
    private static (StatementBody Body, IReadOnlyList<StatementLine> Lines) Parse(byte[] raw)
    {
        try
        {
            var body = JsonSerializer.Deserialize<StatementBody>(Utf8.GetString(raw), Strict);
            if (body?.Transactions is { } transactions)
                return (body, [.. transactions.Select(t => t.Deserialize<StatementLine>(Strict) ?? throw new JsonException("A transaction is null."))]);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            // Told below.
        }

        return (new StatementBody(null, null, null, null, null), []);
    }

    private static byte[] Decode(string? signature)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return signature is not null && Convert.TryFromBase64String(signature, bytes, out var length) ? bytes[..length] : [];
    }
}
