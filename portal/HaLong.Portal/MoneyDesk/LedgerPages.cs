using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.MoneyDesk;

/// <summary>An account at the end of a day. Positive is money that is there, negative whose it is.</summary>
public sealed record LedgerAccount(string Account, string Kind, long Debit, long Credit, long Balance);

/// <summary>A closed day.</summary>
public sealed record LedgerClose(DateOnly Day, int Entries, long Turnover, string Hash, DateTimeOffset ClosedAt, string? ClosedBy);

/// <summary>Whether every closed day still says what its bookings say.</summary>
public sealed record LedgerCheck(bool Holds, DateOnly? FirstFault);

/// <summary>A booking with all its lines.</summary>
public sealed record Booking(Guid Id, string Kind, Guid SourceId, Guid? PaymentId, DateOnly BookedOn, DateTimeOffset CreatedAt, IReadOnlyList<BookingLine> Lines);

public sealed record BookingLine(int Line, string Account, long Amount);

/// <summary>The ledger at the end of a day.</summary>
/// <param name="Check">Null when nobody asked for it: it reads the whole ledger.</param>
public sealed record LedgerModel(
    Answer<IReadOnlyList<LedgerAccount>> Accounts, Answer<IReadOnlyList<LedgerClose>> Closes, Answer<LedgerCheck>? Check, string? At, bool IsCashier, Tried Tried);

/// <summary>What was booked on an account.</summary>
public sealed record BookingsModel(string Account, Answer<Listed<Booking>> Bookings);

/// <summary><c>/money/ledger</c>: balances, closed days, and whether they hold.</summary>
internal static class LedgerPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/ledger", (string? at, bool? check, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(at, check == true, Tried.Nothing, api, context, ct));
        group.MapPost("/ledger/closes", CloseAsync);
        group.MapGet("/ledger/accounts/{account}", BookingsAsync);
    }

    private static async Task<IResult> ShowAsync(string? at, bool check, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (accounts, closes) = (api.GetAsync<IReadOnlyList<LedgerAccount>>(Query.Of("ledger/accounts", ("at", at)), ct), api.GetAsync<IReadOnlyList<LedgerClose>>("ledger/closes", ct));
        var answer = await accounts;
        if (Otherwise.Of(answer, context, "/money/ledger") is { } otherwise)
            return otherwise;
        var checkedNow = check ? await api.GetAsync<LedgerCheck>("ledger/verification", ct) : null;
        return Pages.Of<Ledger>(
            new LedgerModel(answer, await closes, checkedNow, at, context.User.IsInRole(Roles.Cashier), tried), tried.Trouble is null ? (int)answer.Status : tried.Status);
    }

    private static async Task<IResult> CloseAsync(IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var closed = await api.PostAsync<LedgerClose>("ledger/closes", new { day = form.Text("day") }, form.Once(), null, ct);
        if (closed.IsSuccess)
            return Pages.Go("/money/ledger");
        return Otherwise.SignIn(closed, context, "/money/ledger") ?? await ShowAsync(null, false, Tried.Of(closed, form), api, context, ct);
    }

    private static async Task<IResult> BookingsAsync(string account, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var bookings = await api.GetAsync<Listed<Booking>>(Query.Of($"ledger/accounts/{Uri.EscapeDataString(account)}/bookings", ("after", after)), ct);
        return Otherwise.Of(bookings, context) ?? Pages.Of<Bookings>(new BookingsModel(account, bookings), (int)bookings.Status);
    }
}

/// <summary>Kinds of accounts and results in words.</summary>
internal static class LedgerWords
{
    public static string Account(string kind) => kind switch
    {
        "bank" => Text.Bilingual("Tiền ở ngân hàng", "At the bank"),
        "due" => Text.Bilingual("Phải nộp ngân sách", "Owed to the treasury"),
        "clearing" => Text.Bilingual("Cổng quốc gia chưa chuyển", "With the national platform"),
        "suspense" => Text.Bilingual("Chờ xử lý", "Suspense"),
        "held" => Text.Bilingual("Giữ chờ nộp nốt", "Held for the rest"),
        "refund" => Text.Bilingual("Phải hoàn", "Promised back"),
        "till" => Text.Bilingual("Tiền trong quầy", "In tills"),
        "float" => Text.Bilingual("Tiền lẻ đầu ca", "Change money"),
        "transit" => Text.Bilingual("Tiền đang chuyển", "On its way"),
        "difference" => Text.Bilingual("Thừa, thiếu quỹ", "Over and short"),
        _ => kind,
    };

    public static string Result(string result) => result switch
    {
        "matched" => Text.Bilingual("Khớp", "Matched"),
        "missingAtUs" => Text.Bilingual("Thiếu ở sổ của ta", "Missing in our books"),
        "missingAtProvider" => Text.Bilingual("Thiếu ở nhà cung cấp", "Missing at the provider"),
        "missingAtBank" => Text.Bilingual("Thiếu ở ngân hàng", "Missing at the bank"),
        "amountDiff" => Text.Bilingual("Lệch số tiền", "Amounts differ"),
        "duplicate" => Text.Bilingual("Trùng", "Duplicate"),
        _ => result,
    };
}
