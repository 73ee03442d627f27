using System.Globalization;
using System.Text.Json;
using HaLong.PartnerLab.Dials;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Zalo;

/// <summary>Plays Zalo's notification service and its tokens, and everybody's Zalo.</summary>
internal sealed class ZaloEndpoints(ZaloBook book, ZaloTeller teller, DialBoard dials, IOptions<ZaloOptions> options, TimeProvider clock)
{
    private const int AccessSeconds = 90_000;

    /// <summary>Around every answer: an error is a number inside HTTP 200.</summary>
    internal sealed record Answer(int Error, string Message, object? Data);

    public static void Map(IEndpointRouteBuilder app)
    {
        var zalo = app.MapGroup("/zalo").AllowAnonymous();
        zalo.MapGet("/inbox", (ZaloBook book, string? to) => book.All.Where(m => to is null || "+" + m.Phone == to));
        zalo.MapDelete("/inbox", (ZaloBook book) => book.Clear());
        zalo.MapGet("/refreshes", (ZaloBook book) => new { book.Refreshes });
        var faulty = zalo.MapGroup("").AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<DialBoard>().Take("zalo.down") is null ? await next(context) : TypedResults.StatusCode(503));
        faulty.MapPost("/v4/oa/access_token", (ZaloEndpoints self, HttpContext http, CancellationToken ct) => self.TokenAsync(http, ct)).DisableAntiforgery();
        faulty.MapPost("/message/template", (ZaloEndpoints self, HttpContext http, JsonElement body, CancellationToken ct) => self.SendAsync(http, body, ct));
        faulty.MapGet("/template/info/v2", (ZaloEndpoints self, HttpContext http) => self.Template(http));
        faulty.MapGet("/message/status", (ZaloEndpoints self, HttpContext http) => self.State(http));
    }

    private async Task<IResult> TokenAsync(HttpContext http, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (form["app_id"] != options.Value.AppId || form["grant_type"] != "refresh_token"
            || (options.Value.SecretKey.Length > 0 && http.Request.Headers["secret_key"] != options.Value.SecretKey))
            return Refuse(-14002, "Invalid app");
        if (dials.Take("zalo.refuseRefresh") is not null || book.Rotate(form["refresh_token"].ToString()) is not { } tokens)
            return Refuse(-14014, "Invalid refresh token");
        if (dials.Take("zalo.lostRefresh") is not null)
            http.Abort();
        return TypedResults.Json(new Dictionary<string, string>
        {
            ["access_token"] = tokens.Access,
            ["refresh_token"] = tokens.Refresh,
            ["expires_in"] = AccessSeconds.ToString(CultureInfo.InvariantCulture),
        });
    }

    private async Task<IResult> SendAsync(HttpContext http, JsonElement body, CancellationToken ct)
    {
        var (phone, template, tracking) = (Text(body, "phone"), Text(body, "template_id"), Text(body, "tracking_id"));
        var number = "+" + phone;
        if (dials.Take("zalo.expiredToken") is not null)
            book.Expire();
        if (!book.Knows(http.Request.Headers["access_token"].ToString()))
            return Refuse(-124, "Access token invalid");
        if (dials.Take("zalo.errorCode", number) is { } code)
            return Refuse(-Math.Abs((int)code), "as dialled");
        if (dials.Take("zalo.quota") is not null)
            return Refuse(-144, "OA has exceeded its daily quota");
        if (phone.Length != 11 || !phone.StartsWith("84", StringComparison.Ordinal) || !phone.All(char.IsAsciiDigit))
            return Refuse(-108, "Phone number invalid");
        if (template.Length == 0 || dials.Take("zalo.templateDisabled", template) is not null)
            return Refuse(-131, "ZNS template not approved");
        if (!body.TryGetProperty("template_data", out var data) || data.ValueKind != JsonValueKind.Object)
            return Refuse(-111, "Template data empty");

        var now = clock.GetUtcNow();
        var message = new ZaloMessage(Guid.CreateVersion7(now).ToString("N"), tracking, phone, template, data.Clone(), dials.Take("zalo.drop", number) is null ? now : null);
        book.Keep(message);
        teller.Start(message);
        // After it was taken: who gives up waiting has sent it all the same.
        if (dials.Take("zalo.delay", number) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        if (dials.Take("zalo.lostAnswer", number) is not null)
            http.Abort();
        return Told(new { msg_id = message.MsgId, sent_time = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) });
    }

    private JsonHttpResult<Answer> Template(HttpContext http)
    {
        if (!book.Knows(http.Request.Headers["access_token"].ToString()))
            return Refuse(-124, "Access token invalid");
        var id = http.Request.Query["template_id"].ToString();
        return Told(new { templateId = id, status = dials.Take("zalo.templateDisabled", id) is null ? "ENABLE" : "DISABLE" });
    }

    private JsonHttpResult<Answer> State(HttpContext http)
    {
        if (!book.Knows(http.Request.Headers["access_token"].ToString()))
            return Refuse(-124, "Access token invalid");
        return book.All.LastOrDefault(m => m.MsgId == http.Request.Query["message_id"].ToString()) is not { } message
            ? Refuse(-107, "Message ID invalid")
            : Told(new { delivery_time = message.At?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), status = message.At is null ? 0 : 1 });
    }

    private static string Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static JsonHttpResult<Answer> Refuse(int error, string message) => TypedResults.Json(new Answer(error, message, null));

    private static JsonHttpResult<Answer> Told(object data) => TypedResults.Json(new Answer(0, "Success", data));
}
