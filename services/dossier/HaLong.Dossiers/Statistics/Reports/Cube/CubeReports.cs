using System.Globalization;
using HaLong.Dossiers.Statistics.Facts;
using static HaLong.Dossiers.Statistics.Cubes.Measure;
using static HaLong.Dossiers.Statistics.Reports.Cube.ReportItem;

namespace HaLong.Dossiers.Statistics.Reports.Cube;

/// <summary>The reports whose rows are groups of figures.</summary>
internal static class CubeReports
{
    private static readonly string[] Groups = ["unit", "level", "procedure", "field"], WithHands = [.. Groups, "source", "hand", "helper", "month"];

    private static readonly (string Vi, string En) Clocks = (
        "Hạn trả theo giấy hẹn; “766” theo Quyết định 766/QĐ-TTg: yêu cầu bổ sung không tính lại thời hạn, quá một lần bổ sung là quá hạn.",
        "Time limits as promised; “766” by Decision 766/QĐ-TTg: a supplement does not start the limit anew, more than one supplement is late.");

    public static readonly IReadOnlyList<CubeReport> All =
    [
        new("period", "Báo cáo tình hình, kết quả giải quyết thủ tục hành chính", "Handling of procedures in the period", Groups,
        [
            Sum("carriedOver", "Kỳ trước chuyển qua", "Carried over", Balance.CarriedOver), Of(Received), Of(ReceivedOnline),
            Sum("receivedDirect", "Tiếp nhận trực tiếp", "Received at counters", r => r.In[Received] - r.In[ReceivedOnline] - r.ByPost[Received]),
            Sum("receivedPost", "Tiếp nhận qua bưu chính", "Received by post", r => r.ByPost[Received]),
            Sum("total", "Tổng phải giải quyết", "Total to handle", Balance.Total),
            Of(Resolved), Of(Early), Of(OnTime), Of(Late), Of(StatisticalEarly), Of(StatisticalOnTime), Of(StatisticalLate),
            Of(StockInProgress), Sum("inLimit", "Đang giải quyết, trong hạn", "In progress, within the limit",
                r => r.In[StockInProgress] - r.In[StockOverdue]),
            Of(StockOverdue), Of(StockStatisticallyOverdue), Of(StockSupplement),
            Sum("paused", "Tạm dừng (6, 8)", "Paused (6, 8)", Balance.Paused), Of(StockPayment), Of(Stopped),
            Sum("withdrawnBeforeResult", "Rút hồ sơ trước khi có kết quả", "Withdrawn before the result", Balance.WithdrawnBeforeResult),
            Sum("withdrawnAfterResult", "Rút hồ sơ khi đã có kết quả", "Withdrawn after the result", Balance.WithdrawnAfterResult),
            Sum("notAcceptedOrNew", "Chưa hoặc không tiếp nhận (1, 3)", "Not accepted, or not yet (1, 3)", Balance.NotAccepted), Of(StockNew),
            Of(NotAccepted),
            Of(Returned), Of(StockToHandOver), Of(Apologies), Said("check", "Kiểm tra cân đối", "Balance", Balance.Check),
        ])
        {
            Balanced = true,
            Notes =
            [
                Clocks,
                ("Cân đối: tổng phải giải quyết = đã giải quyết + đang giải quyết + chờ bổ sung + " +
                "tạm dừng + rút trước khi có kết quả + chưa hoặc không tiếp nhận.",
                    "Balance: total = resolved + in progress + waiting for supplements + paused + withdrawn before the result + not accepted, or not yet."),
            ],
        },
        new("intake", "Tình hình tiếp nhận hồ sơ", "Intake of dossiers", ["level", .. WithHands.Except(["level"])],
        [
            Of(Received), Of(ReceivedOnline), Part("onlineShare", "Tỷ lệ trực tuyến (%)", "Online share (%)", "receivedOnline", "received"),
            Sum("receivedOther", "Trực tiếp và bưu chính", "At counters and by post", r => r.In[Received] - r.In[ReceivedOnline]),
            Of(Assisted), Part("assistedShare", "Tỷ lệ qua người hỗ trợ (%)", "Filed by helpers (%)", "assisted", "received"),
            Of(IdentityProved), Part("identityShare", "Tỷ lệ xác thực định danh (%)", "Identity proved (%)", "identityProved", "received"),
            OfAll("allReceived", "Tiếp nhận toàn bộ", "Received in all", Received),
            Part("shareOfAll", "Tỷ trọng (%)", "Share of all (%)", "received", "allReceived"),
        ]),
        new("digitisation", "Số hóa hồ sơ và kết quả", "Digitisation of components and results", WithHands,
        [
            Of(WithComponents), Of(Digitised), Part("digitisedShare", "Tỷ lệ số hóa khi tiếp nhận (%)", "Digitised at reception (%)", "digitised",
                "withComponents"),
            Of(ResultsExpected), Of(ElectronicResults), Part("electronicShare", "Tỷ lệ kết quả điện tử (%)", "Electronic results (%)", "electronicResults",
                "resultsExpected"),
            Of(Resolved), Of(FullyDigital), Part("fullyDigitalShare", "Tỷ lệ số hóa toàn trình (%)", "Fully digital (%)", "fullyDigital", "resolved"),
            Of(Received), Of(Reused), Part("reusedShare", "Tỷ lệ tái sử dụng giấy tờ (%)", "With reused documents (%)", "reused", "received"),
        ])
        {
            Notes =
            [
                ("Số hóa khi tiếp nhận tính trên hồ sơ tiếp nhận trong kỳ có thành phần; " +
                "kết quả điện tử tính trên hồ sơ giải quyết trong kỳ phải trả giấy tờ: hai mẫu số khác nhau.",
                    "Digitised of dossiers with components received in the period; " +
                "electronic results of those resolved in it where a document is due: two denominators."),
            ],
        },
        new("punctuality", "Tiến độ giải quyết", "Punctuality", WithHands,
        [
            Of(Resolved), Of(Early), Of(OnTime), Of(Late), Sum("inTime", "Trước và đúng hạn", "Early and on time", r => r.In[Early] + r.In[OnTime]),
            Part("inTimeShare", "Tỷ lệ trước và đúng hạn (%)", "Early and on time (%)", "inTime", "resolved"),
            Of(StatisticalEarly), Of(StatisticalOnTime), Of(StatisticalLate),
            Sum("statisticalInTime", "Trước và đúng hạn (766)", "Early and on time (766)", r => r.In[StatisticalEarly] + r.In[StatisticalOnTime]),
            Part("statisticalInTimeShare", "Tỷ lệ trước và đúng hạn theo 766 (%)", "Early and on time by 766 (%)", "statisticalInTime", "resolved"),
            Of(Apologies),
        ])
        { Notes = [Clocks] },
        new("supplements", "Bổ sung, từ chối, dừng và rút hồ sơ", "Supplements, refusals, stops and withdrawals", WithHands,
        [
            Of(Received), Of(Supplements), Of(NotAccepted), Part("notAcceptedShare", "Tỷ lệ không tiếp nhận (%)", "Not accepted (%)", "notAccepted",
                "received"),
            Of(Resolved), Of(Refused), Part("refusedShare", "Tỷ lệ từ chối (%)", "Refused (%)", "refused", "resolved"), Of(Stopped), Of(Withdrawn),
            Of(Apologies),
        ]),
        new("payments", "Thanh toán phí, lệ phí", "Payment of fees", WithHands,
        [
            Of(WithFees), Of(FeesZero), Sum("feesDue", "Phải nộp phí, lệ phí", "Fees due", r => r.In[WithFees] - r.In[FeesZero]), Of(PaidPortal),
            Of(PaidOnline),
            Sum("paidOnlineAll", "Thanh toán trực tuyến", "Paid online in all", r => r.In[PaidPortal] + r.In[PaidOnline]), Of(PaidCash),
            Part("paidOnlineShare", "Tỷ lệ thanh toán trực tuyến (%)", "Paid online (%)", "paidOnlineAll", "feesDue"), Of(PaidAmount),
        ])
        { Notes = [("Theo ngày tiếp nhận hồ sơ.", "By the day of receipt.")] },
        new("satisfaction", "Mức độ hài lòng", "Satisfaction", WithHands,
        [
            Of(Ratings), Of(Satisfied), Sum("neutral", "Bình thường (3)", "Neutral (3)", r => r.In[Ratings] - r.In[Satisfied] - r.In[Dissatisfied]),
            Of(Dissatisfied),
            Part("satisfiedShare", "Tỷ lệ hài lòng (%)", "Satisfied (%)", "satisfied", "ratings"),
        ]),
        new("helpers", "Hồ sơ nộp qua người hỗ trợ", "Dossiers filed by helpers", ["helper", .. Groups, "source", "month"],
        [
            Of(Received), OfAll("allAssisted", "Nộp qua người hỗ trợ, toàn bộ", "Filed by helpers in all", Received),
            Part("shareOfAll", "Tỷ trọng (%)", "Share of all (%)", "received", "allAssisted"),
            Of(Resolved), Of(WithComponents), Of(Digitised),
            Part("digitisedShare", "Tỷ lệ số hóa khi tiếp nhận (%)", "Digitised at reception (%)", "digitised", "withComponents"),
            Of(Supplements), Of(NotAccepted), Of(Ratings), Of(Satisfied),
            Part("satisfiedShare", "Tỷ lệ hài lòng (%)", "Satisfied (%)", "satisfied", "ratings"),
        ])
        { Hand = FilingHand.Helper },
    ];

