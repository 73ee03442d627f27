using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Cash;

/// <summary>A shift at a till, as officials see it.</summary>
/// <param name="State">open, counted or closed.</param>
/// <param name="Difference">Counted less expected.</param>
/// <param name="Reference">Goes on the slip of the deposit.</param>
public sealed record Shift(
    Guid Id, string UnitCode, string Till, string CashierId, string State, string Reference, DateTimeOffset OpenedAt, bool LeftOpen, long Float, long Taken, int Payments,
    long Expected, long? Counted, long Difference, string? Reason, string? CountedBy, DateTimeOffset? CountedAt, string? ReviewedBy, DateTimeOffset? ReviewedAt,
    string? ReviewNote, long FloatReturned, long ToDeposit, string? Slip, DateOnly? DepositedOn, DateTimeOffset? ArrivedAt, uint Version)
{
    /// <summary>How far it has come, in words.</summary>
    public string StateName => State switch
    {
        "open" => LeftOpen ? Text.Bilingual("Mở quá lâu", "Left open") : Text.Bilingual("Đang mở", "Open"),
        "counted" => Text.Bilingual("Đã kiểm quỹ, chờ xác nhận", "Counted, to be agreed to"),
        _ when ToDeposit == 0 => Text.Bilingual("Đã đóng", "Closed"),
        _ when Slip is null => Text.Bilingual("Đã đóng, chưa nộp ngân hàng", "Closed, not brought to the bank"),
        _ when ArrivedAt is null => Text.Bilingual("Đã nộp, chờ ngân hàng báo", "Deposited, the bank has not told yet"),
        _ => Text.Bilingual("Đã về tài khoản", "On the account"),
    };

    public string Color => (State, LeftOpen, ArrivedAt) switch
    {
        ("open", true, _) => "danger",
        ("open", _, _) => "info",
        ("closed", _, not null) => "good",
        _ => "warning",
    };

    /// <summary>Over and short in words; null when it fits or nobody has counted.</summary>
    public string? DifferenceInWords => (Counted, Difference) switch
    {
        (null, _) or (_, 0) => null,
        (_, > 0) => Text.Bilingual($"Thừa {Money.Of(Difference)}", $"{Money.Of(Difference)} over"),
        _ => Text.Bilingual($"Thiếu {Money.Of(-Difference)}", $"{Money.Of(-Difference)} short"),
    };
}

/// <summary>What a till report says: everything taken, what became of it, every count.</summary>
public sealed record TillReport(Shift Shift, string TakenInWords, IReadOnlyList<TillLine> Payments, IReadOnlyList<TillRefund> Refunds, IReadOnlyList<TillCount> Counts);

public sealed record TillLine(Guid PaymentId, string DossierCode, string Reference, long Amount, long Handed, long Change, DateTimeOffset TakenAt);

/// <summary>Given back through the bank, never out of the till.</summary>
public sealed record TillRefund(Guid RefundId, Guid PaymentId, string State, long Amount);

public sealed record TillCount(
    int Number, IReadOnlyDictionary<string, int> Denominations, long Total, long Expected, string? Reason, DateTimeOffset CountedAt);

/// <summary>Notes and coins in circulation.</summary>
internal static class Banknotes
{
    public static readonly IReadOnlyList<int> Values = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100];

    /// <summary>What was counted, by denomination; what is no number goes on as −1, so that the API names it.</summary>
    public static Dictionary<string, int> Of(IFormCollection form) => Values.Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Where(v => form.Text(Field(v)) is not null)
        .ToDictionary(v => v, v => form.Dong(Field(v)) is { } pieces and <= int.MaxValue ? (int)pieces : -1);

    public static string Field(string value) => "denominations." + value;
}
