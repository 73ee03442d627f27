using System.Collections.Frozen;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Cubes;
using static HaLong.Dossiers.Statistics.Cubes.Measure;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>A count, or a share of two counts, that units are ranked by and trends follow.</summary>
/// <param name="Key">Its name in the interface.</param>
/// <param name="Vi">What it is called.</param>
/// <param name="En">What it is called.</param>
/// <param name="Part">The count.</param>
/// <param name="Of">Of how many; null for a mere count.</param>
/// <param name="LowIsBetter">The lowest is first in rankings.</param>
internal sealed record NamedMeasure(string Key, string Vi, string En, Func<Figures, long> Part, Func<Figures, long>? Of = null, bool LowIsBetter = false)
{
    /// <summary>A count (long) or per cents (decimal); null where there is nothing to take a share of.</summary>
    public object? Value(Figures figures) => Of is null ? (object)Part(figures) : Percent.Of(Part(figures), Of(figures));

    public ReportFormat Format => Of is not null ? ReportFormat.Percent : Key == MeasureBook.KeyOf(PaidAmount) ? ReportFormat.Money : ReportFormat.Count;
}

/// <summary>What all measures are called, and the shares that are made of them.</summary>
internal static class MeasureBook
{
    private static readonly FrozenDictionary<Measure, (string Vi, string En)> Names = new Dictionary<Measure, (string, string)>
    {
        [Received] = ("Tiếp nhận", "Received"),
        [ReceivedOnline] = ("Tiếp nhận trực tuyến", "Received online"),
        [Assisted] = ("Nộp qua người hỗ trợ", "Filed by a helper"),
        [WithComponents] = ("Hồ sơ có thành phần", "With components"),
        [Digitised] = ("Số hóa khi tiếp nhận", "Digitised at reception"),
        [Reused] = ("Tái sử dụng giấy tờ", "With reused documents"),
        [IdentityProved] = ("Định danh điện tử được xác thực", "Identity proved"),
        [WithFees] = ("Có phí, lệ phí", "With fees"),
        [FeesZero] = ("Phí, lệ phí bằng 0 hoặc được miễn", "Fees zero or waived"),
        [PaidPortal] = ("Thanh toán qua Cổng quốc gia", "Paid on the national portal"),
        [PaidOnline] = ("Thanh toán trực tuyến khác", "Paid online otherwise"),
        [PaidCash] = ("Thanh toán tiền mặt", "Paid in cash"),
        [PaidAmount] = ("Số tiền (đồng)", "Amount (VND)"),
        [OnlineComplete] = ("Trực tuyến, đủ kết quả điện tử (766)", "Online, with an electronic result (766)"),
        [PaidElectronically] = ("Phí, lệ phí đã thanh toán trực tuyến (766)", "Fees paid online (766)"),
        [InPortalLedger] = ("Phải đồng bộ với Cổng quốc gia", "Due on the national portal"),
        [Synchronised] = ("Cổng quốc gia đã xác nhận", "Acknowledged by the national portal"),
        [Resolved] = ("Đã giải quyết", "Resolved"),
        [Early] = ("Trước hạn", "Early"),
        [OnTime] = ("Đúng hạn", "On time"),
        [Late] = ("Quá hạn", "Late"),
        [StatisticalEarly] = ("Trước hạn (766)", "Early (766)"),
        [StatisticalOnTime] = ("Đúng hạn (766)", "On time (766)"),
        [StatisticalLate] = ("Quá hạn (766)", "Late (766)"),
        [ResultsExpected] = ("Kết quả phải trả", "Results due"),
        [ElectronicResults] = ("Kết quả điện tử", "Electronic results"),
        [FullyDigital] = ("Số hóa toàn trình", "Fully digital"),
        [Refused] = ("Từ chối giải quyết", "Refused"),
        [AskedOnce] = ("Đã giải quyết, yêu cầu bổ sung một lần", "Resolved, asked to be completed once"),
        [AskedMore] = ("Đã giải quyết, yêu cầu bổ sung hơn một lần", "Resolved, asked to be completed more than once"),
        [ResolvedOnline] = ("Đã giải quyết, nộp trực tuyến", "Resolved, filed online"),
        [ResolvedInLedger] = ("Đã giải quyết, phải đồng bộ với Cổng quốc gia", "Resolved, due on the national portal"),
        [SharedWithStore] = ("Kết quả đã chia sẻ với kho dữ liệu", "Results shared with the personal data store"),
        [Ended] = ("Đã kết thúc (766)", "Ended (766)"),
        [EndedInTime] = ("Kết thúc trong hạn (766)", "Ended in time (766)"),
        [NotAccepted] = ("Không tiếp nhận", "Not accepted"),
        [Withdrawn] = ("Rút hồ sơ", "Withdrawn"),
        [Stopped] = ("Dừng giải quyết", "Stopped"),
        [Returned] = ("Đã trả kết quả", "Handed over"),
        [Supplements] = ("Yêu cầu bổ sung", "Supplements asked for"),
        [Apologies] = ("Xin lỗi, hẹn lại", "Apologies and extensions"),
        [Ratings] = ("Lượt đánh giá", "Ratings"),
        [RatingSum] = ("Tổng điểm đánh giá", "Sum of ratings"),
        [Satisfied] = ("Hài lòng (4–5)", "Satisfied (4–5)"),
        [Dissatisfied] = ("Không hài lòng (1–2)", "Dissatisfied (1–2)"),
        [StockNew] = ("Mới đăng ký, chưa tiếp nhận", "Filed, not yet accepted"),
        [StockInProgress] = ("Đang giải quyết", "In progress"),
        [StockOverdue] = ("Đang giải quyết, quá hạn", "In progress, overdue"),
        [StockStatisticallyOverdue] = ("Đang giải quyết, quá hạn (766)", "In progress, overdue (766)"),
        [StockSupplement] = ("Chờ bổ sung", "Waiting for supplements"),
        [StockPayment] = ("Chờ nghĩa vụ tài chính", "Waiting for payment"),
        [StockToHandOver] = ("Chờ trả kết quả", "To hand over"),
        [StockOpen] = ("Đã tiếp nhận, chưa kết thúc (766)", "Accepted, not ended (766)"),
        [StockOpenLate] = ("Đã tiếp nhận, chưa kết thúc, quá hạn (766)", "Accepted, not ended, late (766)"),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<Measure> Bad = new[]
    {
        Late, StatisticalLate, Refused, AskedOnce, AskedMore, NotAccepted, Withdrawn, Stopped, Supplements, Apologies, Dissatisfied, PaidCash, StockNew,
        StockInProgress, StockOverdue, StockStatisticallyOverdue, StockSupplement, StockPayment, StockToHandOver, StockOpen, StockOpenLate,
    }.ToFrozenSet();

    private static readonly NamedMeasure[] Shares =
    [
        new("onlineShare", "Tỷ lệ trực tuyến (%)", "Online share (%)", f => f[ReceivedOnline], f => f[Received]),
        new("digitisedShare", "Tỷ lệ số hóa khi tiếp nhận (%)", "Digitised at reception (%)", f => f[Digitised], f => f[WithComponents]),
        new("electronicShare", "Tỷ lệ kết quả điện tử (%)", "Electronic results (%)", f => f[ElectronicResults], f => f[ResultsExpected]),
        new("inTimeShare", "Tỷ lệ trước và đúng hạn (%)", "Early and on time (%)", f => f[Early] + f[OnTime], f => f[Resolved]),
        new("statisticalInTimeShare", "Tỷ lệ trước và đúng hạn theo 766 (%)", "Early and on time by 766 (%)", f => f[StatisticalEarly]
            + f[StatisticalOnTime], f => f[Resolved]),
        new("lateShare", "Tỷ lệ quá hạn (%)", "Late (%)", f => f[Late], f => f[Resolved], true),
        new("paidOnlineShare", "Tỷ lệ thanh toán trực tuyến (%)", "Paid online (%)", f => f[PaidPortal] + f[PaidOnline], f => f[WithFees] - f[FeesZero]),
        new("reusedShare", "Tỷ lệ tái sử dụng giấy tờ (%)", "With reused documents (%)", f => f[Reused], f => f[Received]),
        new("assistedShare", "Tỷ lệ nộp qua người hỗ trợ (%)", "Filed by helpers (%)", f => f[Assisted], f => f[Received]),
        new("satisfiedShare", "Tỷ lệ hài lòng (%)", "Satisfied (%)", f => f[Satisfied], f => f[Ratings]),
        new("refusedShare", "Tỷ lệ từ chối (%)", "Refused (%)", f => f[Refused], f => f[Resolved], true),
    ];

    /// <summary>By name: every measure (receivedOnline…) and every share.</summary>
    public static readonly FrozenDictionary<string, NamedMeasure> All = Figures.Measures.Select(Named).Concat(Shares).ToFrozenDictionary(m => m.Key);

    public static (string Vi, string En) NameOf(Measure measure) => Names[measure];

    public static string KeyOf(Measure measure) => JsonNamingPolicy.CamelCase.ConvertName(measure.ToString());

    private static NamedMeasure Named(Measure measure) => new(KeyOf(measure), Names[measure].Vi, Names[measure].En, f => f[measure], null,
        Bad.Contains(measure));
}
