using Microsoft.Playwright;
using static HaLong.Portal.Tests.Browser.SampleCity;

namespace HaLong.Portal.Tests.Browser;

/// <summary>Every page and state there is. A new one is a line here: it is then looked at in both languages, on phone and desktop, light and dark.</summary>
internal static class Places
{
    /// <summary>Without signing in.</summary>
    public static readonly Place[] Everybodys =
    [
        new("home", "/"),
        new("home, catalogue down", "/", Busy("procedures/life-events")),
        new("search", "/procedures?q=khai%20sinh&field=CIVIL"),
        new("search, nothing found", "/procedures?q=kahi", c => c.Says("procedures", FoundOf())),
        new("search, catalogue down", "/procedures?q=khai", Busy("procedures")),
        new("procedure", $"/procedures/{Birth}"),
        new("procedure, catalogue down", $"/procedures/{Birth}", Busy($"procedures/{Birth}")),
        new("no such page", "/khong-co-trang-nay") { Status = 404 },
        new("tracking", "/tracking"),
        new("tracking, details", $"/tracking?code={Code}", Then: p => TrackAsync(p, "1234")),
        new("tracking, state alone", $"/tracking?code={Code}", c => c.Says("tracking/" + Code, new { code = Code, statusName = "Đang xử lý", step = 3, steps = 6 }), p => TrackAsync(p, "")),
        new("tracking, unknown code", $"/tracking?code={Code}", c => c.Refuses("tracking/" + Code, 404, "DOS-0014", "Không có hồ sơ với mã này, hoặc 4 số cuối không đúng."), p => TrackAsync(p, "")),
        new("tracking, too often", $"/tracking?code={Code}", c => c.Refuses("tracking/" + Code, 429, "CMN-0429", "Bạn tra cứu quá nhiều lần. Hãy thử lại sau 1 phút."), p => TrackAsync(p, "")),
        new("tracking, no code", "/tracking?code=%20", Then: p => TrackAsync(p, "")),
        new("paper, valid", "/verify/" + Paper),
        new("paper, replaced", "/verify/" + Paper, c => c.Says("verification/" + Paper, PaperOf("REPLACED"))),
        new("paper, taken back", "/verify/" + Paper, c => c.Says("verification/" + Paper, PaperOf("WITHDRAWN"))),
        new("paper, unknown", "/verify/" + Paper[1..] + "0") { Status = 404 },
        new("paper, cannot be checked", "/verify/" + Paper, Busy("verification/" + Paper)),
        new("paper, forged code", "/verify/" + Paper + "#a.b.c", c => c.Says("verification-keys", new { keys = Array.Empty<object>() })),
        new("sign-in failed", "/sign-in/failed") { Status = 403 },
        new("not yours", "/denied") { Status = 403 },
    ];

