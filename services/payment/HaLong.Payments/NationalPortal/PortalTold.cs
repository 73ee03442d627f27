using System.Globalization;
using System.Text.Json;
using HaLong.Payments.Banks;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.NationalPortal;

/// <summary>What became of an order.</summary>
internal enum PortalOutcome
{
    /// <summary>The payer paid.</summary>
    Paid,

    /// <summary>Nothing was paid, and will not be.</summary>
    Failed,

    /// <summary>Not paid yet.</summary>
    Open,

    /// <summary>The platform says that it has no such order.</summary>
    NotKnown,

    /// <summary>The platform says nothing, or nothing that holds.</summary>
    NoAnswer,
}

/// <summary>What the platform tells about an order, by itself (confirm) or asked (QUERY).</summary>
/// <param name="Order">MaThamChieu: our number of the order.</param>
/// <param name="Transaction">MaGiaoDich: its own number of the transaction.</param>
/// <param name="Amount">SoTien, đồng; nothing when nothing was paid.</param>
/// <param name="Code">MaLoi: 00 when it was paid.</param>
/// <param name="Outcome">What that means.</param>
/// <param name="At">ThoiGianGD.</param>
/// <param name="Raw">The message, word for word.</param>
internal sealed record PortalTold(string Order, string Transaction, long Amount, string Code, PortalOutcome Outcome, DateTimeOffset At, string Raw)
{
    private const string Success = "00";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Checked =
        ["LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"];

    /// <summary>
    /// The message, when it holds. The check sum comes first: only who knows the secret learns what else is wrong. A confirmation must carry one; an
    /// answer to our own question came from the platform's address, and one that it carries must hold.
    /// </summary>
    public static Result<PortalTold> Read(string raw, bool asked, PortalOptions options, DateTimeOffset now)
    {
        Dictionary<string, string?> fields;
        try
        {
            using var document = JsonDocument.Parse(raw, Strict);
            fields = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => TextOf(p.Value), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return PortalErrors.BadConfirm;
        }

        if (!(asked && fields.GetValueOrDefault("MaXacThuc") is null)
            && !PortalCheckSum.Holds(options.Secret, fields.GetValueOrDefault("MaXacThuc"), [.. Checked.Select(f => fields.GetValueOrDefault(f))]))
            return PortalErrors.BadCheckSum;
        var outcome = OutcomeOf(fields.GetValueOrDefault("MaLoi"), fields.GetValueOrDefault("TrangThaiGD"), asked);
        if (fields.GetValueOrDefault("MaDoiTac") != options.Partner || (outcome == PortalOutcome.Paid && fields.GetValueOrDefault("MaTienTe") != "VND"))
            return PortalErrors.WrongPartner;
        return Read(fields, outcome, raw, now);
    }

    // What we do not understand is never taken for a failure.
    private static PortalOutcome OutcomeOf(string? code, string? state, bool asked) => (code, state) switch
    {
        (Success, null or "thanh-cong") => PortalOutcome.Paid,
        (_, "that-bai") => PortalOutcome.Failed,
        (_, "khoi-tao") => PortalOutcome.Open,
        (not null, null) when !asked => PortalOutcome.Failed,
        _ => PortalOutcome.NoAnswer,
    };

    private static Result<PortalTold> Read(Dictionary<string, string?> fields, PortalOutcome outcome, string raw, DateTimeOffset now)
    {
        var (error, paid) = (PortalErrors.BadConfirm, outcome == PortalOutcome.Paid);
        if (fields.GetValueOrDefault("MaThamChieu") is not { Length: > 0 and <= 32 } order || !order.All(char.IsAsciiLetterOrDigit))
            return error.WithField("MaThamChieu", "Từ 1 đến 32 chữ và số.", "1 to 32 letters and digits.");
        if (fields.GetValueOrDefault("MaLoi") is not { Length: > 0 and <= 16 } code || !code.All(char.IsAsciiLetterOrDigit))
            return error.WithField("MaLoi", "Từ 1 đến 16 chữ và số.", "1 to 16 letters and digits.");
        var transaction = fields.GetValueOrDefault("MaGiaoDich") ?? "";
        if (transaction.Length > 50 || (paid && transaction.Length == 0) || transaction.Any(c => c is < '!' or > '~'))
            error = error.WithField("MaGiaoDich", "Từ 1 đến 50 ký tự.", "1 to 50 characters.");
        var hasAmount = long.TryParse(fields.GetValueOrDefault("SoTien"), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            && amount is > 0 and <= PaymentRequest.MaxAmount;
        if (paid && !hasAmount)
            error = error.WithField("SoTien", "Số đồng nguyên dương.", "A positive whole number of đồng.");
        var at = VietnameseTime.Read(fields.GetValueOrDefault("ThoiGianGD"), PortalCheckSum.TimeFormat);
        if (paid && (at is null || at < Earliest || at > now.AddDays(1)))
            error = error.WithField("ThoiGianGD", "yyyyMMddHHmmss, giờ Việt Nam.", "yyyyMMddHHmmss, Vietnamese time.");
        if (error.Fields.Count > 0)
            return error;
        return new PortalTold(order, transaction, paid ? amount : 0, code, outcome, at ?? now, raw);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>The notice of the money. Confirmed and asked, the same transaction is the same notice.</summary>
    public BankNotice ToNotice(Beneficiary beneficiary, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Provider = PortalOptions.Provider,
        EventId = $"{Order}:{Transaction}",
        PayloadHash = Hash,
        RawBody = Raw,
        Original = true,
        Amount = Amount,
        Account = beneficiary.Account,
        Bin = beneficiary.Bin,
        Remittance = Order,
        BookedAt = At,
        ReceivedAt = now,
    };

    /// <summary>SHA-256 over what counts, lower-case hex: told with other words it is the same.</summary>
    public string Hash => BankNotice.HashOf(System.Text.Encoding.UTF8.GetBytes(
        StatementShape.Canonical([Order, Transaction, Amount.ToString(CultureInfo.InvariantCulture), Outcome == PortalOutcome.Paid ? Success : Code])));
}