    public static CubeReport? Named(string name) => All.FirstOrDefault(r => r.Name == name);
}

/// <summary>The sums of the period report: every dossier that was to be handled is counted once in what became of it.</summary>
internal static class Balance
{
    /// <summary>Without a result at the end of the day before.</summary>
    public static long CarriedOver(RowFigures r) => Open(r.Before);

    public static long Total(RowFigures r) => CarriedOver(r) + r.In[Received];

    /// <summary>Portal codes 6 and 8.</summary>
    public static long Paused(RowFigures r) => r.In[StockPayment] + r.In[Stopped];

    /// <summary>Portal codes 1 and 3.</summary>
    public static long NotAccepted(RowFigures r) => r.In[StockNew] + r.In[Cubes.Measure.NotAccepted];

    /// <summary>
    /// Who withdraws when the result is there has been counted as resolved already. Their number follows from the results that were to be handed over:
    /// those of before and the new ones, less those handed over and those still there.
    /// </summary>
    public static long WithdrawnAfterResult(RowFigures r) =>
        Math.Clamp(r.Before[StockToHandOver] + r.In[Resolved] - r.In[Returned] - r.In[StockToHandOver], 0, r.In[Withdrawn]);

    public static long WithdrawnBeforeResult(RowFigures r) => r.In[Withdrawn] - WithdrawnAfterResult(r);

    /// <summary>What is missing on the right side; 0 where all is well.</summary>
    public static long Difference(RowFigures r) =>
        Total(r) - r.In[Resolved] - r.In[StockInProgress] - r.In[StockSupplement] - Paused(r) - WithdrawnBeforeResult(r) - NotAccepted(r);

    public static string Check(RowFigures r) => Difference(r) is var d && d == 0 ? "ok" : d.ToString("+0;-0", CultureInfo.InvariantCulture);

    private static long Open(Cubes.Figures f) => f[StockNew] + f[StockInProgress] + f[StockSupplement] + f[StockPayment];
}