    /// <summary>From a procedure to a dossier that is filed.</summary>
    public static readonly Place[] Filing = For(["citizen"],
    [
        new("filing, where", $"/filing/new/{Birth}"),
        new("filing, place refused", $"/filing/new/{Birth}", c => c.Refuses("POST dossiers", 400, "DOS-0502", "Chưa mở được hồ sơ", new { place = new[] { "Phường này không nhận thủ tục này; hãy chọn nơi khác." } }), async p =>
        {
            await p.Locator("#place").SelectOptionAsync("06688");
            await Visit.SendAsync(p);
        }),
        .. Enumerable.Range(1, 11).Select(n => new Place($"filing, form {n}", $"/filing/{Draft}/form/{n}")),
        new("filing, form with a note", $"/filing/{Draft}/form/1", Filled),
        new("filing, form with a list", $"/filing/{Draft}/form/2", c => c.Says($"procedures/{Birth}/form", new { definition = Form("certified-copy") })),
        new("filing, form not saved", $"/filing/{Draft}/form/1", c => c.Refuses($"PATCH dossiers/{Draft}", 412, "CMN-0412", "Hồ sơ đã được thay đổi ở nơi khác. Hãy xem lại rồi lưu."), p => Visit.SendAsync(p)),
        new("filing, papers", $"/filing/{Draft}/papers"),
        new("filing, papers looked at", $"/filing/{Draft}/papers", c => Papers(new SampleDraft(c).Tell())),
        new("filing, review with gaps", $"/filing/{Draft}/review", Filled),
        new("filing, review", $"/filing/{Draft}/review", c => Papers(new SampleDraft(c).Tell().Fill())),
        new("filing, refused", $"/filing/{Draft}/review", c => c.Refuses($"POST dossiers/{Draft}/submission", 400, "DOS-0501", "Chưa nộp được hồ sơ",
            new { component1 = new[] { "Thiếu giấy chứng sinh." }, unitCode = new[] { "Chọn sai nơi giải quyết." } }), p => Visit.SendAsync(p)),
        new("filing, a duplicate", $"/filing/{Draft}/review", c => c.Refuses($"POST dossiers/{Draft}/submission", 409, "DOS-0505", "Bạn đã có hồ sơ về việc này: " + Code), p => Visit.SendAsync(p)),
        new("filing, done", $"/filing/{Filed}/done"),
        new("filing, busy", $"/filing/{Draft}/papers", Busy($"dossiers/{Draft}")),
        new("filing, not a draft of mine", $"/filing/{Guid.Empty}/review") { Status = 404 },
    ]);

    /// <summary>Own dossiers and payments.</summary>
    public static readonly Place[] Citizens = For(["citizen"],
    [
        new("home, signed in", "/"),
        new("dossiers", "/dossiers"),
        new("dossiers, none", "/dossiers", c => c.Says("dossiers", Listed())),
        new("dossiers, busy", "/dossiers", Busy("dossiers")),
        new("dossier, draft", $"/dossiers/{Draft}"),
        new("dossier, under way", $"/dossiers/{Filed}"),
        new("dossier, with its result", $"/dossiers/{Done}"),
        new("dossier, somebody else's", $"/dossiers/{Filed}", c => c.Refuses($"dossiers/{Filed}", 403, "CMN-0403", "Bạn không có quyền xem hồ sơ này.")),
        new("payment, to be begun", $"/payments/{Payment}"),
        new("payment, code", $"/payments/{Payment}", c => c.Says($"payments/{Payment}", PaymentOf("pending", OpenAttempt))),
        new("payment, refused", $"/payments/{Payment}", c => c.Refuses($"POST payments/{Payment}/attempts", 409, "PAY-0005", "Khoản này đã được nộp."), p => Visit.SendAsync(p)),
        .. new[] { "processing", "settled", "expired", "created", "cancelled" }.Select(s => new Place($"payment, {s}", $"/payments/{Payment}", c => c.Says($"payments/{Payment}", PaymentOf(s)))),
        new("payment, busy", $"/payments/{Payment}", Busy($"payments/{Payment}")),
    ]);

    /// <summary>The pages that Lighthouse, keyboards and slow lines are tried on.</summary>
    public static Place Of(string name) => new[] { Everybodys, Filing, Citizens }.SelectMany(p => p).Single(p => p.Name == name);

    private static Place[] For(string[] roles, Place[] places) => [.. places.Select(p => p.For(roles))];

    private static Action<City> Busy(string path) => c => c.Refuses(path, 503, "CMN-0503", "Hệ thống đang bận. Hãy thử lại sau ít phút.");

    private static void Filled(City city) => new SampleDraft(city).Tell().Fill();

    private static void Papers(SampleDraft draft)
    {
        draft.AddPaper(1, "giay-chung-sinh.pdf", null);
        draft.AddPaper(2, "giay-chung-nhan-ket-hon-ban-chup-bang-dien-thoai-2026-11-21.jpg", "Trang 1 bị mờ, khó đọc. Nên chụp lại.");
    }

    private static async Task TrackAsync(IPage page, string digits)
    {
        await page.Locator("#check").FillAsync(digits);
        await Visit.SendAsync(page);
    }
}
