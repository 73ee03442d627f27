using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.PartnerLab.Dials;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.PaymentPlatform;

/// <summary>Plays the payment platform of the national portal: INIT, a page on which the payer pays or gives up, confirmations, QUERY and GET_BILL.</summary>
internal static class PaymentPlatformEndpoints
{
    /// <summary>What a test says instead of the page.</summary>
    internal sealed record OutcomeRequest(bool Pays);

    /// <summary>Around every answer.</summary>
    internal sealed record Envelope([property: JsonPropertyName("error_code")] string ErrorCode, object Message);

    public static void MapPaymentPlatform(this IEndpointRouteBuilder app)
    {
        var platform = app.MapGroup("/payment-platform").AllowAnonymous();
        var faulty = platform.MapGroup("").AddEndpointFilter(FaultsAsync);
        faulty.MapPost("/messages", TakeAsync);
        faulty.MapGet("/pay/{number}", Page);
        faulty.MapPost("/pay/{number}", DecideAsync).DisableAntiforgery();
        platform.MapGet("/orders", (OrderBook book) => book.All);
        platform.MapGet("/orders/{number}", (string number, OrderBook book) => book.Find(number) is { } order ? TypedResults.Ok(order) : Results.NotFound());
        platform.MapPost("/orders/{number}/outcome", (string number, OutcomeRequest request, OrderBook book, Confirmer confirmer, TimeProvider clock) =>
            End(number, request.Pays, book, confirmer, clock) is { } order ? TypedResults.Ok(order) : Results.NotFound());
    }

    private static async ValueTask<object?> FaultsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<DialBoard>().Take("portal.down") is null
            ? await next(context)
            : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> TakeAsync(
        HttpRequest http, JsonElement body, OrderBook book, DialBoard dials, IOptions<PaymentPlatformOptions> options, TimeProvider clock, CancellationToken ct)
    {
        if (!Same("Bearer " + options.Value.Token, http.Headers.Authorization.ToString()))
            return TypedResults.Unauthorized();
        if (body.ValueKind != JsonValueKind.Object)
            return Answer("02", "not a message");
        var message = body.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        var kind = message.GetValueOrDefault("LoaiBanTin");
        if (message.GetValueOrDefault("MaDoiTac") != options.Value.Partner
            || !PlatformMessage.Holds(message, kind == "INIT" ? PlatformMessage.OfOrder : PlatformMessage.OfQuestion, options.Value.Secret))
            return Answer("97", "check sum");
        IResult answer = kind switch
        {
            "INIT" => Order(message, body, http, book, dials, clock),
            "QUERY" => Query(message, book, dials, options.Value),
            "GET_BILL" => Bill(message, book),
            _ => Answer("02", "no such message"),
        };
        // After it was taken: who gives up waiting has been heard all the same.
        if (dials.Take("portal.delay", message.GetValueOrDefault("MaThamChieu")) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        return answer;
    }

    private static JsonHttpResult<Envelope> Order(Dictionary<string, string> message, JsonElement body, HttpRequest http, OrderBook book, DialBoard dials, TimeProvider clock)
    {
        var number = message.GetValueOrDefault("MaThamChieu") ?? "";
        if (dials.Take("portal.refuse", number) is not null)
            return Answer("12", "refused");
        if (number.Length == 0 || !long.TryParse(message.GetValueOrDefault("SoTien"), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount == 0
            || message.GetValueOrDefault("MaTienTe") != "VND" || !body.TryGetProperty("ThongTinBienLai", out _)
            || !DateTime.TryParseExact(message.GetValueOrDefault("ThoiGianGD"), "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return Answer("03", "not an order");
        var order = new PlatformOrder(number, amount, message.GetValueOrDefault("ThongTinGiaoDich") ?? "", clock.GetUtcNow(), PlatformOrder.Open, "", 0, null, []);
        return book.TryAdd(order)
            ? Answer("0", JsonSerializer.Serialize(new { UrlThanhToan = $"{http.Scheme}://{http.Host}/payment-platform/pay/{number}" }))
            : Answer("04", "this order number is taken");
    }

    private static JsonHttpResult<Envelope> Query(Dictionary<string, string> message, OrderBook book, DialBoard dials, PaymentPlatformOptions options)
    {
        var number = message.GetValueOrDefault("MaThamChieu") ?? "";
        if (dials.Take("portal.forget", number) is not null || book.Find(number) is not { } order)
            return Answer("01", "no such order");
        var told = PlatformMessage.About(order, options, (long)(dials.Take("portal.wrongAmount", number) ?? 0), dials.Take("portal.wrongSignature", number) is not null);
        told["TrangThaiGD"] = order.State;
        return TypedResults.Json(new Envelope("0", told));
    }

    private static IResult Bill(Dictionary<string, string> message, OrderBook book) =>
        book.Find(message.GetValueOrDefault("MaThamChieu") ?? "") is { State: PlatformOrder.Done } order
            ? TypedResults.Bytes(Receipt.Of(order), "application/pdf")
            : Answer("01", "no receipt");

    private static IResult Page(string number, OrderBook book) => book.Find(number) is not { } order
        ? Results.NotFound()
        : TypedResults.Text($"""
            <!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Nền tảng thanh toán (mô phỏng)</title></head><body><main>
            <h1>Nền tảng thanh toán (mô phỏng)</h1><p>{WebUtility.HtmlEncode(order.Text)}: {order.Amount} đồng</p>
            <form method="post"><p><button name="outcome" value="pay">Thanh toán</button></p><p><button name="outcome" value="cancel">Hủy</button></p></form></main></body></html>
            """, "text/html; charset=utf-8");

    private static async Task<IResult> DecideAsync(string number, HttpRequest http, OrderBook book, Confirmer confirmer, TimeProvider clock)
    {
        var form = await http.ReadFormAsync();
        return End(number, form["outcome"] == "pay", book, confirmer, clock) is { } order
            ? TypedResults.Text(order.State == PlatformOrder.Done ? "Đã thanh toán." : "Đã hủy.", "text/plain; charset=utf-8")
            : Results.NotFound();
    }

    private static PlatformOrder? End(string number, bool pays, OrderBook book, Confirmer confirmer, TimeProvider clock)
    {
        if (book.End(number, pays, clock.GetUtcNow()) is not { } order)
            return null;
        confirmer.Start(order);
        return order;
    }

    private static JsonHttpResult<Envelope> Answer(string code, string message) => TypedResults.Json(new Envelope(code, message));

    private static bool Same(string expected, string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
